"""The list of all meetings in a window: with every door for who runs the cluster, with the own answers for others."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cluster.clock import local
from cluster.year.listing import MeetingLine, MeetingList
from handlers import blocks as b
from handlers.charts.ids import Action as Charts
from handlers.meetings.ids import Action as Meetings
from handlers.meetings.views.invitations import called_off
from handlers.meetings.views.meetings import desk_buttons
from handlers.meetings.views.words import answer_word, counts, titled
from handlers.message import Block
from handlers.minutes.ids import Action as Minutes
from handlers.year.ids import Action, View
from locales import Texts
from storage.models import Cluster
from storage.words import MeetingState


def led_window(found: MeetingList, cluster: Cluster, t: Texts, *, now: datetime, registers: bool) -> dict[str, Any]:
    """Everything, with its doors."""
    blocks: list[Block] = [b.header(t("Ahead"))]
    for each in found.ahead:
        blocks += _ahead(each, t, now)
    plan = b.button(t("Plan a meeting"), Meetings.CLUSTER_MEETING, cluster.id)
    blocks.append(b.actions(plan) if found.ahead else b.section(t("No meeting is planned."), plan))
    for draft in found.drafts:
        finish = b.button(t("Finish it"), Meetings.MEETING_FINISH, draft.id)
        blocks.append(b.section(t("Draft: {meeting}", meeting=titled(draft, t)), finish))
    blocks += _behind(found, t, registers=registers)
    return _window(found, cluster, blocks, t)


def own_window(found: MeetingList, cluster: Cluster, t: Texts) -> dict[str, Any]:
    """One's own, with what one answered."""
    blocks: list[Block] = [b.header(t("Ahead"))]
    blocks += [b.section(f"{titled(each.meeting, t)}\n{_said(each, t)}") for each in found.ahead]
    if not found.ahead:
        blocks.append(b.section(t("No meetings are planned.")))
    if found.behind:
        blocks.append(b.header(t("Behind")))
    for each in found.behind:
        minutes = b.button(t("Minutes"), Minutes.MINUTES_SHOW, each.meeting.id) if each.has_minutes else None
        blocks.append(b.section(f"{titled(each.meeting, t)}\n{_said(each, t)}", minutes))
    return _window(found, cluster, blocks, t)


def _said(each: MeetingLine, t: Texts) -> str:
    return t("You answered: {answer}", answer=answer_word(each.mine, t)) if each.mine else t("You did not answer.")


def _ahead(each: MeetingLine, t: Texts, now: datetime) -> list[Block]:
    if each.meeting.state == MeetingState.CANCELLED:
        return called_off(each.meeting, t)
    buttons = desk_buttons(each.meeting, t, now)
    return [b.section(f"{titled(each.meeting, t)}\n{counts(each.answers, t)}"), b.actions(*buttons)]


def _behind(found: MeetingList, t: Texts, *, registers: bool) -> list[Block]:
    blocks: list[Block] = [b.header(t("Behind"))] if found.behind else []
    for each in found.behind:
        meeting = each.meeting
        if meeting.state == MeetingState.CANCELLED:
            blocks += called_off(meeting, t)
            continue
        buttons = [b.button(t("See who"), Meetings.MEETING_WHO, meeting.id)]
        if registers:
            label = t("Go through the list") if meeting.attendance_closed_at is None else t("Correct the list")
            buttons.append(b.button(label, Meetings.MEETING_ATTENDANCE, meeting.id))
            buttons.append(b.button(t("Get the participant list"), Meetings.MEETING_EXPORT, meeting.id))
        if each.deck_of is not None:
            buttons.append(b.button(t("Make the deck again"), Charts.DECK_AGAIN, each.deck_of))
        if each.has_minutes:
            buttons.append(b.button(t("Minutes"), Minutes.MINUTES_SHOW, meeting.id))
        buttons.append(b.button(t("A new one like this"), Action.MEETING_LIKE, meeting.id))
        blocks += [b.section(f"{titled(meeting, t)}, {local(meeting.starts_at).year}"), b.actions(*buttons)]
    return blocks


def _window(found: MeetingList, cluster: Cluster, blocks: list[Block], t: Texts) -> dict[str, Any]:
    blocks = blocks[:98]
    turning = []
    if found.offset:
        newer = max(found.offset - len(found.behind), 0)
        turning.append(b.button(t("Newer"), Action.CLUSTER_OLDER, f"{cluster.id}:{newer}"))
    if found.more:
        label = t.n("{n} older", "{n} older", found.more)
        turning.append(b.button(label, Action.CLUSTER_OLDER, f"{cluster.id}:{found.offset + len(found.behind)}"))
    if turning:
        blocks += [b.actions(each) for each in turning]
    return b.window(View.MEETINGS, t("All meetings"), t("Close"), blocks)
