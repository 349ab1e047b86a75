"""The attendance sheet, a member's own share, the coordinator's year, and the list that goes with the fee claim."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from cluster.clock import local
from cluster.meetings.attendance import Seat, Share
from cluster.overview.years import Year
from handlers.blocks import actions, button, checkboxes, context, entry, escape, form, section, window
from handlers.fitting import cut, paragraphs
from handlers.meetings.ids import Action, View
from handlers.meetings.views.words import summary, titled
from handlers.message import Block
from locales import N_, Texts
from measures.sheets.sheets import Sheet
from storage.models import Meeting, Member, Practice

PRESENT = "present."
"""Action ids of the sheet's boxes begin so; practice and part follow."""
_BOXES = 10
_FIELDS = 97
_SHEETS = 30
"""Meetings of a year whose sheets are offered."""
_LABEL = 75
"""Characters of a box's label."""
_SAID = {
    "yes": N_("had said yes"),
    "maybe": N_("had said maybe"),
    "no": N_("had declined"),
    None: N_("had not answered"),
}


def sheet_card(meeting: Meeting, seats: Sequence[Seat], t: Texts) -> list[Block]:
    """After the meeting: as announced, until the coordinator says who was there."""
    if meeting.attendance_closed_at is None:
        expected = sum(seat.ticked for seat in seats)
        said = t("The meeting is over: {meeting}. Who was there?", meeting=titled(meeting, t))
        hint = t.n("{n} person had said yes.", "{n} people had said yes.", expected)
        row = actions(
            button(t("Go through the list"), Action.MEETING_ATTENDANCE, meeting.id, style="primary"),
            button(t("Exactly as they answered"), Action.MEETING_ATTENDED, meeting.id),
        )
        return [section(said + "\n" + hint), row, context(t("Those who came without answering are on the list too."))]
    there = sum(bool(seat.present) for seat in seats)
    listed = sum(seat.present is not None for seat in seats)
    said = t(
        "Attendance is recorded: {there} of {listed} were at {meeting}.",
        there=there,
        listed=listed,
        meeting=titled(meeting, t),
    )
    row = actions(
        button(t("Correct the list"), Action.MEETING_ATTENDANCE, meeting.id),
        button(t("Get the participant list"), Action.MEETING_EXPORT, meeting.id),
    )
    return [section(said), row]


def sheet_form(meeting: Meeting, seats: Sequence[Seat], t: Texts, *, metadata: str) -> dict[str, Any]:
    """One group of boxes for each practice, ticked as announced or as recorded; ten people a group where there are
    more practices than Slack shows fields."""
    groups = [
        (f"{PRESENT}{practice_id}.", group[0].practice.name if group[0].practice else t("Not in a practice"), group)
        for practice_id, grouped in groupby(seats, key=lambda seat: seat.practice.id if seat.practice else 0)
        for group in [list(grouped)]
    ]
    if sum(-(-len(group) // _BOXES) for *_, group in groups) > _FIELDS:
        return _sheet(meeting, [(PRESENT, "", seats)], t, metadata)
    return _sheet(meeting, groups, t, metadata)


def _sheet(
    meeting: Meeting, groups: Sequence[tuple[str, str, Sequence[Seat]]], t: Texts, metadata: str
) -> dict[str, Any]:
    blocks: list[Block] = [section(summary(meeting, t)), context(t("Tick everybody who was there."))]
    for action, name, group in groups:
        for part, start in enumerate(range(0, len(group), _BOXES)):
            people = group[start : start + _BOXES]
            choices = [(str(seat.member.id), _label(seat, t)) for seat in people]
            ticked = [str(seat.member.id) for seat in people if seat.ticked]
            label = name or f"{_place(people[0], t)} – {_place(people[-1], t)}"
            blocks.append(entry(label, checkboxes(f"{action}{part}", choices, chosen=ticked), optional=True))
    return form(View.MEETING_ATTENDANCE, t("Who was there?"), t("Save"), t("Cancel"), blocks, metadata)


def _place(seat: Seat, t: Texts) -> str:
    return seat.practice.name if seat.practice else t("Not in a practice")


def _label(seat: Seat, t: Texts) -> str:
    said = f" – {t(_SAID[seat.answer])}"
    return cut(seat.member.name, _LABEL - len(said)) + said


def own_share(share: Share, year: int, required: int, t: Texts) -> str:
    """A member's year in words; nobody else's."""
    if share.fraction is None:
        return t("No meeting in {year} has its attendance recorded yet.", year=year)
    lines = [
        t.n(
            "You have attended {present} of {n} meeting in {year} ({percent}).",
            "You have attended {present} of {n} meetings in {year} ({percent}).",
            share.held,
            present=share.present,
            year=year,
            percent=t.percent(share.fraction),
        )
    ]
    if required:
        lines.append(t("Your cluster has agreed on at least {percent}.", percent=t.percent(required / 100)))
    if share.excused and not share.excused_counts:
        lines.append(
            t.n(
                "You declined {n} more meeting. It does not count.",
                "You declined {n} more meetings. They do not count.",
                share.excused,
            )
        )
    elif share.excused:
        lines.append(
            t.n("You sent apologies for {n} of the others.", "You sent apologies for {n} of the others.", share.excused)
        )
    lines.append(t("Only you and the coordinator see this."))
    return "\n".join(lines)


def year_window(
    year: Year,
    number: int,
    t: Texts,
    *,
    required: int = 0,
    excused_counts: bool = True,
    begun: Sequence[Meeting] = (),
) -> dict[str, Any]:
    """Everybody's year and every practice's, for the coordinator alone; and the sheet of each meeting that has
    ``begun``, also for those who were not sent it. ``required`` is the share that the cluster agreed on, in per cent.
    """
    held = len(year.meetings)
    said = t("No meeting in {year} has its attendance recorded yet.", year=number)
    if held:
        said = t.n(
            "Attendance has been recorded for {n} meeting in {year}.",
            "Attendance has been recorded for {n} meetings in {year}.",
            held,
            year=number,
        )
        if required:
            said += " " + t("Your cluster has agreed on at least {percent}.", percent=t.percent(required / 100))
        if not excused_counts:
            said += " " + t("A meeting that somebody declined does not count for them.")
    blocks: list[Block] = [section(said)]
    for meeting in begun[:_SHEETS]:
        label = t("Go through the list") if meeting.attendance_closed_at is None else t("Correct the list")
        blocks.append(section(titled(meeting, t), button(label, Action.MEETING_ATTENDANCE, meeting.id)))
    lines = _year_lines(year, t)
    if held:
        blocks += [section(each) for each in paragraphs(lines)]
        blocks.append(actions(button(t("Get it as a spreadsheet"), Action.MEETING_EXPORT, year.meetings[-1].id)))
    blocks.append(context(t("Only the coordinators see this list. A kind call does more than a reminder.")))
    return window(View.YEAR_WINDOW, t("Attendance {year}", year=number), t("Close"), blocks)


def _year_lines(year: Year, t: Texts) -> list[str]:
    """Each practice with its people; nobody is marked, and nobody stands first or last for it."""
    lines = []
    for practice_id, grouped in groupby(year.people, key=lambda each: each[1].id if each[1] else None):
        people = list(grouped)
        practice, share = people[0][1], year.of_practice(practice_id)
        name = f"*{escape(practice.name)}* ({practice.ydernummer})" if practice else f"*{t('Not in a practice')}*"
        if practice and share.fraction is not None:
            name += ": " + t(
                "somebody came to {present} of {held} ({percent})",
                present=share.present,
                held=share.held,
                percent=t.percent(share.fraction),
            )
        lines.append(name)
        lines += [_person_line(member.name, year.of_person(member.id), t) for member, _ in people]
    return lines


def _person_line(name: str, share: Share, t: Texts) -> str:
    if share.fraction is None:
        return t("• {name}: no meeting that counts", name=escape(name))
    return t(
        "• {name}: {present} of {held} ({percent})",
        name=escape(name),
        present=share.present,
        held=share.held,
        percent=t.percent(share.fraction),
    )


def year_sheets(year: Year, t: Texts) -> list[Sheet]:
    """The whole year by person, then by practice number, then one participant list for each meeting."""
    days = [local(meeting.starts_at).date() for meeting in year.meetings]
    header = [t("Practice number"), t("Practice"), t("Name"), t("Position")]
    table = [_year_row(year, member, practice, t) for member, practice in year.people]
    columns = [f"{day:%d-%m-%Y} {meeting.title}" for day, meeting in zip(days, year.meetings, strict=True)]
    widths = [14, 28, 28, 18]
    ends = [t("Meetings"), t("Of"), t("Per cent")]
    first = Sheet(t("Attendance"), [*header, *columns, *ends], table, [*widths, *[24] * len(columns), 10, 10, 10])
    second = _by_practice(year, columns, ends, t)
    lists = [
        Sheet(
            f"{number}. {day:%d-%m-%Y}",
            header,
            [_who(member, practice) for member, practice in year.people if (meeting.id, member.id) in year.present],
            widths,
        )
        for number, (day, meeting) in enumerate(zip(days, year.meetings, strict=True), 1)
    ]
    return [first, second, *lists]


def _by_practice(year: Year, columns: Sequence[str], ends: Sequence[str], t: Texts) -> Sheet:
    """How many of each practice number were at each meeting, and at how many of them anybody was."""
    rows: list[list[str | int]] = []
    for practice_id, grouped in groupby(year.people, key=lambda each: each[1].id if each[1] else None):
        people = list(grouped)
        practice = people[0][1]
        there = [sum((meeting.id, member.id) in year.present for member, _ in people) for meeting in year.meetings]
        named: list[str | int] = [practice.ydernummer, practice.name] if practice else ["", t("Not in a practice")]
        rows.append([*named, *there, sum(there), *_ends(year.of_practice(practice_id))])
    totals = [sum((meeting.id, member.id) in year.present for member, _ in year.people) for meeting in year.meetings]
    rows.append([t("Total"), "", *totals, sum(totals), "", "", ""])
    heads = [t("Practice number"), t("Practice"), *columns, t("Participants"), *ends]
    return Sheet(t("By practice number"), heads, rows, [14, 28, *[24] * len(columns), 12, 10, 10, 10])


def _ends(share: Share) -> list[str | int]:
    """How many meetings, of how many, in whole per cent."""
    return [share.present, share.held, round(100 * share.fraction) if share.fraction is not None else ""]


def _year_row(year: Year, member: Member, practice: Practice | None, t: Texts) -> list[str | int]:
    there = [(meeting.id, member.id) in year.present for meeting in year.meetings]
    return [*_who(member, practice), *(t("yes") if was else "" for was in there), *_ends(year.of_person(member.id))]


def _who(member: Member, practice: Practice | None) -> list[str]:
    return [practice.ydernummer if practice else "", practice.name if practice else "", member.name, member.title]
