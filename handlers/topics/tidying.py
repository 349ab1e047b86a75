"""The coordinator tidies the suggestions: other words, a package, two that mean the same, one that is taken out."""

from __future__ import annotations

from cluster.errors import ClusterError
from cluster.topics import ideas
from cluster.topics.room import Kinds
from handlers.acting import leader
from handlers.blocks import asking, button, escape
from handlers.errors import say
from handlers.feature import Rendering
from handlers.ids import number
from handlers.message import Message
from handlers.topics import lists
from handlers.topics.errors import ERRORS
from handlers.topics.ids import Action
from handlers.topics.views import ideas as views
from handlers.turn import Turn
from storage.models import Member
from storage.unit_of_work import UnitOfWork
from storage.words import IdeaState


async def open_form(turn: Turn) -> None:
    """The form to tidy one."""
    async with turn.look() as state:
        idea = await ideas.get(state, number(turn.value))
        member = await leader(state, turn, idea.cluster_id)
        found = await ideas.listed(state, idea.cluster_id, member.id)
        choices = lists.options(await lists.packages_of(state, idea.cluster_id), turn.t)
    own = next((each for each in found if each.idea.id == idea.id), None)
    if own is None:
        raise ClusterError("idea.is_over")
    await turn.open(views.tidy_form(own, [each for each in found if each is not own], choices, turn.t))


async def check(turn: Turn) -> dict[str, str] | None:
    """Try it in a unit of work that is never kept."""
    try:
        async with turn.tools.unit(None) as uow:
            await _tidy(uow, turn)
    except ClusterError as error:
        return {error.field or "words": say(error, turn.t, ERRORS)}
    return None


async def _tidy(uow: UnitOfWork, turn: Turn) -> tuple[int, Member]:
    idea = await ideas.get(uow, number(turn.metadata.get("idea")))
    by = await leader(uow, turn, idea.cluster_id)
    chosen = str(turn.state.get("same_as") or views.NO_PACKAGE)
    await ideas.tidy(
        uow,
        idea,
        words=str(turn.state.get("words") or ""),
        package_id=await lists.package_of(uow, turn, idea.cluster_id),
        same_as=None if chosen == views.NO_PACKAGE else number(chosen),
        by=by,
        now=turn.now,
    )
    return idea.id, by


async def keep(turn: Turn) -> None:
    """Keep what was tidied."""
    async with turn.unit() as uow:
        idea_id, by = await _tidy(uow, turn)
        await lists.tell(uow, turn, by, Kinds.IDEA_TIDIED, idea_id)
        await uow.commit()


async def drop(turn: Turn) -> None:
    """Take one out."""
    async with turn.unit() as uow:
        idea = await ideas.get(uow, number(turn.value))
        by = await leader(uow, turn, idea.cluster_id)
        await ideas.drop(uow, idea, by=by, now=turn.now)
        await lists.tell(uow, turn, by, Kinds.IDEA_TIDIED, idea.id)
        await uow.commit()
    await lists.show_again(turn, by)


async def tidied(r: Rendering) -> Message:
    """To whoever tidied: how it stands."""
    idea = await ideas.get(r.state, r.number)
    words, t = escape(idea.words), r.t
    if idea.state != IdeaState.OPEN:
        said = t("*{words}* is taken out of the list. Write “undo” within ten minutes to put it back.", words=words)
    elif idea.joined_id is not None:
        other = await ideas.get(r.state, idea.joined_id)
        said = t("*{words}* is now counted with *{other}*.", words=words, other=escape(other.words))
    else:
        said = t("*{words}* is changed in the list.", words=words)
    return asking(said, button(t("See all suggestions"), Action.CLUSTER_TOPICS, idea.cluster_id))
