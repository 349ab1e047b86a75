"""A member's own answer: one click, a reason, "remind me later", or plain words in the conversation."""

from __future__ import annotations

import json

from cluster import invitations, meetings, members
from cluster.belonging import subject_of_message
from cluster.replies import Reply, read_answer
from handlers.ids import Action, View
from handlers.meeting_parts import number, reply
from handlers.routes import Direct, Form, Kept, Routes
from handlers.turn import Turn
from handlers.views.invitations import reason_form
from handlers.views.meeting_words import summary
from storage.models import Meeting
from storage.unit_of_work import Reading


async def say_yes(turn: Turn) -> None:
    """*Kommer*: one click is the whole answer; the card shows it."""
    await _rsvp(turn, "yes")


async def say_maybe(turn: Turn) -> None:
    """*Måske*."""
    await _rsvp(turn, "maybe")


async def say_no(turn: Turn) -> None:
    """*Kommer ikke*."""
    await _rsvp(turn, "no")


async def _rsvp(turn: Turn, answer: str) -> None:
    async with turn.unit() as uow:
        meeting = await meetings.get(uow, number(turn.value))
        member, _ = await invitations.guest(uow, meeting, turn.user_id)
        outcome = await invitations.answer(uow, meeting, member, answer, by=member, now=turn.now)
        if outcome == "late":
            await reply(uow, turn, "meeting.late_told", member, about=meeting, answer=answer)
        await uow.commit()


async def open_reason(turn: Turn) -> None:
    """A small form for why."""
    async with turn.look() as state:
        meeting = await meetings.get(state, number(turn.value))
        _, invitation = await invitations.guest(state, meeting, turn.user_id)
    metadata = json.dumps({"meeting": meeting.id})
    await turn.open(reason_form(summary(meeting, turn.t), invitation.reason, metadata, turn.t))


async def keep_reason(turn: Turn) -> None:
    """Keep the reason beside the answer."""
    async with turn.unit() as uow:
        meeting = await meetings.get(uow, number(turn.metadata.get("meeting")))
        member, _ = await invitations.guest(uow, meeting, turn.user_id)
        await invitations.give_reason(uow, meeting, member, str(turn.state.get("reason") or ""), now=turn.now)
        await uow.commit()


async def snooze(turn: Turn) -> None:
    """ "Remind me later": the card says until when."""
    async with turn.unit() as uow:
        meeting = await meetings.get(uow, number(turn.value))
        member, _ = await invitations.guest(uow, meeting, turn.user_id)
        await invitations.snooze(uow, meeting, member, turn.value.partition(":")[2], now=turn.now)
        await uow.commit()


async def receive_words(turn: Turn) -> bool:
    """Take a typed answer; False when the words are none, or nothing waits for one."""
    said = read_answer(turn.words)
    if said is None:
        return False
    async with turn.unit() as uow:
        meant = await _meant(uow, turn, said)
        if not meant:
            return False
        member, _ = await invitations.guest(uow, meant[0], turn.user_id)
        if len(meant) > 1:
            ids = [meeting.id for meeting in meant]
            await reply(uow, turn, "meeting.which", member, about=meant[0], here=True, answer=said.answer, ids=ids)
        else:
            outcome = await invitations.answer(
                uow, meant[0], member, said.answer, by=member, now=turn.now, reason=said.reason
            )
            kind = "meeting.late_told" if outcome == "late" else "meeting.understood"
            await reply(uow, turn, kind, member, about=meant[0], here=True, answer=said.answer)
        await uow.commit()
    return True


async def _meant(state: Reading, turn: Turn, said: Reply) -> list[Meeting]:
    """The meeting of the card that was replied to; else those that wait for an answer; else an answered one."""
    thread = str((turn.body.get("event") or {}).get("thread_ts") or "")
    if thread and (subject := await subject_of_message(state, turn.channel_id, thread)):
        kind, _, meeting_id = subject.partition(":")
        return [await meetings.get(state, number(meeting_id))] if kind == "meeting" else []
    person = [member.id for member, _ in await members.memberships(state, turn.team_id, turn.user_id)]
    open_ones = await invitations.open_to(state, person, turn.now)
    waiting = [meeting for meeting, invitation in open_ones if invitation.answer is None]
    if waiting:
        return waiting
    return [meeting for meeting, _ in open_ones] if said.explicit else []


routes = Routes(
    actions={
        Action.MEETING_YES: Kept(say_yes),
        Action.MEETING_MAYBE: Kept(say_maybe),
        Action.MEETING_NO: Kept(say_no),
        Action.MEETING_REASON: Direct(open_reason),
        Action.MEETING_SNOOZE: Kept(snooze),
    },
    forms={View.MEETING_REASON: Form(keep_reason)},
)
