"""`/klynge styr`: the card, and its buttons. What they were pressed at goes with them: an old one does nothing."""

from __future__ import annotations

import json

from cluster.agendas import agendas
from cluster.chairing import choosing, lateness, parking, running, sittings
from cluster.chairing.room import Kinds
from cluster.errors import ClusterError
from cluster.meetings import meetings
from cluster.members import members
from cluster.members.members import LEADERS
from cluster.overview.homepage import Membership
from cluster.packages.lookup import package_of
from handlers.acting import actor
from handlers.agendas.ids import Action as AgendaAction
from handlers.blocks import Option, suggested
from handlers.chairing.errors import ERRORS
from handlers.chairing.ids import Action, View
from handlers.chairing.views import card as views
from handlers.chairing.views.steps import one_step, steps_of
from handlers.doors import Door, Shelf
from handlers.errors import sentence
from handlers.feature import Command, Direct, Feature, Form, HelpLine, Kept, Told
from handlers.ids import number
from handlers.meetings.lookups import led, reply
from handlers.rounds.views import asks
from handlers.submissions import patients
from handlers.turn import Turn
from locales import N_
from storage.models import Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork


async def steered(state: Reading, turn: Turn, meeting_id: int) -> tuple[Meeting, Member]:
    """A meeting and who acts, where that is its chair or one who runs the cluster."""
    meeting = await meetings.get(state, meeting_id)
    member = await actor(state, turn, meeting.cluster_id)
    if not sittings.may_steer(await sittings.of_meeting(state, meeting), member):
        raise ClusterError("chair.other")
    return meeting, member


async def run(turn: Turn) -> None:
    """The command: the card of the meeting that is on, or comes next."""
    member = turn.require_member()
    async with turn.unit() as uow:
        meeting = await nearest(uow, turn, member)
        await _hand(uow, turn, meeting, member)
        await uow.commit()


async def open_card(turn: Turn) -> None:
    """The same by a button."""
    async with turn.unit() as uow:
        meeting, member = await steered(uow, turn, number(turn.value))
        await _hand(uow, turn, meeting, member)
        await uow.commit()


async def nearest(state: Reading, turn: Turn, member: Member) -> Meeting:
    """The meeting that is on, or comes next, and that the member may steer."""
    for meeting in await sittings.steerable(state, member.cluster_id, turn.now):
        if sittings.may_steer(await sittings.of_meeting(state, meeting), member):
            return meeting
    raise ClusterError("agenda.no_meeting" if member.role in LEADERS else "chair.other")


async def _hand(uow: UnitOfWork, turn: Turn, meeting: Meeting, member: Member) -> None:
    await sittings.opened(uow, meeting)
    await reply(uow, turn, Kinds.CHAIR_CARD, member, about=meeting)


async def begin(turn: Turn) -> None:
    """Begin."""
    async with turn.unit() as uow:
        meeting, by = await steered(uow, turn, number(turn.value))
        await running.start(uow, meeting, by=by, now=turn.now)
        await uow.commit()


async def go_on(turn: Turn) -> None:
    """The next point."""
    async with turn.unit() as uow:
        meeting, by = await steered(uow, turn, number(turn.value))
        await running.go_on(uow, meeting, number(turn.value, 1), by=by, now=turn.now)
        await uow.commit()


async def extend(turn: Turn) -> None:
    """Five minutes more."""
    async with turn.unit() as uow:
        meeting, by = await steered(uow, turn, number(turn.value))
        item, minutes = number(turn.value, 1), number(turn.value, 2)
        await running.extend(uow, meeting, item, minutes, by=by, now=turn.now)
        await uow.commit()


async def finish(turn: Turn) -> None:
    """The meeting is over."""
    async with turn.unit() as uow:
        meeting, by = await steered(uow, turn, number(turn.value))
        await running.finish(uow, meeting, number(turn.value, 1), by=by, now=turn.now)
        await uow.commit()


async def set_timer(turn: Turn) -> None:
    """A clock for the groups."""
    async with turn.unit() as uow:
        meeting, by = await steered(uow, turn, number(turn.value))
        await running.set_timer(uow, meeting, number(turn.value, 1), by=by, now=turn.now)
        await uow.commit()


async def show_missing(turn: Turn) -> None:
    """Whose numbers are missing."""
    async with turn.look() as state:
        meeting, member = await steered(state, turn, number(turn.value))
        found = await lateness.of_meeting(state, meeting)
    titled = [(asks.title(package_of(each.round), turn.t), each) for each in found]
    await turn.open(views.missing(meeting, titled, turn.t, names=member.role in LEADERS))


async def show_steps(turn: Turn) -> None:
    """The cases and what is recommended, one step at a time."""
    async with turn.look() as state:
        meeting, _ = await steered(state, turn, number(turn.value))
        offer = await agendas.chosen_for(state, meeting)
    steps = steps_of(offer.package, turn.t) if offer is not None else []
    if not steps:
        raise ClusterError("package.unknown")
    await turn.show(one_step(steps, meeting.id, number(turn.value, 1), turn.t))


async def open_park(turn: Turn) -> None:
    """A line for an objection."""
    async with turn.look() as state:
        meeting, _ = await steered(state, turn, number(turn.value))
        sittings.require_hour(meeting, turn.now)
    await turn.open(views.park(turn.t, metadata=json.dumps({"meeting": meeting.id})))


async def check_park(turn: Turn) -> dict[str, str] | None:
    """Some words, none about patients."""
    said = str(turn.state.get("words") or "")
    if patients.is_about_patient(said):
        return {"words": sentence("text.personal", {}, turn.t, turn.tools.table.errors)}
    return None if said.strip() else {"words": sentence("chair.nothing_parked", {}, turn.t, ERRORS)}


async def keep_park(turn: Turn) -> None:
    """Keep it for those who run the cluster."""
    async with turn.unit() as uow:
        meeting, by = await steered(uow, turn, number(turn.metadata.get("meeting")))
        await parking.park(uow, meeting, str(turn.state.get("words") or ""), by=by, now=turn.now)
        await uow.commit()


async def settle(turn: Turn) -> None:
    """An objection has been followed up."""
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.value))
        await parking.settle(uow, meeting, number(turn.value, 1), by=by, now=turn.now)
        await uow.commit()


async def open_choice(turn: Turn) -> None:
    """Who is to chair?"""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.value))
        people = await _able(state, meeting)
        sitting = await sittings.of_meeting(state, meeting)
    chosen = sitting.chair_id if sitting is not None else None
    await turn.open(views.choice(meeting, people, chosen, turn.t, metadata=json.dumps({"meeting": meeting.id})))


async def _able(state: Reading, meeting: Meeting) -> list[Member]:
    people = await members.of_cluster(state, meeting.cluster_id)
    return sorted((each for each in people if each.slack_user_id), key=lambda each: each.name.casefold())


async def suggest_chairs(turn: Turn) -> list[Option]:
    """Those whose names fit what is typed."""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.metadata.get("meeting")))
        return suggested(views.people_of(await _able(state, meeting)), turn.words)


async def check_choice(turn: Turn) -> dict[str, str] | None:
    """Somebody must be chosen."""
    return None if turn.state.get("chair") else {"chair": sentence("chair.not_here", {}, turn.t, ERRORS)}


async def keep_choice(turn: Turn) -> None:
    """Ask them."""
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.metadata.get("meeting")))
        chair = await members.get(uow, number(turn.state.get("chair")))
        await choosing.choose(uow, meeting, chair, by=by, now=turn.now)
        await reply(uow, turn, Kinds.CHAIR_CHOSEN, by, about=meeting)
        await uow.commit()


feature = Feature(
    commands=[
        Command(
            ("styr", "steer"),
            Kept(run),
            told=Told(
                23,
                readme=N_(
                    "whoever chairs steers the meeting by a card: the point they are at, the time, what is parked"
                ),
                coordinator=N_("the card that a meeting is steered by: the next point, the time, what is parked"),
            ),
            help=(HelpLine(215, N_("the card that a meeting is steered by"), leads=True),),
            door=Door(Action.CLUSTER_STEER, Shelf.MEETINGS, N_("Steer the meeting"), is_open=Membership.steers),
        )
    ],
    actions={
        Action.MEETING_BACK: Direct(show_steps),
        Action.MEETING_BEGIN: Kept(begin),
        Action.MEETING_CASES: Direct(show_steps),
        Action.MEETING_END: Kept(finish),
        Action.MEETING_MISSING: Direct(show_missing),
        Action.MEETING_MORE: Kept(extend),
        Action.MEETING_NEXT: Kept(go_on),
        Action.MEETING_PARK: Direct(open_park),
        Action.MEETING_SETTLED: Kept(settle),
        Action.MEETING_TIMER: Kept(set_timer),
        AgendaAction.MEETING_CHAIR: Direct(open_choice),
        AgendaAction.MEETING_STEER: Kept(open_card),
    },
    forms={
        View.CHAIR_CHOICE: Form(keep_choice, check_choice),
        View.CHAIR_PARK: Form(keep_park, check_park),
    },
    suggestions={"chair": suggest_chairs},
    errors=ERRORS,
    log={
        "chair.begun": N_("{who} began {subject}"),
        "chair.chosen": N_("{who} asked somebody to chair {subject}"),
        "chair.ended": N_("{who} ended {subject}"),
        "chair.extended": N_("{who} gave a point of {subject} more time"),
        "chair.next": N_("{who} went on to the next point of {subject}"),
        "chair.parked": N_("{who} parked an objection to the numbers at {subject}"),
        "chair.settled": N_("{who} followed up an objection from {subject}"),
        "chair.steered": N_("{who} took back a step at {subject}"),
    },
)
