"""*Fill in*: contacts, practices and numbers of patients that lack in the list, all in one form."""

from __future__ import annotations

from cluster.errors import ClusterError
from cluster.members import cluster_rules, members, practices
from cluster.members.list_tasks import open_tasks
from cluster.onboarding import filling_in, first_steps
from cluster.onboarding.room import Kinds
from handlers import blocks as b
from handlers.errors import sentence
from handlers.feature import Direct, Feature, Form, Notice, Rendering
from handlers.ids import number
from handlers.members.views import list_tasks
from handlers.members.views.members import open_members
from handlers.message import Message
from handlers.onboarding.ids import Action, View
from handlers.onboarding.views import filling_in as views
from handlers.onboarding.views import first_steps as steps
from handlers.saying import answer_leader
from handlers.turn import Turn
from storage.unit_of_work import UnitOfWork


async def show(turn: Turn) -> None:
    """The form with what lacks now."""
    turn.require_coordinator()
    cluster = turn.require_cluster()
    async with turn.look() as state:
        places, people = await practices.of_cluster(state, cluster.id), await members.of_cluster(state, cluster.id)
    await turn.show(views.form(cluster.id, open_tasks(places, people), places, people, turn.t))


async def check(turn: Turn) -> dict[str, str] | None:
    """Try it in a unit of work that is never kept."""
    turn.require_coordinator()
    async with turn.tools.unit(None) as uow:
        try:
            await _fill_in(uow, turn)
        except ClusterError as error:
            field = error.field if error.field in turn.state else next(iter(turn.state), "form")
            return {str(field): sentence(error.code, error.params, turn.t, turn.tools.table.errors)}
    return None


async def save(turn: Turn) -> None:
    """Keep what was filled in and say what is next."""
    actor = turn.require_coordinator()
    async with turn.unit() as uow:
        changed = await _fill_in(uow, turn)
        await answer_leader(uow, turn, actor, Kinds.PRACTICE_FILLED_IN, changed=changed)
        await uow.commit()


async def _fill_in(uow: UnitOfWork, turn: Turn) -> bool:
    said: dict[str, dict[int, int]] = {views.CONTACT: {}, views.SIZE: {}, views.PLACE: {}}
    for field, value in turn.state.items():
        what = field.partition(":")[0]
        if what in said and str(value).strip():
            if what == views.SIZE and not str(value).isdecimal():
                raise ClusterError("practice.size_outside", field=field, most=practices.MOST_PATIENTS)
            said[what][number(field, 1)] = number(value)
    return await filling_in.fill_in(
        uow,
        turn.require_cluster().id,
        contacts=said[views.CONTACT],
        sizes=said[views.SIZE],
        homes=said[views.PLACE],
        now=turn.now,
        actor_id=turn.require_coordinator().id,
    )


async def render_filled_in(r: Rendering) -> Message:
    """That it is kept, what lacks still, and on the way to the first invitation what is next."""
    cluster = await cluster_rules.get(r.state, r.number)
    places, people = await practices.of_cluster(r.state, r.number), await members.of_cluster(r.state, r.number)
    begun = await first_steps.look(r.state, cluster, r.tools.clock.now())
    left = first_steps.beside(open_tasks(places, people), begun.current)
    text = r.t("Saved.") if r.owed.params["changed"] else r.t("Nothing was changed.")
    said = [text, *(list_tasks.said(task, r.t) for task in left), *filter(None, [steps.text(begun, r.t)])]
    blocks = [b.section(text), *list_tasks.lines(left, r.number, r.t), *steps.blocks(begun, r.t)]
    return Message("\n".join(said), blocks if len(blocks) > 1 else [*blocks, b.actions(open_members(r.number, r.t))])


feature = Feature(
    actions={Action.CLUSTER_FILL_IN: Direct(show)},
    forms={View.CLUSTER_FILL_IN: Form(save, check)},
    notices={Kinds.PRACTICE_FILLED_IN: Notice(render_filled_in)},
)
