"""What is said while a meeting is on, to whoever chairs and to nobody else; and afterwards what was parked."""

from __future__ import annotations

from datetime import datetime

from cluster.agendas import agendas
from cluster.chairing import parking, running, sittings
from cluster.chairing.room import Kinds
from cluster.checkin import checkins
from cluster.meetings import attendance, meetings
from cluster.members import members
from cluster.notices import Owed
from cluster.undoing import OwnChange, Values
from handlers import blocks as b
from handlers.agendas.ids import Action as AgendaAction
from handlers.chairing.views import card as views
from handlers.chairing.views.steps import steps_of
from handlers.feature import Feature, Notice, Rendering, Step
from handlers.meetings.lookups import meeting_of
from handlers.meetings.views.words import titled
from handlers.message import Message
from handlers.turn import Tools
from handlers.undoing import Undoing
from locales import N_, Texts
from storage.models import Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, MeetingState


async def get_ready(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """A quarter of an hour before: the card goes to whoever chairs."""
    meeting = await meetings.get(uow, owed.number)
    if owed.params.get("sequence") == meeting.sequence:
        await sittings.ready(uow, meeting, now=tools.clock.now())


async def render_card(r: Rendering) -> Message | None:
    """The card, as it goes now."""
    meeting = await meeting_of(r)
    reader = await members.find(r.state, r.owed.member_id)
    sitting = await sittings.of_meeting(r.state, meeting)
    if meeting.state == MeetingState.CANCELLED:
        return views.called_off(meeting, r.t) if r.owed.how != How.POST else None
    if reader is None or not sittings.may_steer(sitting, reader):
        return views.passed_on(meeting, r.t) if r.owed.how != How.POST else None
    now = r.tools.clock.now()
    course = await sittings.course(r.state, meeting, sitting or sittings.nobody(meeting), now)
    is_open = await checkins.of_meeting(r.state, meeting) is not None
    there = await attendance.count_in(r.state, meeting) if is_open else None
    parked, has_steps = len(await parking.of_meeting(r.state, meeting)), await _has_steps(r, meeting)
    return views.card(course, now, r.t, parked=parked, there=there, has_steps=has_steps)


async def _has_steps(r: Rendering, meeting: Meeting) -> bool:
    offer = await agendas.chosen_for(r.state, meeting)
    return offer is not None and bool(steps_of(offer.package, r.t))


async def render_nudge(r: Rendering) -> Message | None:
    """How much is left, or that it is over; dropped when they have gone on, or when it comes too late."""
    meeting, params, now = await meeting_of(r), r.owed.params, r.tools.clock.now()
    sitting = await sittings.of_meeting(r.state, meeting)
    if sitting is None or sitting.chair_id != r.owed.member_id or now - r.owed.due_at > running.FORGETTABLE:
        return None
    course = await sittings.course(r.state, meeting, sitting, now)
    is_there = course.is_on and course.at is not None and course.at.item_id == params["item"]
    if not is_there or course.at is None or course.at.minutes != params["minutes"]:
        return None
    if params["what"] == running.OVER:
        return views.over(course, course.at, r.t)
    left = -(-int((course.at.ends_at - now).total_seconds()) // 60)
    return views.soon(course.at, max(left, 1), r.t)


async def render_timer(r: Rendering) -> Message | None:
    """The groups are to be back soon, or now."""
    meeting, params, now = await meeting_of(r), r.owed.params, r.tools.clock.now()
    sitting = await sittings.of_meeting(r.state, meeting)
    is_late = now - r.owed.due_at > running.FORGETTABLE
    if sitting is None or sitting.timer_until is None or is_late:
        return None
    if sitting.timer_until != datetime.fromisoformat(str(params["until"])):
        return None
    if params["left"]:
        return Message(r.t("The groups have two minutes left."))
    return Message(r.t("The groups' time is up."))


async def render_asked(r: Rendering) -> Message | None:
    """To whoever is asked to chair."""
    meeting = await meeting_of(r)
    sitting = await sittings.of_meeting(r.state, meeting)
    if sitting is None or sitting.chair_id != r.owed.member_id or meeting.state != MeetingState.PLANNED:
        return None
    said = r.t(
        "You are asked to chair {meeting}. A quarter of an hour before I send you a card with the agenda: you go on to "
        "the next point, I tell you alone how the time goes. If you can't, tell the coordinator.",
        meeting=titled(meeting, r.t),
    )
    return b.asking(said, b.button(r.t("See the card"), AgendaAction.MEETING_STEER, meeting.id))


async def render_chosen(r: Rendering) -> Message | None:
    """To whoever asked."""
    meeting = await meeting_of(r)
    sitting = await sittings.of_meeting(r.state, meeting)
    if sitting is None or sitting.chair_id is None:
        return None
    chair = await members.get(r.state, sitting.chair_id)
    about = titled(meeting, r.t)
    return Message(r.t("{name} chairs {meeting}, and has been told.", name=b.escape(chair.name), meeting=about))


async def render_parked(r: Rendering) -> Message | None:
    """To those who run the cluster, when the meeting is over; nothing when nothing was parked."""
    meeting = await meeting_of(r)
    found = await parking.of_meeting(r.state, meeting)
    return views.parked(meeting, found, r.t) if found else None


async def _named(state: Reading, change: OwnChange, t: Texts) -> str:
    return t("the step at {meeting}", meeting=titled(await meetings.get(state, change.number), t))


def _said(values: Values, t: Texts) -> str:
    if values["ended"]:
        return t("over")
    if not values["begun"]:
        return t("not begun")
    done = sum(each == "done" for each in values["states"].values())
    return t("at item {n}", n=t.number(done + 1))


async def _now(state: Reading, change: OwnChange) -> Values:
    meeting = await meetings.get(state, change.number)
    return await running.snapshot(state, meeting, await sittings.of_meeting(state, meeting) or sittings.nobody(meeting))


async def _put_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    await running.put_back(uow, await meetings.get(uow, change.number), change.was, by=by, now=now)


feature = Feature(
    notices={
        Kinds.CHAIR_ASKED: Notice(render_asked),
        Kinds.CHAIR_CARD: Notice(render_card),
        Kinds.CHAIR_CHOSEN: Notice(render_chosen),
        Kinds.CHAIR_NUDGE: Notice(render_nudge, ahead=N_("How the time goes, to whoever chairs")),
        Kinds.CHAIR_PARKED: Notice(render_parked),
        Kinds.CHAIR_TIMER: Notice(render_timer, ahead=N_("The groups' clock, to whoever chairs")),
    },
    steps={"chair.ready": Step(get_ready, ahead=N_("The card to steer the meeting by, to whoever chairs"))},
    undoings={running.STEERED: Undoing(_named, _said, _now, _put_back)},
)
