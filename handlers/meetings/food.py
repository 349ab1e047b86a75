"""*Spiser du med?*: one click beside the answer, and a small form for what somebody cannot eat."""

from __future__ import annotations

import json

from cluster.meetings import food, invitations, meetings
from handlers.feature import Direct, Feature, Form, Kept
from handlers.ids import number
from handlers.meetings.ids import Action, View
from handlers.meetings.views.food import diet_form
from handlers.meetings.views.words import summary
from handlers.turn import Turn


async def eat(turn: Turn) -> None:
    """*Spiser med*."""
    await _say(turn, eats=True)


async def eat_not(turn: Turn) -> None:
    """*Spiser ikke med*."""
    await _say(turn, eats=False)


async def _say(turn: Turn, *, eats: bool) -> None:
    async with turn.unit() as uow:
        meeting = await meetings.get(uow, number(turn.value))
        member, _ = await invitations.guest(uow, meeting, turn.account)
        await food.answer(uow, meeting, member, eats=eats, now=turn.now)
        await uow.commit()


async def open_diet(turn: Turn) -> None:
    """What the kitchen should know, as it stands."""
    async with turn.look() as state:
        meeting = await meetings.get(state, number(turn.value))
        _, invitation = await invitations.guest(state, meeting, turn.account)
    metadata = json.dumps({"meeting": meeting.id})
    await turn.open(diet_form(summary(meeting, turn.t), invitation.diet, metadata, turn.t))


async def keep_diet(turn: Turn) -> None:
    """Keep it until the meeting is over."""
    async with turn.unit() as uow:
        meeting = await meetings.get(uow, number(turn.metadata.get("meeting")))
        member, _ = await invitations.guest(uow, meeting, turn.account)
        await food.keep_diet(uow, meeting, member, str(turn.state.get("diet") or ""), now=turn.now)
        await uow.commit()


feature = Feature(
    actions={
        Action.MEETING_DIET: Direct(open_diet),
        Action.MEETING_EATS: Kept(eat),
        Action.MEETING_EATS_NOT: Kept(eat_not),
    },
    forms={View.MEETING_DIET: Form(keep_diet)},
)
