"""A list by picking people in Slack: who, then where they work, then the same look before anything is saved."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from cluster.errors import ClusterError
from cluster.members import members, practices
from cluster.members.members import Person
from cluster.onboarding import picking, roster
from handlers.errors import sentence
from handlers.feature import Direct, Feature, Form
from handlers.ids import number
from handlers.onboarding.ids import Action, View
from handlers.onboarding.views import picking as views
from handlers.people import fetch_person
from handlers.saying import answer_leader
from handlers.turn import ShownAgain, Turn
from storage.models import Practice


async def show(turn: Turn) -> None:
    """The form in which people are picked."""
    turn.require_coordinator()
    await turn.show(views.people_form(turn.require_cluster().id, turn.t))


async def go_on(turn: Turn) -> dict[str, str] | ShownAgain:
    """Ask Slack who they are and ask where they work; whoever can't be a member is told of."""
    turn.require_coordinator()
    cluster = turn.require_cluster()
    picked = await _fetch(turn, [str(each) for each in turn.state.get(views.PEOPLE) or []])
    async with turn.look() as state:
        fit, unfit = picking.sort_out(picked, await members.of_cluster(state, cluster.id))
        places = await practices.of_cluster(state, cluster.id)
    if not fit:
        return {views.PEOPLE: " ".join(views.unfit_lines(unfit, turn.t)) or turn.t("Pick somebody.")}
    return ShownAgain(views.places_form(cluster.id, fit, unfit, places, turn.t))


async def check_places(turn: Turn) -> dict[str, str] | None:
    """Whether each place can be read."""
    turn.require_coordinator()
    for field, written in _written(turn):
        try:
            picking.read_place(written)
        except ClusterError as error:
            return {field: sentence(error.code, error.params, turn.t, turn.tools.table.errors)}
    return None


async def save(turn: Turn) -> None:
    """Show what the list would change."""
    member, cluster = turn.require_coordinator(), turn.require_cluster()
    picked = await _fetch(turn, str(turn.metadata.get(views.WHO) or "").split())
    async with turn.unit() as uow:
        fit, _ = picking.sort_out(picked, await members.of_cluster(uow, cluster.id))
        places = {each.id: each for each in await practices.of_cluster(uow, cluster.id)}
        where = {person.user_id: _place(turn, person, places) for person in fit}
        if fit:
            read = picking.rows_of(fit, where)
            await roster.propose(uow, cluster.id, read, now=turn.now, member_id=member.id)
        else:  # somebody else was quicker
            await answer_leader(uow, turn, member, "practice.saved", changed=False)
        await uow.commit()


async def _fetch(turn: Turn, ids: Sequence[str]) -> list[Person]:
    slack, home = turn.tools.slack, turn.tools.home
    found = await asyncio.gather(*(fetch_person(slack, home, each) for each in ids[: picking.MOST]))
    return [person for person in found if person is not None]


def _written(turn: Turn) -> list[tuple[str, str]]:
    """What was written, by field."""
    return [(field, str(said)) for field, said in turn.state.items() if field.partition(":")[0] == views.NEW]


def _place(turn: Turn, person: Person, places: dict[int, Practice]) -> tuple[str, str]:
    """The practice chosen for somebody, or the one written for them, or for all without one."""
    chosen = str(turn.state.get(f"{views.PRACTICE}:{person.user_id}") or "")
    if chosen:
        practice = places.get(number(chosen))
        if practice is None:
            raise ClusterError("practice.unknown")
        return practice.ydernummer, ""
    own = turn.state.get(f"{views.NEW}:{person.user_id}") or turn.state.get(f"{views.NEW}:{views.ALL}")
    return picking.read_place(str(own or ""))


feature = Feature(
    actions={Action.CLUSTER_PICK: Direct(show)},
    forms={View.CLUSTER_PICK: Form(save, go_on), View.CLUSTER_PICKED: Form(save, check_places)},
)
