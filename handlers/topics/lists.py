"""What several listeners of this room need: the window with all suggestions, the packages to choose from, answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from slack_sdk.errors import SlackApiError

from cluster.errors import ClusterError
from cluster.members import members
from cluster.packages import own_packages
from cluster.subjects import IDEA
from cluster.submissions.submissions import VerdictPlace
from cluster.topics import decisions, history, ideas, votes
from handlers.blocks import Option
from handlers.message import Block
from handlers.saying import PRIVATELY, answer
from handlers.topics.views import history as history_views
from handlers.topics.views import ideas as views
from handlers.topics.views import votes as vote_views
from handlers.turn import Turn
from locales import Texts
from measures.packages.package import Package, text
from storage.models import Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import VoteState


async def show(turn: Turn) -> None:
    """All suggestions, with the ways to wish and to tidy."""
    cluster_id, member = turn.require_cluster().id, turn.require_member()
    async with turn.look() as state:
        await turn.open(await _window(state, turn, cluster_id, member))


async def _window(state: Reading, turn: Turn, cluster_id: int, member: Member) -> dict[str, object]:
    found = await ideas.listed(state, cluster_id, member.id)
    packages = await packages_of(state, cluster_id)
    log = await history.of_cluster(state, cluster_id, now=turn.now)
    had = {
        each.idea.id: history_views.briefly(before, turn.t, turn.now)
        for each in found
        if (before := history.newest_about(log, packages, each.idea.words, each.idea.package_id)) is not None
    }
    titles = {each.id: text(each.title, turn.t.lang) for each in packages}
    leads = member.role in members.LEADERS
    above = await _chosen(state, turn, member)
    return views.listing(found, titles, turn.t, cluster_id=cluster_id, leads=leads, had=had, above=above)


async def _chosen(state: Reading, turn: Turn, member: Member) -> list[Block]:
    """The vote that is open, what was told of the last, and what was decided."""
    every = await votes.of_cluster(state, member.cluster_id)
    running = next((each for each in every if each.state == VoteState.OPEN and each.closes_at > turn.now), None)
    may = running is not None and not await votes.has_voted(state, running.id, member.id)
    last = next((each for each in every if votes.is_told(each, turn.now)), None)
    decided = await decisions.of_cluster(state, member.cluster_id)
    leads = member.role in members.LEADERS
    return vote_views.standing(running, last, decided, turn.t, may_vote=may, leads=leads)


async def packages_of(state: Reading, cluster_id: int) -> list[Package]:
    return [each.package for each in await own_packages.for_meetings(state, cluster_id)]


def options(packages: Iterable[Package], t: Texts) -> list[Option]:
    """Packages as choices, by title."""
    named = [(each.id, text(each.title, t.lang)) for each in packages]
    return sorted(named, key=lambda each: each[1].casefold())


async def package_of(state: Reading, turn: Turn, cluster_id: int) -> str:
    """The package that was chosen, which must be there; empty for none."""
    chosen = str(turn.state.get("package") or views.NO_PACKAGE)
    return "" if chosen == views.NO_PACKAGE else (await own_packages.for_meeting(state, cluster_id, chosen)).package.id


async def show_again(turn: Turn, member: Member) -> None:
    """The window as it is now, if it is still open."""
    if (turn.body.get("view") or {}).get("type") != "modal":
        return
    async with turn.look() as state:
        view = await _window(state, turn, member.cluster_id, member)
    try:
        await turn.show(view)
    except SlackApiError:  # closed meanwhile: what was pressed is kept all the same
        return


async def tell(
    uow: UnitOfWork,
    turn: Turn,
    member: Member,
    kind: str,
    idea_id: int,
    place: VerdictPlace = PRIVATELY,
    **params: Any,
) -> None:
    about = IDEA.about(idea_id)
    await answer(
        uow, turn, kind, member_id=member.id, cluster_id=member.cluster_id, subject=about, place=place, **params
    )


async def show_had(turn: Turn) -> None:
    """What the cluster has had: measured, who came in counts, what was agreed."""
    cluster_id = turn.require_cluster().id
    turn.require_member()
    if turn.value != str(cluster_id):
        raise ClusterError("id.unknown")
    async with turn.look() as state:
        log = await history.of_cluster(state, cluster_id, now=turn.now)
    await turn.open(history_views.window(log, turn.t, turn.now))
