"""What is asked in plain words about topics: shown at once; what changes something stands behind a button."""

from __future__ import annotations

from cluster.topics import history, ideas
from handlers import blocks as b
from handlers.feature import Direct, Feature, Intent, sentences
from handlers.message import Message
from handlers.topics.ids import Action
from handlers.topics.views import history as views
from handlers.turn import Turn
from locales import N_

MOST = 5
"""Suggestions or topics that are told at once."""


async def suggest(turn: Turn) -> Message:
    """The button to the form, and the shorter way."""
    said = turn.t("Everybody may suggest a topic. Press here, or write “suggestion:” and the topic to me.")
    return b.asking(said, b.button(turn.t("Suggest a topic"), Action.CLUSTER_SUGGEST, turn.require_cluster().id))


async def suggested(turn: Turn) -> Message:
    """The most wished for."""
    cluster, t = turn.require_cluster(), turn.t
    async with turn.look() as state:
        found = await ideas.listed(state, cluster.id, turn.require_member().id)
    lines = [f"• *{b.escape(each.idea.words)}* – {t.n('{n} wants it', '{n} want it', each.wishes)}" for each in found]
    said = t("These topics are suggested:") + "\n" + "\n".join(lines[:MOST]) if lines else ""
    see_all = b.button(t("See all suggestions"), Action.CLUSTER_TOPICS, cluster.id)
    more = b.button(t("Suggest a topic"), Action.CLUSTER_SUGGEST, cluster.id)
    return b.asking(said or t("Nothing has been suggested yet."), *([see_all] if lines else []), more)


async def had(turn: Turn) -> Message:
    """What the cluster has had, the newest first."""
    cluster, t = turn.require_cluster(), turn.t
    async with turn.look() as state:
        log = await history.of_cluster(state, cluster.id, now=turn.now)
    see_all = b.button(t("What we have had"), Action.CLUSTER_TOPICS_HAD, cluster.id)
    if not log:
        return Message(t("Nothing yet: here stands what you measured, when, how many came, and what you agreed."))
    said = "\n".join(views.line(each, t, turn.now) for each in log[:MOST])
    return b.asking(said, see_all)


feature = Feature(
    intents={
        "suggest_topic": Intent(sentences(__file__, "suggest_topic"), Direct(suggest), N_("Suggest a topic")),
        "topics": Intent(sentences(__file__, "topics"), Direct(suggested), N_("See the suggested topics")),
        "topics_had": Intent(sentences(__file__, "topics_had"), Direct(had), N_("What we have had")),
    }
)
