"""The coordinator's list of members: who is there, who is missing, and editing a practice or a role."""

from __future__ import annotations

from collections.abc import Sequence

from cluster.errors import ClusterError
from cluster.members import consent, members, practices, titles
from cluster.members.list_tasks import open_tasks
from cluster.members.room import Kinds
from cluster.onboarding import one_person
from cluster.subjects import PRACTICE
from handlers import blocks as b
from handlers.doors import Door, Shelf
from handlers.errors import sentence
from handlers.feature import Command, Direct, Feature, Form, HelpLine, Notice, Rendering, Told
from handlers.ids import number
from handlers.members.ids import Action, View
from handlers.members.views import members as views
from handlers.message import Message
from handlers.saying import answer
from handlers.turn import Turn
from locales import N_
from storage.models import Member, Practice
from storage.unit_of_work import Reading, UnitOfWork

ERRORS = {
    "practice.unknown": N_("I don't know that practice any more."),
    "practice.size_outside": N_(
        "Write the number of patients as a whole number between 1 and {most}, or leave it blank."
    ),
    "practice.system_unknown": N_("Choose one of the record systems."),
    "practice.contact_elsewhere": N_("The contact must work in the practice."),
    "role.not_known": N_("Choose one of the roles."),
    "role.end_apart": N_("To end somebody's membership, choose them at the top of the list of members."),
    "role.last_coordinator": N_("The cluster needs a coordinator. Make somebody else coordinator first."),
}


async def show(turn: Turn) -> None:
    """Open the list."""
    cluster = turn.require_cluster()
    turn.require_coordinator()
    async with turn.look() as state:
        places, people = await practices.of_cluster(state, cluster.id), await everyone(state, cluster.id)
        consenting = await consent.holders(state, cluster.id)
    tasks = open_tasks(places, people)
    await turn.open(views.window(cluster.id, places, people, turn.t, tasks=tasks, consenting=consenting, now=turn.now))


async def everyone(state: Reading, cluster_id: int) -> Sequence[Member]:
    """All members, also those who left."""
    return await members.of_cluster(state, cluster_id, also_left=True)


async def show_practice(turn: Turn) -> None:
    """The list turns into the form for one practice (a value of ``0:7`` means those without one in cluster 7)."""
    turn.require_coordinator()
    cluster = turn.require_cluster()
    practice_id = number(turn.value)
    async with turn.look() as state:
        practice, here = await _of_ours(state, cluster.id, practice_id)
        places = await practices.of_cluster(state, cluster.id)
    view = views.practice_form(cluster.id, practice, here, places, turn.t)
    await turn.show(view)


async def _of_ours(state: Reading, cluster_id: int, practice_id: int) -> tuple[Practice | None, list[Member]]:
    practice = await practices.get(state, practice_id) if practice_id != views.NOWHERE else None
    if practice is not None and practice.cluster_id != cluster_id:
        raise ClusterError("practice.unknown")
    wanted = practice.id if practice else None
    return practice, [member for member in await everyone(state, cluster_id) if member.practice_id == wanted]


async def suggest_practices(turn: Turn) -> list[b.Option]:
    """Practices whose number or name fits what is typed."""
    turn.require_coordinator()
    async with turn.look() as state:
        return b.suggested(
            views.practice_choices(await practices.of_cluster(state, turn.require_cluster().id)), turn.words
        )


async def suggest_places(turn: Turn) -> list[b.Option]:
    """Practices to move somebody to, or to put them in, whose name or number fits what is typed."""
    turn.require_coordinator()
    async with turn.look() as state:
        return b.suggested(
            views.place_choices(await practices.of_cluster(state, turn.require_cluster().id)), turn.words
        )


async def suggest_people(turn: Turn) -> list[b.Option]:
    """People of the practice in the form whose names fit what is typed; for its contact only those still there."""
    turn.require_coordinator()
    async with turn.look() as state:
        _, here = await _of_ours(state, turn.require_cluster().id, number(turn.metadata.get("in")))
    able = [member for member in here if member.active or turn.name == views.PERSON]
    return b.suggested(views.people_choices(able), turn.words)


async def check_practice(turn: Turn) -> dict[str, str] | None:
    """Try it in a unit of work that is never kept."""
    async with turn.tools.unit(None) as uow:
        try:
            await _change(uow, turn)
        except ClusterError as error:
            first = next(iter(turn.state), "form")
            field = error.field if error.field in turn.state else first
            return {str(field): sentence(error.code, error.params, turn.t, ERRORS)}
    return None


async def save_practice(turn: Turn) -> None:
    """Keep what was corrected and say so."""
    member, cluster = turn.require_coordinator(), turn.require_cluster()
    async with turn.unit() as uow:
        changed = await _change(uow, turn)
        await answer(
            uow,
            turn,
            "practice.saved",
            member_id=member.id,
            cluster_id=cluster.id,
            subject=PRACTICE.about(number(turn.metadata["in"])),
            changed=changed,
        )
        await uow.commit()


async def _change(uow: UnitOfWork, turn: Turn) -> bool:
    actor, cluster, said = turn.require_coordinator(), turn.require_cluster(), turn.state
    practice, here = await _of_ours(uow, cluster.id, number(turn.metadata.get("in")))
    changed = False
    wanted = [(member, str(said.get(f"role:{member.id}") or "")) for member in here]
    wanted += [(member, str(said[views.ROLE] or "")) for member in here if said.get(views.PERSON) == str(member.id)]
    for member, role in sorted(wanted, key=lambda each: each[1] != "coordinator"):  # first the new coordinator
        if role == members.LEFT and member.active:
            raise ClusterError("role.end_apart", field=f"role:{member.id}")
        if role:
            changed |= await one_person.change_role(uow, member, role, now=turn.now, actor_id=actor.id)
    moved = {member.id: str(said.get(f"place:{member.id}") or "") for member in here if member.active}
    for member in here:
        if (place := moved.get(member.id)) and number(place) != member.practice_id:
            await one_person.move(uow, member, number(place), now=turn.now, actor_id=actor.id)
            changed = True
    if practice is not None:
        size, contact = str(said.get("list_size") or "").strip(), str(said.get("contact") or "")
        if contact and moved.get(number(contact), "") not in ("", str(practice.id)):
            contact = ""  # who moves away no longer answers for the practice
        if size and not size.isdecimal():
            raise ClusterError("practice.size_outside", field="list_size", most=practices.MOST_PATIENTS)
        changed |= await practices.change(
            uow,
            practice.id,
            list_size=int(size) if size else None,
            system=str(said.get("system") or practice.system),
            contact_id=number(contact) if contact else None,
            now=turn.now,
            actor_id=actor.id,
        )
    return changed


async def render_saved(r: Rendering) -> Message:
    """What was corrected is kept."""
    text = r.t("Saved.") if r.owed.params["changed"] else r.t("Nothing was changed.")
    if asked := r.owed.params.get("member"):
        member = await members.get(r.state, int(asked))
        if await titles.is_open(r.state, member):
            text += " " + r.t(
                "The title does not make clear who may consent for the practice. {name} is asked when it matters; a "
                "title that may is added under `/klynge opsæt`.",
                name=b.escape(member.name),
            )
    button = views.open_members(r.owed.cluster_id or 0, r.t)
    return Message(text, [b.section(text), b.actions(button)])


feature = Feature(
    commands=[
        Command(
            ("medlemmer", "members"),
            Direct(show),
            told=Told(
                11,
                readme=N_("its members come from a CSV or Excel list"),
                coordinator=N_(
                    "practices, contacts, titles, roles, who is missing. *Add a person* without a file; *Edit a person "
                    "or end a membership* at the top; under *Edit* beside a practice somebody gets another role or "
                    "practice"
                ),
                hint=80,
            ),
            leads=True,
            help=(HelpLine(310, N_("practices, members and roles; a list dropped here updates them"), leads=True),),
            door=Door(Action.CLUSTER_MEMBERS, Shelf.CLUSTER, N_("Members")),
        )
    ],
    actions={Action.PRACTICE_EDIT: Direct(show_practice)},
    forms={View.PRACTICE_FORM: Form(save_practice, check_practice)},
    suggestions={
        Action.PRACTICE_EDIT: suggest_practices,
        "place": suggest_places,
        "practice": suggest_places,
        views.PERSON: suggest_people,
        "contact": suggest_people,
    },
    notices={Kinds.PRACTICE_SAVED: Notice(render_saved)},
    errors=ERRORS,
    log={
        "practice.changed": N_("{who} changed what is known about {subject}"),
    },
)
