"""Evaluations: opened by a coordinator or by themselves, answered in a form, told when they are over."""

from __future__ import annotations

from cluster.errors import ClusterError
from cluster.evaluations import answering, appraisals, reminders
from cluster.evaluations.counting import as_told
from cluster.meetings import meetings
from cluster.members import members
from cluster.notices import Owed
from cluster.subjects import APPRAISAL
from handlers.acting import actor, leader
from handlers.evaluations.views import appraisals as views
from handlers.feature import Rendering
from handlers.ids import number
from handlers.message import Message
from handlers.saying import answer
from handlers.turn import Tools, Turn
from storage.models import Appraisal, Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import AppraisalState, Grade, How


async def _mine(state: Reading, turn: Turn, appraisal_id: int) -> tuple[Appraisal, Member]:
    found = await appraisals.get(state, appraisal_id)
    return found, await actor(state, turn, found.cluster_id)


async def show(turn: Turn) -> Message:
    """`/klynge evaluering`: what waits, what came of it; those who run the cluster may ask."""
    member, t = turn.require_member(), turn.t
    async with turn.look() as state:
        rows = (await appraisals.of_cluster(state, member.cluster_id))[: views.SHOWN]
        found = [
            views.ListedAppraisal(row, meeting, *await appraisals.answered(state, row.id), as_told(row.told))
            for row, meeting in rows
        ]
        waiting = await _waiting(state, turn, member)
    leads_in = member.cluster_id if member.role in members.LEADERS else None
    return Message(*views.overview(found, waiting, t, leads_in=leads_in))


async def _waiting(state: Reading, turn: Turn, member: Member) -> tuple[Appraisal, Meeting] | None:
    found = await appraisals.waiting_for(state, member, turn.now)
    return None if found is None or turn.tools.urn.holds(found[0].id, member.id) else found


async def open_asking(turn: Turn) -> None:
    """Which meeting, which grade: seen before anybody is asked."""
    async with turn.look() as state:
        by = await leader(state, turn, number(turn.value))
        found = [
            (each, len(await appraisals.those_there(state, each)), await appraisals.when_to_ask(state, each, turn.now))
            for each in await appraisals.evaluable(state, by.cluster_id, turn.now)
        ]
    if not found:
        raise ClusterError("appraisal.no_meeting")
    await turn.show(views.open_form(found, turn.t, by.cluster_id))


async def check_asking(turn: Turn) -> dict[str, str] | None:
    """Fewer than five would be told nothing."""
    async with turn.look() as state:
        meeting = await meetings.get(state, number(turn.state.get("meeting")))
        await leader(state, turn, meeting.cluster_id)
        people = await appraisals.those_there(state, meeting)
    if len(people) < appraisals.LEAST_PEOPLE:
        raise ClusterError("appraisal.too_few", field="meeting")
    return None


async def ask(turn: Turn) -> None:
    """Ask those who were there."""
    async with turn.unit() as uow:
        meeting = await meetings.get(uow, number(turn.state.get("meeting")))
        by = await leader(uow, turn, meeting.cluster_id)
        grade = Grade.CONFIDENTIAL if turn.state.get("grade") == Grade.CONFIDENTIAL else Grade.ANONYMOUS
        made = await appraisals.open_(uow, meeting, grade, by=by, now=turn.now)
        about = APPRAISAL.about(made.id)
        await answer(uow, turn, "appraisal.opened", member_id=by.id, cluster_id=by.cluster_id, subject=about)
        await uow.commit()


async def open_answering(turn: Turn) -> Message | None:
    """The form, with the grade above it; what was said in confidence stands in it."""
    async with turn.look() as state:
        found, member = await _mine(state, turn, number(turn.value))
        if found.state != AppraisalState.OPEN or turn.now >= found.closes_at:
            raise ClusterError("appraisal.over")
        is_anonymous = found.grade == Grade.ANONYMOUS
        if is_anonymous and await answering.has_answered(state, turn.tools.urn, found.id, member.id):
            raise ClusterError("appraisal.answered")
        before = None if is_anonymous else await answering.own_answer(state, found.id, member.id)
    await turn.open(views.form(found, before, turn.t))
    return None


async def answer_anonymously(turn: Turn) -> Message:
    """Into the urn, while Slack waits: nothing of it is stored on the way."""
    async with turn.tools.unit(None) as uow:
        found, member = await _mine(uow, turn, number(turn.metadata.get("appraisal")))
        ballot = answering.read(turn.state)
        await answering.answer_anonymously(uow, turn.tools.urn, found, member, ballot, now=turn.now)
    return Message(
        turn.t(
            "Thank you! Your answer is in the urn, without your name. The question stays on your start page until "
            "it is added up."
        )
    )


async def check_confidential(turn: Turn) -> dict[str, str] | None:
    """Whether something is answered."""
    async with turn.look() as state:
        await _mine(state, turn, number(turn.metadata.get("appraisal")))
    answering.read(turn.state)
    return None


async def answer_in_confidence(turn: Turn) -> None:
    """Kept, and changed as often as they like."""
    async with turn.unit() as uow:
        found, member = await _mine(uow, turn, number(turn.metadata.get("appraisal")))
        await answering.answer_in_confidence(uow, found, member, answering.read(turn.state), now=turn.now)
        await uow.commit()


async def begin_step(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The meeting is over."""
    meeting = await meetings.get(uow, owed.number)
    await appraisals.begin(uow, meeting, sequence=int(owed.params["sequence"]), now=tools.clock.now())


async def close_step(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """It closes."""
    await appraisals.close(uow, tools.urn, await appraisals.get(uow, owed.number), now=tools.clock.now())


async def _found(r: Rendering) -> tuple[Appraisal, Meeting]:
    found = await appraisals.get(r.state, r.number)
    return found, await meetings.get(r.state, found.meeting_id)


async def request(r: Rendering) -> Message | None:
    """To whoever was there."""
    found, meeting = await _found(r)
    if found.state != AppraisalState.OPEN:
        return None
    return Message(views.asks(meeting, found.grade, r.t), views.request(found, meeting, r.t))


async def reminder(r: Rendering) -> Message | None:
    """Once, to who has not answered."""
    found, meeting = await _found(r)
    member = await members.get(r.state, r.owed.member_id or 0)
    done = await answering.has_answered(r.state, r.tools.urn, found.id, member.id)
    owes = found.state == AppraisalState.OPEN and not done
    now, is_new = r.tools.clock.now(), r.owed.how == How.POST
    if is_new and not await reminders.holds(r.state, r.owed, found, member, owes=owes, now=now):
        return None
    said = r.t("You can still say how {meeting} was.", meeting=meeting.title)
    return Message(said, views.request(found, meeting, r.t))


async def opened(r: Rendering) -> Message:
    """To the coordinator who asked."""
    found, _ = await _found(r)
    _, people = await appraisals.answered(r.state, found.id)
    return Message(
        r.t(
            "I ask {people} people on {moment}. It closes on {closes}, and what came of it goes to everybody an hour "
            "later at the earliest.",
            people=people,
            moment=r.t.moment(found.opened_at),
            closes=r.t.moment(found.closes_at),
        )
    )


async def told(r: Rendering) -> Message:
    """To everybody, when it is over."""
    found, meeting = await _found(r)
    return Message(*views.result_message(meeting, as_told(found.told), r.t))
