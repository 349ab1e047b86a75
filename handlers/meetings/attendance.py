"""`/klynge fremmøde` and the sheet after a meeting; the participant list as a file."""

from __future__ import annotations

import json
from datetime import datetime

from cluster import audit
from cluster.calendar import is_open, next_slot
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.meetings import attendance
from cluster.meetings.room import Kinds
from cluster.members.cluster_rules import hours_of, rules_of
from cluster.members.members import LEADERS
from cluster.notices import NotNow
from cluster.overview import years
from cluster.overview.homepage import Membership
from cluster.subjects import CLUSTER
from handlers.doors import Door, Shelf
from handlers.feature import Command, Direct, Feature, Form, HelpLine, Kept, Notice, Rendering, Told
from handlers.ids import number
from handlers.meetings.ids import Action, View
from handlers.meetings.lookups import led, meeting_of
from handlers.meetings.views.attendance import PRESENT, own_share, sheet_card, sheet_form, year_sheets, year_window
from handlers.meetings.views.words import summary
from handlers.message import Attachment, Message
from handlers.saying import answer_leader
from handlers.turn import Turn
from locales import N_
from measures.sheets.sheets import write_workbook
from storage.models import Member
from storage.unit_of_work import UnitOfWork
from storage.words import How, MeetingState


async def show(turn: Turn) -> Message | None:
    """A member's own share of the year; for a coordinator everybody's, in a window."""
    member, cluster = turn.require_member(), turn.require_cluster()
    year = local(turn.now).year
    async with turn.look() as state:
        rules = await rules_of(state, cluster.id)
        if not rules.attendance_registered:
            raise ClusterError("attendance.not_registered")
        if member.role not in LEADERS:
            share = await attendance.share_of(state, member, year)
            return Message(own_share(share, year, rules.required_share, turn.t))
        everybody = await years.year_of(state, cluster.id, year)
        begun = await attendance.begun(state, cluster.id, year, now=turn.now)
    required, counts = rules.required_share, rules.excused_counts
    await turn.open(year_window(everybody, year, turn.t, required=required, excused_counts=counts, begun=begun))
    return None


async def open_sheet(turn: Turn) -> None:
    """The boxes, ticked as announced or as recorded."""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.value))
        if turn.now < meeting.starts_at:
            raise ClusterError("attendance.too_early")
        seats = await attendance.sheet(state, meeting)
    await turn.show(sheet_form(meeting, seats, turn.t, metadata=json.dumps({"meeting": meeting.id})))


async def keep_sheet(turn: Turn) -> None:
    """Keep who was there, as ticked."""
    ticked = [value for name, values in turn.state.items() if name.startswith(PRESENT) for value in values]
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.metadata.get("meeting")))
        await attendance.record(uow, meeting, {number(value) for value in ticked}, by=by, now=turn.now)
        await uow.commit()


async def keep_as_announced(turn: Turn) -> None:
    """Keep those who had said coming, in one click."""
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.value))
        seats = await attendance.sheet(uow, meeting)
        present = {seat.member.id for seat in seats if seat.ticked}
        await attendance.record(uow, meeting, present, by=by, now=turn.now)
        await uow.commit()


async def export_year_of_meeting(turn: Turn) -> None:
    """The participant lists of the year that a meeting belongs to."""
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.value))
        await _owe_export(uow, turn, by, local(meeting.starts_at).year)
        await uow.commit()


async def export(turn: Turn) -> None:
    """`/klynge eksport 2026`: the participant lists of a year, this one unless another is named."""
    by, year = turn.require_coordinator(), local(turn.now).year
    if turn.words.isdecimal() and len(turn.words) == 4:
        year = int(turn.words)
    async with turn.unit() as uow:
        await _owe_export(uow, turn, by, year)
        await uow.commit()


async def _owe_export(uow: UnitOfWork, turn: Turn, by: Member, year: int) -> None:
    await answer_leader(uow, turn, by, "attendance.export", year=year)
    subject = CLUSTER.about(by.cluster_id)
    audit.note(uow, "attendance.exported", subject, now=turn.now, actor_id=by.id, cluster_id=by.cluster_id, year=year)


async def render_sheet(r: Rendering) -> Message | None:
    """To the coordinator after the meeting; edited when the list is recorded or corrected."""
    meeting = await meeting_of(r)
    if not await attendance.is_registered(r.state, meeting.cluster_id):
        return None
    if r.owed.how == How.POST:
        if meeting.state != MeetingState.PLANNED or r.owed.params["sequence"] != meeting.sequence:
            return None
        hours, now = await hours_of(r.state, meeting.cluster_id), r.tools.clock.now()
        if not is_open(now, hours):
            raise NotNow(next_slot(now, hours))
    seats = await attendance.sheet(r.state, meeting)
    if meeting.attendance_closed_at is None:
        text = r.t("The meeting is over: {meeting}. Who was there?", meeting=summary(meeting, r.t))
    else:
        text = r.t("Attendance is recorded for {meeting}.", meeting=summary(meeting, r.t))
    return Message(text, sheet_card(meeting, seats, r.t), card="meeting.attendance")


async def render_export(r: Rendering) -> Message:
    """The workbook, made from the state as it is now."""
    number_of_year = int(r.owed.params["year"])
    year = await years.year_of(r.state, r.owed.cluster_id or 0, number_of_year)
    if not year.meetings:
        return Message(r.t("No meeting in {year} has its attendance recorded yet.", year=number_of_year))
    content = await r.tools.compute(write_workbook, year_sheets(year, r.t))
    text = r.t(
        "Participant lists for {year}, by practice number and doctor. Share them only with those who need them.",
        year=number_of_year,
    )
    name = r.t("attendance-{year}.xlsx", year=number_of_year)
    return Message(text, attachments=[Attachment(name, content, title=r.t("Attendance {year}", year=number_of_year))])


def _is_registered(part: Membership, _now: datetime) -> bool:
    return part.rules.attendance_registered


feature = Feature(
    commands=[
        Command(
            ("fremmøde", "attendance"),
            Direct(show),
            told=Told(
                100,
                readme=N_("the attendance sheet is filled in beforehand from the answers"),
                coordinator=N_(
                    "coordinator: everybody's attendance this year, and the sheet of each meeting that has begun; "
                    "member: their own"
                ),
                member=N_("your own attendance this year"),
                hint=60,
            ),
            help=(HelpLine(80, N_("your own attendance this year")),),
            door=Door(
                Action.CLUSTER_ATTENDANCE,
                Shelf.MEETINGS,
                N_("My attendance"),
                led=N_("Attendance"),
                is_open=_is_registered,
            ),
        ),
        Command(
            ("eksport", "export"),
            Kept(export),
            told=Told(
                101,
                readme=N_("participant lists in Excel for the fee"),
                coordinator=N_("the year's participant lists in Excel"),
            ),
            leads=True,
            help=(HelpLine(280, N_("the year's participant lists as a spreadsheet"), leads=True),),
            door=Door(
                Action.CLUSTER_EXPORT, Shelf.MEETINGS, N_("Send me the participant lists"), is_open=_is_registered
            ),
        ),
    ],
    actions={
        Action.MEETING_ATTENDANCE: Direct(open_sheet),
        Action.MEETING_ATTENDED: Kept(keep_as_announced),
        Action.MEETING_EXPORT: Kept(export_year_of_meeting),
    },
    forms={View.MEETING_ATTENDANCE: Form(keep_sheet)},
    notices={
        Kinds.ATTENDANCE_EXPORT: Notice(render_export),
        Kinds.MEETING_ATTENDANCE: Notice(render_sheet, ahead=N_("Attendance sheet to the coordinator")),
    },
    heavy={"attendance.export"},
    log={
        "attendance.corrected": N_("{who} corrected the attendance of {subject}"),
        "attendance.exported": N_("{who} got the year's participant lists as a spreadsheet"),
        "attendance.recorded": N_("{who} recorded the attendance of {subject}"),
    },
)
