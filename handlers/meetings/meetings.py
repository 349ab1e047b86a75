"""`/klynge møde`: call a meeting, change it, cancel it; see who comes, answer for somebody, remind."""

from __future__ import annotations

import json
from datetime import datetime

from cluster.clock import local
from cluster.errors import ClusterError
from cluster.meetings import invitations, meetings, reminders
from cluster.meetings.cards import reachable
from cluster.meetings.details import Details, Written, examine, propose, written_of
from cluster.members import cluster_rules
from cluster.members.members import LEADERS
from cluster.members.settling import away_until
from handlers.acting import leader
from handlers.blocks import Option, section, suggested
from handlers.doors import Door, Shelf
from handlers.errors import sentence
from handlers.feature import Command, Direct, Feature, Form, HelpLine, Kept, Told
from handlers.ids import number
from handlers.meetings import drafts
from handlers.meetings.errors import ERRORS
from handlers.meetings.ids import Action, View
from handlers.meetings.invitations import receive_words
from handlers.meetings.kinds import ask_otherwise, warn_of_notice
from handlers.meetings.lookups import led, reply
from handlers.meetings.sending import ask_when, form_of, look_first, too_late
from handlers.meetings.sending import feature as sending_feature
from handlers.meetings.views.meetings import answer_for_form, cancel_form, meeting_form, people_of, who_window
from handlers.meetings.views.words import answer_word, titled
from handlers.message import Message
from handlers.reminders.send_time import is_draft, send_at
from handlers.turn import ShownAgain, Turn
from locales import N_
from storage.models import Meeting
from storage.unit_of_work import Reading
from storage.words import MeetingState

__all__ = ["feature", "receive_words"]


async def open_form(turn: Turn) -> Message | None:
    """A coordinator gets the form for a new meeting, everybody else the meetings ahead."""
    member = turn.require_member()
    cluster = turn.require_cluster()
    if member.role not in LEADERS:
        return await _coming(turn)
    async with turn.look() as state:
        taken = {local(each.starts_at).date() for each in await meetings.ahead(state, cluster.id, turn.now)}
        hours = await cluster_rules.hours_of(state, cluster.id)
    metadata = json.dumps({"cluster": cluster.id})
    await turn.open(form_of(propose(turn.now, taken), turn, hours, metadata=metadata))
    return None


async def _coming(turn: Turn) -> Message:
    t, member = turn.t, turn.require_member()
    async with turn.look() as state:
        coming = await meetings.known_to(state, member, turn.now)
    if not coming:
        return Message(t("No meetings are planned. Your coordinator calls them."))
    lines = []
    for meeting, invitation in coming:
        said = answer_word(invitation.answer, t) if invitation.answer else t("you have not answered")
        lines.append(f"• {titled(meeting, t)} – {said}")
    text = t("Upcoming meetings. You answer on the card in your private messages from me.") + "\n" + "\n".join(lines)
    return Message(text, [section(text)])


async def open_change(turn: Turn) -> None:
    """The form with the meeting as it is."""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.value))
    if meeting.state == MeetingState.CANCELLED:
        raise ClusterError("meeting.is_cancelled")
    metadata = json.dumps({"meeting": meeting.id, "sequence": meeting.sequence, "kind": meeting.kind})
    await turn.open(meeting_form(written_of(meeting), turn.t, metadata=metadata, editing=True))


async def check_form(turn: Turn) -> dict[str, str] | ShownAgain | None:
    """Everything that is wrong, each at its field; else, of a new meeting, how the invitation will look."""
    async with turn.look() as state:
        details, problems = await _read(state, turn, turn.now)
        if details is not None and not is_draft(turn):
            before = await _before(state, turn)
            cluster_id = before.cluster_id if before else _cluster_id(turn)
            hours = await cluster_rules.hours_of(state, cluster_id)
            notice = await meetings.last_notice(state, cluster_id)
            if other := ask_otherwise(turn, _written(turn), hours, notice):
                return other
            if before is not None:
                return warn_of_notice(turn, _written(turn), details, before)
            if again := ask_when(turn, _written(turn), hours):
                return again
            if late := too_late(turn, details, hours):
                return {str(late.field): sentence(late.code, {}, turn.t, sending_feature.errors)}
            return await look_first(state, turn, _written(turn), details, cluster_id, hours)
    said = {problem.field or "title": sentence(problem.code, {}, turn.t, ERRORS) for problem in problems}
    return said or None


def _written(turn: Turn) -> Written:
    plain = {name: str(turn.state.get(name) or "") for name in Written.__annotations__ if name != "food"}
    return Written(**plain, food="yes" in (turn.state.get("food") or []))


async def _before(state: Reading, turn: Turn) -> Meeting | None:
    """The meeting that the form changes."""
    if not turn.metadata.get("meeting"):
        return None
    meeting, _ = await led(state, turn, number(turn.metadata.get("meeting")))
    return meeting


async def _read(state: Reading, turn: Turn, now: datetime) -> tuple[Details | None, list[ClusterError]]:
    before = await _before(state, turn)
    if before is None:
        await leader(state, turn, _cluster_id(turn))
        await drafts.opened(state, turn)
    return examine(_written(turn), now=now, before=before)


def _cluster_id(turn: Turn) -> int:
    return number(turn.metadata.get("cluster") or turn.require_cluster().id)


async def keep_form(turn: Turn) -> None:
    """Call the meeting, or change it."""
    async with turn.unit() as uow:
        details, problems = await _read(uow, turn, turn.now)
        if details is None:
            raise problems[0]
        if turn.metadata.get("meeting"):
            meeting, by = await led(uow, turn, number(turn.metadata.get("meeting")))
            sequence = number(turn.metadata.get("sequence"))
            change = await meetings.change(uow, meeting, details, by=by, now=turn.now, sequence=sequence)
            await reply(uow, turn, "meeting.change_kept", by, about=meeting, told=change.told, again=change.asked_again)
        else:
            by = await leader(uow, turn, _cluster_id(turn))
            cluster = await cluster_rules.get(uow, by.cluster_id)
            if not await drafts.keep(uow, turn, details, by):
                at = send_at(turn, await cluster_rules.hours_of(uow, cluster.id))
                await meetings.plan(uow, cluster, details, by=by, now=turn.now, send_at=at)
        await uow.commit()


async def open_cancel(turn: Turn) -> None:
    """ "Are you sure?", and why, for those who were to come."""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.value))
        people = len(await reachable(state, meeting.id))
    if meeting.state == MeetingState.CANCELLED:
        raise ClusterError("meeting.is_cancelled")
    if meeting.ends_at <= turn.now:
        raise ClusterError("meeting.is_over")
    await turn.open(cancel_form(meeting, turn.t, people=people, metadata=json.dumps({"meeting": meeting.id})))


async def cancel(turn: Turn) -> None:
    """Call a meeting off."""
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.metadata.get("meeting")))
        reason = str(turn.state.get("reason") or "")
        if not await meetings.cancel(uow, meeting, by=by, now=turn.now, reason=reason):
            raise ClusterError("meeting.is_cancelled")
        await reply(uow, turn, "meeting.cancel_kept", by, about=meeting)
        await uow.commit()


async def show_who(turn: Turn) -> None:
    """Names by answer."""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.value))
        guests = await invitations.guests(state, meeting.id)
    await turn.open(who_window(meeting, guests, turn.t))


async def open_answer_for(turn: Turn) -> None:
    """A form to enter somebody else's answer."""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.value))
        guests = await invitations.guests(state, meeting.id)
    if meeting.state == MeetingState.CANCELLED:
        raise ClusterError("meeting.is_cancelled")
    await turn.open(answer_for_form(meeting, guests, turn.t, metadata=json.dumps({"meeting": meeting.id})))


async def suggest_guests(turn: Turn) -> list[Option]:
    """Those invited whose names fit what is typed."""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.metadata.get("meeting")))
        return suggested(people_of(await invitations.guests(state, meeting.id)), turn.words)


async def check_answer_for(turn: Turn) -> dict[str, str] | None:
    """Both the person and the answer must be chosen."""
    for field in ("guest", "answer"):
        if not turn.state.get(field):
            return {field: sentence("meeting.choose", {}, turn.t, ERRORS)}
    return None


async def keep_answer_for(turn: Turn) -> None:
    """Keep an answer on somebody's behalf."""
    meeting_id, guest_id = number(turn.metadata.get("meeting")), number(turn.state.get("guest"))
    await _answer_for(turn, meeting_id, guest_id, str(turn.state["answer"]), str(turn.state.get("reason") or ""))


async def register_late(turn: Turn) -> None:
    """Keep what a member wished for after the answer-by."""
    parts = turn.value.split(":")
    await _answer_for(turn, number(turn.value), number(turn.value, 1), parts[-1], "")


async def _answer_for(turn: Turn, meeting_id: int, guest_id: int, answer: str, reason: str) -> None:
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, meeting_id)
        guest, _ = await invitations.guest_by_id(uow, meeting, guest_id)
        await invitations.answer(uow, meeting, guest, answer, by=by, now=turn.now, reason=reason)
        if guest.id != by.id:
            await reply(uow, turn, "meeting.entered", by, about=meeting, guest=guest.id)
        await uow.commit()


async def remind(turn: Turn) -> None:
    """Remind those who have not answered; at night it waits for the morning."""
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.value))
        if meeting.state == MeetingState.CANCELLED:
            raise ClusterError("meeting.is_cancelled")
        if turn.now >= meeting.answer_by:
            raise ClusterError("meeting.answers_closed")
        silent = [
            member
            for member, invitation in await reachable(uow, meeting.id)
            if invitation.answer is None and member.id != by.id
        ]
        here = [member for member in silent if away_until(member, turn.now) is None]
        for member in here:
            await reminders.remind_now(uow, meeting, member, now=turn.now)
        slot = await reminders.next_moment(uow, meeting, now=turn.now)
        away = len(silent) - len(here)
        await reply(uow, turn, "meeting.reminded", by, about=meeting, away=away, moment=slot.isoformat())
        await uow.commit()


feature = Feature(
    commands=[
        Command(
            ("møde", "meeting"),
            Direct(open_form),
            told=Told(
                20,
                readme=N_(
                    "everybody gets an invitation with *Coming*, *Maybe*, *Not coming*; only those who have not "
                    "answered are reminded"
                ),
                coordinator=N_("coordinator: invite to a meeting; member: upcoming meetings"),
                member=N_("the meetings you are invited to, and what you have answered"),
                hint=10,
            ),
            help=(HelpLine(210, N_("plan a meeting"), leads=True),),
            door=Door(Action.CLUSTER_MEETING, Shelf.MEETINGS, N_("My meetings"), led=N_("Plan a meeting")),
        )
    ],
    actions={
        Action.MEETING_ANSWER_FOR: Direct(open_answer_for),
        Action.MEETING_CANCEL: Direct(open_cancel),
        Action.MEETING_EDIT: Direct(open_change),
        Action.MEETING_LATE: Kept(register_late),
        Action.MEETING_REMIND: Kept(remind),
        Action.MEETING_WHO: Direct(show_who),
    },
    forms={
        View.MEETING_ANSWER_FOR: Form(keep_answer_for, check_answer_for),
        View.MEETING_CANCEL: Form(cancel),
        View.MEETING_FORM: Form(keep_form, check_form),
    },
    suggestions={"guest": suggest_guests},
    errors=ERRORS,
    log={
        "meeting.answered": N_("{who} answered {subject} for somebody else"),
        "meeting.cancelled": N_("{who} cancelled {subject}"),
        "meeting.changed": N_("{who} changed {subject}"),
        "meeting.forgotten": N_("The list of who came to {subject} was deleted"),
        "meeting.moved": N_("{who} moved {subject}"),
        "meeting.planned": N_("{who} planned {subject}"),
    },
)
