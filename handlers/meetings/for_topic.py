"""A meeting about a topic that was decided on: the form, begun with its words."""

from __future__ import annotations

import json
from dataclasses import replace

from cluster.clock import local
from cluster.meetings import meetings
from cluster.meetings.details import TITLE_LIMIT, propose
from cluster.members import cluster_rules
from cluster.topics import ideas
from handlers.acting import leader
from handlers.feature import Direct, Feature
from handlers.ids import number
from handlers.meetings.sending import form_of
from handlers.topics.ids import Action
from handlers.turn import Turn


async def open_for_idea(turn: Turn) -> None:
    """The form for a meeting about a topic that was decided on; its value is the suggestion."""
    async with turn.look() as state:
        idea = await ideas.get(state, number(turn.value))
        await leader(state, turn, idea.cluster_id)
        taken = {local(each.starts_at).date() for each in await meetings.ahead(state, idea.cluster_id, turn.now)}
        hours = await cluster_rules.hours_of(state, idea.cluster_id)
    written = replace(propose(turn.now, taken), title=idea.words[:TITLE_LIMIT])
    await turn.show(form_of(written, turn, hours, metadata=json.dumps({"cluster": idea.cluster_id})))


feature = Feature(actions={Action.IDEA_CALL: Direct(open_for_idea)})
