"""What a practice changes: asked, tapped, shared, looked back on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from cluster.changes import asking, commitments, counting, reminders
from cluster.changes.commitments import Held
from cluster.errors import ClusterError
from cluster.meetings import meetings
from cluster.members import places
from cluster.members.members import LEADERS
from cluster.notices import Owed
from cluster.subjects import COMMITMENT
from handlers.acting import actor, leader
from handlers.changes.ids import Action
from handlers.changes.views import commitments as views
from handlers.changes.views import words as w
from handlers.feature import Rendering
from handlers.ids import number
from handlers.message import Message
from handlers.saying import answer, answer_leader
from handlers.turn import Tools, Turn
from storage.models import Commitment, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import CommitmentState, How

LOOKS = {
    Action.COMMITMENT_GOING: CommitmentState.GOING,
    Action.COMMITMENT_NOT_YET: CommitmentState.NOT_YET,
    Action.COMMITMENT_DROPPED: CommitmentState.DROPPED,
}
FIELDS = {
    Action.COMMITMENT_WHO: "who",
    Action.COMMITMENT_WEEKS: "weeks",
    Action.COMMITMENT_BARRIER: "barrier",
}
Done = Callable[[UnitOfWork, Commitment, Member], Awaitable[None]]


async def _own(state: Reading, turn: Turn, commitment_id: int) -> tuple[Commitment, Member]:
    """One of the practice of who acts."""
    found = await commitments.get(state, commitment_id)
    by = await actor(state, turn, found.cluster_id)
    return await commitments.own(state, found.id, by), by


async def _do(turn: Turn, what: Done, *, says: bool = False) -> None:
    async with turn.unit() as uow:
        row, by = await _own(uow, turn, number(turn.value or turn.metadata.get("commitment")))
        await what(uow, row, by)
        if says:
            about = COMMITMENT.about(row.id)
            await answer(uow, turn, "commitment.noted", member_id=by.id, cluster_id=row.cluster_id, subject=about)
        await uow.commit()


async def pick(turn: Turn) -> None:
    """One tap in the list."""
    chosen = turn.value.partition(":")[2]
    await _do(turn, lambda uow, row, by: commitments.choose(uow, row, chosen, by=by, now=turn.now))


async def fill_in(turn: Turn) -> None:
    """Who, when, or what may stand in the way."""
    field, chosen = FIELDS[Action(turn.name)], turn.value.partition(":")[2]
    await _do(turn, lambda uow, row, by: commitments.fill_in(uow, row, field, chosen, by=by, now=turn.now))


async def look_back(turn: Turn) -> None:
    """Going, not yet, dropped. Below charts, which stay as they are, it is answered in words."""
    how, is_below_charts = LOOKS[Action(turn.name)], turn.value.partition(":")[2] == views.CHART
    await _do(
        turn, lambda uow, row, by: commitments.look_back(uow, row, how, by=by, now=turn.now), says=is_below_charts
    )


async def share(turn: Turn) -> None:
    """Others may read it, or no longer."""
    shared = turn.name == Action.COMMITMENT_SHARE
    await _do(turn, lambda uow, row, by: commitments.share(uow, row, shared=shared, by=by, now=turn.now))


async def open_words(turn: Turn) -> None:
    """The form for a line of own words."""
    async with turn.look() as state:
        row, _ = await _own(state, turn, number(turn.value))
        view = views.words_form(await commitments.held(state, row), turn.t)
    await turn.open(view)


async def check_words(turn: Turn) -> dict[str, str] | None:
    """Something must be changed before the line may be empty."""
    async with turn.look() as state:
        row, _ = await _own(state, turn, number(turn.metadata.get("commitment")))
        is_open = row.state in views.UNCHOSEN
    if is_open and not str(turn.state.get("words") or "").strip():
        raise ClusterError("commitment.empty", field="words")
    return None


async def keep_words(turn: Turn) -> None:
    """The line."""
    said = str(turn.state.get("words") or "")
    await _do(turn, lambda uow, row, by: commitments.write(uow, row, said, by=by, now=turn.now))


async def own_of(state: Reading, member: Member, now: datetime) -> list[Held]:
    """What the member's practice said, or is asked."""
    colleagues = await places.confirmed(state, member.practice_id) if member.practice_id else ()
    return await commitments.of_practice(state, member, now, colleagues)


async def show(turn: Turn) -> Message:
    """`/klynge ændringer`: own, shared, counted; those who run the cluster may ask."""
    member = turn.require_member()
    async with turn.look() as state:
        own = await own_of(state, member, turn.now)
        shared = await commitments.shared(state, member.cluster_id, but=member.practice_id)
        counts = await counting.of_cluster(state, member.cluster_id)
    asks_for = member.cluster_id if member.role in LEADERS else None
    return Message(*views.overview(own, shared, counts, turn.t, asks_for=asks_for))


async def open_asking(turn: Turn) -> None:
    """The preview before the practices are asked."""
    async with turn.look() as state:
        by = await leader(state, turn, number(turn.value))
        found = await asking.askable(state, by.cluster_id, turn.now)
        there = [await asking.those_there(state, each) for each in found]
    if not found:
        raise ClusterError("commitment.no_meeting")
    asked = [(meeting, len(those), sum(map(len, those.values()))) for meeting, those in zip(found, there, strict=True)]
    await turn.show(views.ask_form(asked, turn.t, by.cluster_id))


async def ask_now(turn: Turn) -> None:
    """The coordinator's tap."""
    async with turn.unit() as uow:
        meeting = await meetings.get(uow, number(turn.state.get("meeting")))
        by = await leader(uow, turn, meeting.cluster_id)
        asked = await asking.ask(uow, meeting, by=by, now=turn.now)
        await answer_leader(uow, turn, by, "commitment.asked", practices=asked.practices, people=asked.people)
        await uow.commit()


async def ask_step(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The last minutes of the meeting."""
    meeting = await meetings.get(uow, owed.number)
    sequence = int(owed.params["sequence"])
    await asking.ask_at_the_end(uow, meeting, sequence=sequence, now=tools.clock.now())


async def _held(r: Rendering) -> Held:
    return await commitments.held(r.state, await commitments.get(r.state, r.number))


async def question(r: Rendering) -> Message:
    """To somebody of the practice; edited when anybody of it has chosen."""
    held = await _held(r)
    blocks = views.question(held, r.t)
    said = views.asks(held, r.t) if held.row.state == CommitmentState.ASKED else w.said(held, r.t)
    return Message(said, blocks, card="commitment.ask")


async def look(r: Rendering) -> Message | None:
    """The look back."""
    held = await _held(r)
    if r.owed.how == How.POST and not await reminders.holds(r.state, r.owed, held.row, now=r.tools.clock.now()):
        return None
    return Message(*views.look(held, r.t), card="commitment.look")


async def noted(r: Rendering) -> Message:
    """The answer to a tap below charts."""
    return Message(w.said(await _held(r), r.t))


async def asked(r: Rendering) -> Message:
    """To the coordinator who asked."""
    people, practices = int(r.owed.params["people"]), int(r.owed.params["practices"])
    if not people:
        return Message(r.t("Everybody who is there had been asked already."))
    return Message(
        r.t(
            "I have asked {people} people of {practices} practices what they change.",
            people=people,
            practices=practices,
        )
    )


async def counted(r: Rendering) -> Message | None:
    """In the channel, when the same is measured again: how many said that they would change what."""
    row = await counting.of_meeting(r.state, int(r.owed.params["meeting"]))
    return Message(views.counted(row, r.t)) if row is not None else None
