"""*Add a person* in the list of members: one form instead of a file."""

from __future__ import annotations

from cluster import one_person, practices
from cluster.errors import ClusterError
from cluster.one_person import Newcomer
from handlers.errors import sentence
from handlers.ids import Action, View, number
from handlers.people import fetch_everyone
from handlers.routes import Direct, Form, Routes
from handlers.saying import answer
from handlers.turn import Turn
from handlers.views import one_person as views
from locales import N_

ERRORS = {
    "person.name_missing": N_("Write the person's name."),
    "person.email_wrong": N_("Write the person's work address, such as anna@example.dk."),
    "person.there_already": N_("{name} is on the list already with this address."),
    "person.two_practices": N_("Choose a practice above or write a new ydernummer here, not both."),
    "person.ydernummer_wrong": N_("A ydernummer has up to six digits."),
}


async def show(turn: Turn) -> None:
    """The list turns into the form for a new person."""
    turn.require_coordinator()
    cluster = turn.require_cluster()
    async with turn.look() as state:
        view = views.person_form(cluster.id, await practices.of_cluster(state, cluster.id), turn.t)
    await turn.show(view)


async def check(turn: Turn) -> dict[str, str] | None:
    """Try it in a unit of work that is never kept; Slack is asked who they are afterwards."""
    actor, cluster = turn.require_coordinator(), turn.require_cluster()
    async with turn.tools.unit(None) as uow:
        try:
            await one_person.add(uow, cluster.id, _said(turn), [], now=turn.now, actor_id=actor.id)
        except ClusterError as error:
            return {str(error.field or "name"): sentence(error.code, error.params, turn.t, ERRORS)}
    return None


async def save(turn: Turn) -> None:
    """Keep the person, welcome them, and say so."""
    actor, cluster = turn.require_coordinator(), turn.require_cluster()
    people = await fetch_everyone(turn.tools.slack, turn.tools.home)
    async with turn.unit() as uow:
        await one_person.add(uow, cluster.id, _said(turn), people, now=turn.now, actor_id=actor.id)
        subject = f"cluster:{cluster.id}"
        await answer(
            uow,
            turn,
            "practice.saved",
            member_id=actor.id,
            cluster_id=cluster.id,
            subject=subject,
            changed=True,
        )
        await uow.commit()


def _said(turn: Turn) -> Newcomer:
    said = {name: str(value or "") for name, value in turn.state.items()}
    chosen = said.get("practice", "")
    return Newcomer(
        name=said.get("name", ""),
        email=said.get("email", ""),
        role=said.get("role") or "member",
        title=said.get("title", ""),
        practice_id=number(chosen) if chosen else None,
        ydernummer=said.get("ydernummer", ""),
        practice=said.get("practice_name", ""),
    )


routes = Routes(
    actions={Action.MEMBER_ADD: Direct(show)},
    forms={View.MEMBER_FORM: Form(save, check)},
    errors=ERRORS,
)
