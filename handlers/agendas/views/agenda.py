"""The agenda as a card to work on, as everybody sees it, and the wishes for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cluster.agendas.agendas import AgendaEntry, WholeAgenda
from cluster.agendas.fitting import PlanFlaw, Warned
from handlers import blocks as b
from handlers.agendas.ids import Action
from handlers.meetings.ids import Action as MeetingAction
from handlers.meetings.views.agenda import agenda_sections, line, name_of
from handlers.meetings.views.words import summary, titled, when
from handlers.message import Block, Message
from locales import N_, Texts
from storage.models import AgendaItem, Meeting

WISHES_SHOWN = 8
_PLAIN = {
    PlanFlaw.NUMBERS_AFTER_TALK: N_(
        "The talk runs straight into the numbers: if it takes longer, they lose the time. Put the numbers first, or a "
        "break between."
    ),
    PlanFlaw.NUMBERS_MISSING: N_("Numbers are asked for, but they have no time on the agenda."),
    PlanFlaw.FOOD_MISSING: N_("There is food at the meeting, but no time to eat on the agenda."),
}


def warnings(warned: Sequence[Warned], t: Texts) -> list[str]:
    """What is wrong with a plan, in sentences."""
    return [_warning(each, t) for each in warned]


def _warning(warned: Warned, t: Texts) -> str:
    match warned.flaw:
        case PlanFlaw.OVER:
            return t.n(
                "The plan is {n} minute longer than the meeting.",
                "The plan is {n} minutes longer than the meeting.",
                warned.minutes,
            )
        case PlanFlaw.NUMBERS_SHORT:
            return t.n(
                "The numbers lack {n} minute. They are what the evening is for: give them their time back.",
                "The numbers lack {n} minutes. They are what the evening is for: give them their time back.",
                warned.minutes,
            )
        case PlanFlaw.NUMBERS_LATE:
            return t.n(
                "The numbers end {n} minute after the meeting. What stands before them takes their time.",
                "The numbers end {n} minutes after the meeting. What stands before them takes their time.",
                warned.minutes,
            )
    return t(_PLAIN[warned.flaw])


def wish_button(meeting: Meeting, t: Texts) -> dict[str, Any]:
    """Opens the form for a wish."""
    return b.button(t("Wish for a point"), Action.MEETING_AGENDA_WISH, meeting.id)


def desk(whole: WholeAgenda, wishers: Mapping[int, str], t: Texts, *, is_open: bool) -> Message:
    """The card to work on: each point with its hour, what is wrong, what is wished."""
    meeting, said = whole.meeting, warnings(whole.warned, t)
    status = t("Shared: everybody invited sees it.") if whole.agenda.shared_at else t("Only the coordinators see it.")
    blocks: list[Block] = [
        b.header(t("Agenda: {title}", title=meeting.title)),
        b.context(f"{when(meeting, t)}. {status}"),
        *(b.section(line(each, t), _edit(meeting, each, t) if is_open else None) for each in whole.entries),
    ]
    if whole.entries:
        blocks.append(b.context(t("Ends at {time}.", time=t.time(whole.entries[-1].ends_at))))
    if said:
        blocks.append(b.section("\n".join(f"⚠ {each}" for each in said)))
    if is_open:
        blocks += [block for each in whole.wished[:WISHES_SHOWN] for block in _wish(meeting, each, wishers, t)]
        blocks.append(b.actions(*_doors(whole, t)))
        blocks.append(
            b.context(
                t("You can also just write to me: “add the phones to the agenda, 10 min” or “item 3 gets 20 minutes”.")
            )
        )
    text = " ".join([t("The agenda of {meeting}.", meeting=summary(meeting, t)), *said])
    return Message(text, blocks, card="agenda.desk")


def _edit(meeting: Meeting, entry: AgendaEntry, t: Texts) -> dict[str, Any]:
    return b.button(t("Change"), Action.MEETING_AGENDA_EDIT, f"{meeting.id}:{entry.item_id}")


def _doors(whole: WholeAgenda, t: Texts) -> list[dict[str, Any]]:
    meeting = whole.meeting
    doors = [b.button(t("Add a point"), Action.MEETING_AGENDA_ADD, meeting.id)]
    if any(each.minutes for each in whole.warned):
        doors.append(b.button(t("Fit it into the time"), Action.MEETING_AGENDA_FIT, meeting.id))
    doors.append(b.button(t("Suggest anew"), Action.MEETING_AGENDA_AGAIN, meeting.id))
    doors.append(b.button(t("Choose who chairs"), Action.MEETING_CHAIR, meeting.id))
    if whole.agenda.shared_at is None:
        doors.append(b.button(t("Share it"), Action.MEETING_AGENDA_SHARE, meeting.id, style="primary"))
    return doors


def _wish(meeting: Meeting, item: AgendaItem, wishers: Mapping[int, str], t: Texts) -> list[Block]:
    name = b.escape(name_of(item, t))
    if item.carried_from is not None:
        said = t("Left over from an earlier meeting: *{title}*", title=name)
    else:
        said = t("{name} wishes: *{title}*", name=b.escape(wishers.get(item.proposed_by or 0, "")), title=name)
    return [b.section(said), b.actions(*wish_answers(meeting.id, item.id, t))]


def wish_answers(meeting_id: int, item_id: int, t: Texts) -> list[dict[str, Any]]:
    """What can be done with a wish."""
    return [
        b.button(t("Put it on"), Action.MEETING_AGENDA_TAKE, f"{meeting_id}:{item_id}"),
        b.button(t("Next meeting"), Action.MEETING_AGENDA_LATER, f"{meeting_id}:{item_id}"),
    ]


def shown(meeting: Meeting, entries: Sequence[AgendaEntry], t: Texts, *, leads: bool = False) -> Message:
    """The agenda to read, with the way to change it or to wish."""
    door = (
        b.button(t("Work on the agenda"), MeetingAction.MEETING_AGENDA, meeting.id)
        if leads
        else wish_button(meeting, t)
    )
    if not entries:
        said = t("There is no agenda for {meeting} yet.", meeting=titled(meeting, t))
        return b.asking(said, door)
    lines = agenda_sections(entries, t)
    about = t("The agenda of {meeting}.", meeting=titled(meeting, t))
    return Message("\n".join([about, *lines]), [b.section(about), *map(b.section, lines), b.actions(door)])


def called_off(meeting: Meeting, t: Texts, *, card: str) -> Message:
    """What is left of an agenda when its meeting is off."""
    said = t("The meeting is cancelled, and its agenda with it: {meeting}.", meeting=summary(meeting, t))
    return Message(said, [b.section(f"~{said}~")], card=card)


def channel(meeting: Meeting, entries: Sequence[AgendaEntry], t: Texts) -> Message:
    """For everybody: the one message that is edited when the agenda changes."""
    lines = agenda_sections(entries, t)
    about = f"*{b.escape(meeting.title)}*\n{when(meeting, t)}"
    small = t("If it changes, I change it here. Wish for a point with /klynge dagsorden.")
    text = t("The agenda of {meeting}.", meeting=summary(meeting, t))
    return Message(text, [b.section(about), *map(b.section, lines), b.context(small)], card="agenda.channel")
