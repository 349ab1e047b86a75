"""Something about patients was sent: nothing of it is kept, and the sender is told at once how to delete it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from slack_sdk.errors import SlackApiError

from cluster import audit
from cluster.subjects import MEMBER
from cluster.submissions.room import Kinds
from cluster.submissions.submissions import VerdictPlace
from handlers.blocks import escape, section
from handlers.feature import Feature, Notice, Rendering
from handlers.message import Message
from handlers.saying import say
from handlers.submissions import troubles
from handlers.turn import Turn
from locales import N_
from measures.reading.cpr import has_cpr
from measures.reading.problems import Problem
from storage.unit_of_work import UnitOfWork

MASKED = re.compile("•{6,}|‹cpr›")
"""What the door has put in the place of a CPR-like number."""


def is_about_patient(words: str) -> bool:
    """Whether words, as they came through the door, hold or held something like a CPR number."""
    return MASKED.search(words) is not None or has_cpr(words)


async def refuse_words(turn: Turn, place: VerdictPlace, *, beside: bool = False) -> None:
    """A message, or the words beside a file, which is answered by itself: only the sender can delete it in Slack."""
    unit = turn.tools.unit(None) if beside else turn.unit()
    async with unit as uow:
        await tell(uow, turn, place, what="message", beside=beside)
        await uow.commit()


async def refuse_file(turn: Turn, problems: Sequence[Problem], place: VerdictPlace) -> None:
    """A file: not a place or a word of it is repeated."""
    stored = [each | {"where": None, "found": None, "params": {}} for each in troubles.kept(problems[:1])]
    async with turn.unit() as uow:
        await tell(uow, turn, place, what="file", problems=stored)
        await uow.commit()


async def tell(
    uow: UnitOfWork, turn: Turn, place: VerdictPlace, *, what: str, problems: Sequence[Any] = (), beside: bool = False
) -> None:
    """Tell at once how to delete what must not be here; the log gets a code and no more."""
    member = turn.require_member()
    event = turn.body.get("event") or turn.body.get("message") or {}
    params: dict[str, Any] = {
        "what": what,
        "problems": list(problems),
        "channel": turn.channel_id,
        "message_ts": event.get("ts"),
    }
    await say(uow, turn, "data.personal", place, beside=beside, **params)
    code = str(problems[0]["code"]) if problems else "cpr"
    where = MEMBER.about(member.id)
    audit.note(uow, "data.personal", where, now=turn.now, actor_id=member.id, cluster_id=member.cluster_id, code=code)


async def personal(r: Rendering) -> Message:
    """Something about patients was sent: nothing is kept, and only the sender can delete it in Slack."""
    t, params = r.t, r.owed.params
    if params["what"] == "file":
        found = " ".join(troubles.sentences(params["problems"][:1], t))
        how = t(
            "*Delete it in Slack now* – I am not allowed to do it for you: hold the pointer over the message with the "
            "file (on a phone: press it for a while), choose *⋯ More actions* and then *Delete file*."
        )
    else:
        found = t("Your message holds something that looks like a CPR number. I have not kept it.")
        how = t(
            "*Delete it in Slack now* – I am not allowed to do it for you: hold the pointer over the message "
            "(on a phone: press it for a while), choose *⋯ More actions* and then *Delete message*."
        )
    then = t("After that, send the counts only. Thank you for looking after your patients' data.")
    lines = [f"⚠️ {escape(found)}", how, then]
    if link := await _permalink(r):
        lines.insert(2, t("<{link}|Go to the message>", link=link))
    return Message("\n".join(lines), [section("\n".join(lines[:1])), section("\n".join(lines[1:]))])


async def _permalink(r: Rendering) -> str:
    try:
        answer = await r.tools.slack.chat_getPermalink(
            channel=r.owed.params["channel"], message_ts=r.owed.params["message_ts"]
        )
    except SlackApiError:  # without the link the sentence still holds
        return ""
    return str(answer.get("permalink") or "")


feature = Feature(
    notices={Kinds.DATA_PERSONAL: Notice(personal)},
    withheld={
        "data.personal": N_("A file or a message with something like a CPR number was refused"),
    },
)
