"""A member's own answer: one click, a reason, "remind me later", or plain words in the conversation."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cluster import subjects
from cluster.clock import local
from cluster.meetings import invitations, meetings
from cluster.meetings.typed_answers import Reply, fits, read_answer
from cluster.members import members
from cluster.subjects import MEETING
from handlers.feature import Direct, Feature, Form, HelpLine, Kept
from handlers.ids import number
from handlers.meetings.ids import Action, View
from handlers.meetings.lookups import reply
from handlers.meetings.views.invitations import reason_form
from handlers.meetings.views.words import summary
from handlers.turn import Turn
from locales import N_
from storage.models import Invitation, Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Rsvp


async def say_yes(turn: Turn) -> None:
    """*Kommer*: one click is the whole answer; the card shows it."""
    await _rsvp(turn, Rsvp.YES)


async def say_maybe(turn: Turn) -> None:
    """*Måske*."""
    await _rsvp(turn, Rsvp.MAYBE)


async def say_online(turn: Turn) -> None:
    """*Deltager online*."""
    await _rsvp(turn, Rsvp.ONLINE)


async def say_no(turn: Turn) -> None:
    """*Kommer ikke*."""
    await _rsvp(turn, Rsvp.NO)


async def _rsvp(turn: Turn, answer: Rsvp) -> None:
    async with turn.unit() as uow:
        meeting = await meetings.get(uow, number(turn.value))
        member, _ = await invitations.guest(uow, meeting, turn.account)
        outcome = await invitations.answer(uow, meeting, member, answer, by=member, now=turn.now)
        if outcome == "late":
            await reply(uow, turn, "meeting.late_told", member, about=meeting, answer=answer)
        await uow.commit()


async def open_reason(turn: Turn) -> None:
    """A small form for why."""
    async with turn.look() as state:
        meeting = await meetings.get(state, number(turn.value))
        _, invitation = await invitations.guest(state, meeting, turn.account)
    metadata = json.dumps({"meeting": meeting.id})
    await turn.open(reason_form(summary(meeting, turn.t), invitation.reason, metadata, turn.t))


async def keep_reason(turn: Turn) -> None:
    """Keep the reason beside the answer."""
    async with turn.unit() as uow:
        meeting = await meetings.get(uow, number(turn.metadata.get("meeting")))
        member, _ = await invitations.guest(uow, meeting, turn.account)
        await invitations.give_reason(uow, meeting, member, str(turn.state.get("reason") or ""), now=turn.now)
        await uow.commit()


async def snooze(turn: Turn) -> None:
    """ "Remind me later": the card says until when."""
    async with turn.unit() as uow:
        meeting = await meetings.get(uow, number(turn.value))
        member, _ = await invitations.guest(uow, meeting, turn.account)
        await invitations.snooze(uow, meeting, member, turn.value.partition(":")[2], now=turn.now)
        await uow.commit()


async def receive_words(turn: Turn) -> bool:
    """Take a typed answer, or ask about a doubtful one; False when the words are none, or nothing waits for one."""
    said = read_answer(turn.words)
    if said is None:
        return False
    async with turn.unit() as uow:
        meant = await _meant(uow, turn, said)
        if not meant:
            return False
        member, _ = await invitations.guest(uow, meant[0], turn.account)
        named = [
            meeting for meeting in meant if fits(said.days, local(meeting.starts_at).date(), local(turn.now).date())
        ]
        if not said.sure or not named or await _is_to_several(uow, turn, said):
            await _ask(uow, turn, member, meant, "taken_back" if said.takes_back else "unsure")
        elif len(named) > 1:
            ids = [meeting.id for meeting in named]
            await reply(uow, turn, "meeting.which", member, about=named[0], here=True, answer=said.answer, ids=ids)
        else:
            outcome = await invitations.answer(
                uow, named[0], member, said.answer, by=member, now=turn.now, reason=said.reason
            )
            kind = "meeting.late_told" if outcome == "late" else "meeting.understood"
            await reply(uow, turn, kind, member, about=named[0], here=True, answer=said.answer)
        await uow.commit()
    return True


async def ask(turn: Turn) -> bool:
    """Ask about words that may be an answer, whatever they say; False when there is no meeting to ask about."""
    async with turn.unit() as uow:
        open_ones = [meeting for meeting, _ in await _open(uow, turn)]
        if not open_ones:
            return False
        member, _ = await invitations.guest(uow, open_ones[0], turn.account)
        await _ask(uow, turn, member, open_ones, "unsure")
        await uow.commit()
    return True


async def ask_again(turn: Turn, why: str) -> bool:
    """Show what holds, with buttons: the words that led to it were changed (``edited``) or ``deleted``.

    False when nothing was answered.
    """
    async with turn.unit() as uow:
        answered = [meeting for meeting, invitation in await _open(uow, turn) if invitation.answer is not None]
        if not answered:
            return False
        member, _ = await invitations.guest(uow, answered[0], turn.account)
        await _ask(uow, turn, member, answered, why)
        await uow.commit()
    return True


async def _ask(uow: UnitOfWork, turn: Turn, member: Member, about: Sequence[Meeting], why: str) -> None:
    ids = [meeting.id for meeting in about]
    await reply(uow, turn, "meeting.asked", member, about=about[0], here=True, ids=ids, why=why)


async def _open(state: Reading, turn: Turn) -> Sequence[tuple[Meeting, Invitation]]:
    person = [member.id for member, _ in await members.memberships(state, turn.team_id, turn.account)]
    return await invitations.open_to(state, person, turn.now)


async def _meant(state: Reading, turn: Turn, said: Reply) -> list[Meeting]:
    """The meeting of the card that was replied to; else those that wait for an answer; else an answered one. Below
    several reminders in one message, only those that it names.

    Words that speak of coming may also change an answer; a doubtful or bare one is asked about where it would.
    """
    thread = _thread(turn)
    if thread and (subject := await subjects.of_card(state, turn.channel_id, thread)):
        meeting_id = MEETING.key_in(subject)
        return [await meetings.get(state, meeting_id)] if meeting_id is not None else []
    if said.nods:
        return []
    open_ones = await _open(state, turn)
    if here := await _reminded_of(state, turn):
        open_ones = [each for each in open_ones if MEETING.about(each[0].id) in here]
    waiting = [meeting for meeting, invitation in open_ones if invitation.answer is None]
    answered = [meeting for meeting, invitation in open_ones if invitation.answer is not None]
    if said.takes_back:
        return answered or waiting
    changed = [meeting for meeting, invitation in open_ones if invitation.answer not in {None, said.answer}]
    if said.explicit or not said.sure:
        return waiting + changed or ([meeting for meeting, _ in open_ones] if said.explicit else [])
    return waiting


async def _is_to_several(state: Reading, turn: Turn, said: Reply) -> bool:
    """Whether a bare "yes" stands below reminders of a meeting and of something else: it could be to either."""
    return not said.explicit and bool(await _reminded_of(state, turn))


async def _reminded_of(state: Reading, turn: Turn) -> list[str]:
    """Everything that the message of several reminders is about that was replied to; nothing below any other."""
    thread = _thread(turn)
    said = await subjects.all_at(state, turn.channel_id, thread) if thread else []
    return said if len(said) > 1 else []


def _thread(turn: Turn) -> str:
    return str((turn.body.get("event") or {}).get("thread_ts") or "")


feature = Feature(
    hints=(HelpLine(10, N_("Answer an invitation with its buttons, or write *yes*, *no* or *maybe* to me")),),
    actions={
        Action.MEETING_YES: Kept(say_yes),
        Action.MEETING_MAYBE: Kept(say_maybe),
        Action.MEETING_ONLINE: Kept(say_online),
        Action.MEETING_NO: Kept(say_no),
        Action.MEETING_REASON: Direct(open_reason),
        Action.MEETING_SNOOZE: Kept(snooze),
    },
    forms={View.MEETING_REASON: Form(keep_reason)},
)
