"""A practice's own numbers over time, as pictures: drawn when a member asks, to that member alone."""

from __future__ import annotations

from collections.abc import Sequence

from cluster.charts import own_rounds
from cluster.charts.room import Kinds
from cluster.disclosure.changes import comparable
from cluster.disclosure.sights import Sight
from cluster.members import members
from cluster.members.places import is_one_of
from cluster.packages.lookup import package_of
from cluster.rounds import rounds
from handlers.acting import actor
from handlers.blocks import escape
from handlers.charts.ids import Action
from handlers.charts.own_charts import release_of
from handlers.charts.views import over_time as views
from handlers.feature import Feature, Kept, Notice, Rendering
from handlers.ids import number
from handlers.message import Attachment, Message
from handlers.rounds.lookups import period_of
from handlers.rounds.views import asks
from handlers.turn import Turn
from locales import Texts
from measures.charts.chart import render_all
from measures.charts.comparing import pair
from measures.charts.courses.over_time import Point, compose_over_time
from measures.packages.parts import Measure


async def fetch(turn: Turn) -> None:
    """ "My numbers over time": to the one who asks, and nobody else."""
    async with turn.unit() as uow:
        round_ = await rounds.get(uow, number(turn.value))
        member = await actor(uow, turn, round_.cluster_id)
        await own_rounds.fetch_over_time(uow, round_, member, key=f"answer:{turn.inbox_id}", now=turn.now)
        await uow.commit()


def draw(sights: Sequence[Sight], t: Texts) -> list[views.ShownOverTime]:
    """A picture for each measure that was given twice or more, counted as in the newest round."""
    newest = sights[-1]
    package = package_of(newest.round)
    found = [(measure, _points(measure, sights, t)) for measure in package.measures]
    return [
        views.ShownOverTime(
            f"{package.id}-{measure.id.replace('_', '-')}-over-time.png",
            compose_over_time(measure, points, newest.practice.name, t),
        )
        for measure, points in found
        if len(points) > 1 and points[-1].end == newest.round.period_end
    ]


def _points(measure: Measure, sights: Sequence[Sight], t: Texts) -> list[Point]:
    newest, points = sights[-1].round, []
    for each in sights:
        counts = each.round.id == newest.id or measure in comparable(each.round, newest)[0]
        own = pair(measure, each.own.numbers) if counts else None
        if own is not None:
            start, end = each.round.period_start, each.round.period_end
            points.append(Point(t.month(end), period_of(each.round, t), start, end, own, each.of(measure).mean))
    return points


async def over_time(r: Rendering) -> Message | None:
    """The pictures, to one of those who work there; nothing when no measure was given twice."""
    practice_id = int(r.owed.params["practice"])
    member = await members.find(r.state, r.owed.member_id)
    if not is_one_of(member, practice_id):
        return None
    sights = await own_rounds.over_time(r.state, await release_of(r), practice_id)
    shown = draw(sights, r.t) if sights else []
    if not shown:
        return Message(r.t("There is nothing to show over time yet: it takes two rounds that count the same."))
    title, practice = asks.title(package_of(sights[-1].round), r.t), escape(sights[-1].practice.name)
    opening = r.t("*{practice}*'s own numbers on {title}, round by round.", practice=practice, title=title)
    files = await r.tools.compute(render_all, [each.graph for each in shown])
    pictures = [
        Attachment(each.name, file, title, each.graph.alt_text, inline=True)
        for each, file in zip(shown, files, strict=True)
    ]
    return Message(views.read_aloud(opening, shown, r.t), views.course(opening, title, shown, r.t), pictures)


feature = Feature(
    actions={Action.OVER_TIME_FETCH: Kept(fetch)},
    notices={Kinds.FEEDBACK_OVER_TIME: Notice(over_time)},
    heavy={Kinds.FEEDBACK_OVER_TIME},
)
