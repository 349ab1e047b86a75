"""A list of members from whoever runs several clusters, once they have said which it is for.

It is fetched again from Slack: nothing of it was kept while it was asked.
"""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from cluster.errors import ClusterError
from cluster.onboarding.pasted import read_pasted
from cluster.onboarding.roster import read_roster
from handlers.acting import place_of
from handlers.conversation.files import read_table
from handlers.conversation.ids import Action
from handlers.feature import Feature, Kept
from handlers.ids import number
from handlers.onboarding import roster
from handlers.submissions import patients, readings
from handlers.turn import Turn
from locales import N_
from measures.checking.chat import plain

FILE = "F"
"""What Slack's ids of files begin with; a message is known by its moment."""
GONE = {"thread_not_found", "channel_not_found", "not_in_channel", "invalid_ts_oldest", "invalid_ts_latest"}
"""What Slack answers about a message that isn't there, or not any more."""


async def pick(turn: Turn) -> None:
    """The cluster that a list is for was chosen."""
    turn.require_coordinator()
    if turn.require_cluster().id != number(turn.value):
        raise ClusterError("role.coordinator_only")
    source = turn.value.partition(":")[2]
    if not source.startswith(FILE):
        await roster.receive(turn, read_pasted(await _words(turn, source)))
        return
    table = await read_table(turn, await readings.fetch(turn.tools, source), place_of(turn), [])
    if table is not None:
        await roster.receive(turn, read_roster(table))


async def _words(turn: Turn, ts: str) -> str:
    """What a message of the sender's says now."""
    try:
        found = await turn.tools.slack.conversations_replies(
            channel=turn.channel_id, ts=ts, oldest=ts, latest=ts, inclusive=True
        )
    except SlackApiError as error:
        if error.response.get("error") in GONE:
            raise ClusterError("roster.words_gone") from error
        raise
    mine = [each for each in found["messages"] if each["ts"] == ts and each.get("user") == turn.user_id]
    if not mine:
        raise ClusterError("roster.words_gone")
    words = plain(str(mine[0].get("text") or ""))
    if patients.is_about_patient(words):
        raise ClusterError("text.personal")
    return words


feature = Feature(
    actions={Action.CLUSTER_LIST: Kept(pick)},
    heavy={Action.CLUSTER_LIST},
    errors={"roster.words_gone": N_("I can't find the message with the list any more. Send it again.")},
)
