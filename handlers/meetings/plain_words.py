"""What is asked about meetings in plain words: shown at once, and asked before anything changes."""

from __future__ import annotations

from typing import Any

from cluster.clock import local
from cluster.meetings import attendance, invitations, meetings
from cluster.meetings.typed_answers import fits
from cluster.members import members
from cluster.members.cluster_rules import rules_of
from cluster.subjects import MEETING
from handlers import blocks as b
from handlers.feature import Direct, Feature, Intent, sentences
from handlers.meetings.ids import Action
from handlers.meetings.lookups import invited
from handlers.meetings.views import plain_words as views
from handlers.meetings.views.invitations import Invited
from handlers.meetings.views.words import counts, titled
from handlers.message import Message
from handlers.turn import Turn
from locales import N_
from storage.models import Invitation, Meeting
from storage.unit_of_work import Reading
from storage.words import Rsvp

Own = tuple[Meeting, Invitation]


async def next_meeting(turn: Turn) -> Message:
    """When and where, what there is to eat, and the own answer with its buttons."""
    return await _coming(turn, views.coming)


async def my_answer(turn: Turn) -> Message:
    """What was answered, to which meeting."""
    return await _coming(turn, views.answered)


async def away(turn: Turn) -> Message:
    """Somebody may not come: which meeting, and really?"""
    return await _coming(turn, views.is_it_this, unless=Rsvp.NO)


async def late_reminder(turn: Turn) -> Message | None:
    """ "Remind me tomorrow": the menus that do it, under what still waits for an answer."""
    async with turn.look() as state:
        waiting = [each for each in await _own(state, turn) if each.invitation.answer is None and each.snoozes]
    if not waiting:
        return Message(
            turn.t("There is no invitation that waits for your answer, so there is nothing to remind you of.")
        )
    return views.remind_later(waiting[0], turn.t)


async def _coming(turn: Turn, show: views.Shown, *, unless: Rsvp | None = None) -> Message:
    t = turn.t
    async with turn.look() as state:
        own = await _own(state, turn)
        if named := str(turn.state.get("day") or ""):
            today = local(turn.now).date()
            days = named.split()
            own = [each for each in own if fits(days, local(each.meeting.starts_at).date(), today)]
            if not own:
                return Message(t("You are invited to no meeting on that day."))
        own = [each for each in own if unless is None or each.invitation.answer != unless]
    if not own:
        return Message(t("No meetings are planned that wait for you. Your coordinator calls them."))
    first = next((each for each in own if MEETING.about(each.meeting.id) == turn.value), own[0])
    return show(first, [each for each in own if each is not first], t)


async def _own(state: Reading, turn: Turn) -> list[Invited]:
    """The meetings ahead that the reader is invited to, in every cluster."""
    found: list[Own] = []
    for member, _ in await members.memberships(state, turn.team_id, turn.account):
        found += await meetings.known_to(state, member, turn.now)
    found.sort(key=lambda each: each[0].starts_at)
    return [await invited(state, meeting, invitation, turn.now) for meeting, invitation in found]


async def about_next(turn: Turn) -> str:
    """The subject of an answer about the next meeting, on the day that was named if one was."""
    async with turn.look() as state:
        own = await _own(state, turn)
    today = local(turn.now).date()
    days = str(turn.state.get("day") or "").split()
    fitting = [each for each in own if fits(days, local(each.meeting.starts_at).date(), today)]
    return MEETING.about(fitting[0].meeting.id) if fitting else ""


async def who_comes(turn: Turn) -> Message:
    """Names by answer for those who run the cluster, counts for everybody else."""
    return await _tallies(turn, named=True)


async def how_many(turn: Turn) -> Message:
    """Counts."""
    return await _tallies(turn, named=False)


async def _tallies(turn: Turn, *, named: bool) -> Message:
    member, t = turn.require_member(), turn.t
    leads = member.role in members.LEADERS
    async with turn.look() as state:
        ahead = (await meetings.ahead_for(state, member, turn.now))[: views.MOST]
        told = [(meeting, await invitations.guests(state, meeting.id)) for meeting in ahead]
    if not told:
        return Message(t("No meetings are planned."))
    lines = [f"{titled(meeting, t)}\n{counts(guests.tally, t)}" for meeting, guests in told]
    blocks = [b.section(line) for line in lines]
    if leads:
        meeting, guests = told[0]
        more = [b.section(each) for each in views.names(guests, t)] if named else []
        blocks = [blocks[0], *more, views.leading(meeting, t, turn.now), *blocks[1:]]
    return Message("\n".join(lines), blocks)


async def change(turn: Turn) -> Message:
    """Nothing is moved or cancelled by words: the meetings, with the buttons that do it."""
    member, t = turn.require_member(), turn.t
    async with turn.look() as state:
        ahead = (await meetings.ahead_for(state, member, turn.now))[: views.MOST]
    if not ahead:
        return Message(t("No meetings are planned."))
    return views.changing(ahead, t)


async def plan(turn: Turn) -> Message:
    """The form for a new meeting opens by a button."""
    said = turn.t("Shall we plan a meeting? The button opens the form; nobody is invited before you send it.")
    return b.asking(said, _door(turn, Action.CLUSTER_MEETING, turn.t("Plan a meeting")))


async def my_attendance(turn: Turn) -> Message:
    """The own share of this year's meetings; the list of all opens by a button for those who run the cluster."""
    member, t = turn.require_member(), turn.t
    year = local(turn.now).year
    async with turn.look() as state:
        registered = (await rules_of(state, member.cluster_id)).attendance_registered
        share = await attendance.share_of(state, member, year) if registered else None
    if share is None or not share.held:
        said = t("No attendance is recorded this year.")
    else:
        said = t.n(
            "You have attended {present} of the year's {n} recorded meeting.",
            "You have attended {present} of the year's {n} recorded meetings.",
            share.held,
            present=t.number(share.present),
        )
    if member.role not in members.LEADERS:
        return Message(said)
    return b.asking(said, _door(turn, Action.CLUSTER_ATTENDANCE, t("Record attendance")))


def _door(turn: Turn, action: Action, label: str) -> dict[str, Any]:
    return b.button(label, action, turn.require_member().cluster_id, style="primary")


feature = Feature(
    intents={
        "next_meeting": Intent(
            sentences(__file__, "next_meeting"),
            Direct(next_meeting),
            N_("The next meeting"),
            about=about_next,
            everywhere=True,
        ),
        "my_answer": Intent(
            sentences(__file__, "my_answer"), Direct(my_answer), N_("My answer"), about=about_next, everywhere=True
        ),
        "away": Intent(
            sentences(__file__, "away"),
            Direct(away),
            N_("I can't come to the meeting"),
            about=about_next,
            changes=True,
            everywhere=True,
        ),
        "remind_me": Intent(
            sentences(__file__, "remind_me"),
            Direct(late_reminder),
            N_("Remind me later"),
            about=about_next,
            changes=True,
            everywhere=True,
        ),
        "who_comes": Intent(sentences(__file__, "who_comes"), Direct(who_comes), N_("Who is coming?")),
        "how_many": Intent(sentences(__file__, "how_many"), Direct(how_many), N_("How many are coming?")),
        "change_meeting": Intent(
            sentences(__file__, "change_meeting"),
            Direct(change),
            N_("Move or cancel a meeting"),
            leads=True,
            changes=True,
        ),
        "plan_meeting": Intent(
            sentences(__file__, "plan_meeting"), Direct(plan), N_("Plan a meeting"), leads=True, changes=True
        ),
        "my_attendance": Intent(sentences(__file__, "my_attendance"), Direct(my_attendance), N_("My attendance")),
    }
)
