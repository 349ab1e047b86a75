"""A practice's own charts: drawn from the frozen answers of a release, sent in private to those who work there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cluster.changes import commitments
from cluster.charts.room import Kinds
from cluster.clock import local
from cluster.disclosure.changes import given_before
from cluster.disclosure.identities import known_of
from cluster.disclosure.sights import Sight, find_release, find_sight, newest_beside
from cluster.errors import ClusterError
from cluster.members import members
from cluster.members.places import is_one_of
from cluster.packages.lookup import package_of
from cluster.rounds import rounds
from handlers.acting import actor
from handlers.blocks import escape
from handlers.changes.views.commitments import beside_charts
from handlers.charts.ids import Action
from handlers.charts.openness import own_part
from handlers.charts.views import own_charts as views
from handlers.charts.views.recalls import called_back_words
from handlers.feature import Direct, Feature, Notice, Rendering
from handlers.ids import number
from handlers.message import Attachment, Message
from handlers.rounds.lookups import period_of
from handlers.rounds.views import asks
from handlers.turn import Turn
from locales import N_, Texts
from measures.charts.chart import About, Chart, render_all
from measures.charts.chart_of import Earlier, chart_of
from measures.charts.comparing import is_recalled
from measures.charts.explained import explained
from measures.disclosure.openness import NOBODY, Known
from measures.packages.package import text
from storage.words import How


@dataclass(frozen=True)
class Drawn:
    """A practice's charts, and the measures it gave no numbers for."""

    shown: list[tuple[str, Chart]]
    without: list[str]


def draw(sight: Sight, t: Texts, known: Mapping[str, Known], earlier: Earlier | None) -> Drawn:
    """One chart for each measure that the practice has numbers for. File names are the same for everybody."""
    package = package_of(sight.round)
    about = About(sight.practice.name, period_of(sight.round, t), _sent(sight, t))
    drawn = Drawn([], [])
    for measure in package.measures:
        chart = chart_of(
            measure,
            package,
            sight.practice.id,
            sight.frozen,
            sight.rules,
            about,
            t,
            own=sight.own.numbers,
            before=sight.before,
            gone=sight.gone,
            known=known.get(measure.id, NOBODY),
            kept=sight.kept,
            recalls=sight.recalls,
            earlier=earlier,
        )
        if chart is None:
            drawn.without.append(text(measure.title, t.lang))
            continue
        drawn.shown.append((f"{package.id}-{measure.id.replace('_', '-')}.png", chart))
    return drawn


def _sent(sight: Sight, t: Texts) -> str:
    return t.date(local(sight.own.settled_at or sight.own.created_at).date())


async def release_of(r: Rendering) -> int:
    """The release to draw from; a message that is edited is drawn from the newest of its round."""
    release_id = int(r.owed.params["release"])
    return await newest_beside(r.state, release_id) if r.owed.how == How.EDIT else release_id


async def chart(r: Rendering) -> Message | None:
    """A practice's own charts, to one of those who work there."""
    sight = await find_sight(r.state, await release_of(r), int(r.owed.params["practice"]))
    member = await members.find(r.state, r.owed.member_id)
    if sight is None or member is None or not is_one_of(member, sight.practice.id):
        return None
    part = await rounds.of_practice(r.state, sight.round.id, sight.practice.id)
    known = await known_of(r.state, sight.round)
    drawn = draw(sight, r.t, known, await given_before(r.state, sight.round, sight.practice.id))
    if part is None or not drawn.shown:
        return None
    package = package_of(sight.round)
    title = asks.title(package, r.t)
    opening = _opening(r, sight, title)
    files = await r.tools.compute(render_all, [each for _, each in drawn.shown])
    pictures = [
        Attachment(name, file, title, each.alt_text, inline=True)
        for (name, each), file in zip(drawn.shown, files, strict=True)
    ]
    own = await own_part(r.state, sight.round, member, r.t)
    said = await commitments.beside(r.state, sight.round, sight.practice.id)
    blocks = views.charts(
        r.t,
        title=r.t("Your numbers on {title}", title=title),
        opening=opening,
        said=beside_charts(said, r.t) if said is not None else (),
        shown=drawn.shown,
        without=drawn.without,
        submission_id=sight.own.id,
        release_id=await release_of(r),
        round_id=sight.round.id,
        assignment_id=part.id,
        letters={key: each.letters[sight.practice.id] for key, each in known.items() if each.letters},
        openness=own,
    )
    return Message(views.read_aloud(opening, drawn.shown), blocks, pictures)


async def explain(turn: Turn) -> None:
    """ "How to read the picture", about the practice's own chart as it is now, to one of those who work there."""
    async with turn.look() as state:
        release = await find_release(state, number(turn.value))
        round_ = await rounds.get(state, release.round_id) if release is not None else None
        member = await actor(state, turn, round_.cluster_id) if round_ is not None else None
        if release is None or member is None or not is_one_of(member, member.practice_id):
            raise ClusterError("charts.gone")
        sight = await find_sight(state, await newest_beside(state, release.id), member.practice_id or 0)
        drawn = draw(sight, turn.t, await known_of(state, sight.round), None) if sight is not None else Drawn([], [])
    wanted = turn.value.partition(":")[2]
    chart = next((each for _, each in drawn.shown if each.measure_id == wanted), None)
    if sight is None or chart is None:
        raise ClusterError("charts.gone")
    measure = package_of(sight.round).measure(wanted)
    await turn.open(views.explanation(turn.t, text(measure.title, turn.t.lang), explained(chart, measure, turn.t)))


def first_words(sight: Sight, title: str, t: Texts) -> str:
    """Whose charts these are, and what they are from."""
    return t(
        "Here are the charts of *{practice}* on {title} from {period}. You sent the numbers on {day}.",
        practice=escape(sight.practice.name),
        title=title,
        period=period_of(sight.round, t),
        day=_sent(sight, t),
    )


def _opening(r: Rendering, sight: Sight, title: str) -> str:
    said = first_words(sight, title, r.t)
    if called_back := [each for each in package_of(sight.round).measures if is_recalled(each, sight.recalls)]:
        said += " " + called_back_words([text(each.title, r.t.lang) for each in called_back], r.t)
    if r.owed.params.get("again"):
        more = r.t("They are drawn as openly as the cluster and each practice have now chosen.")
        return f"{said} {more}"
    if r.owed.params.get("late"):
        more = r.t("Your own is drawn with your new numbers; the cluster's numbers are from when the charts were sent.")
        return f"{said} {more}"
    if sight.number > 1:
        more = r.t("They now include late answers and replace the ones you got before.")
        return f"{said} {more}"
    return said


feature = Feature(
    actions={Action.CHART_READ: Direct(explain)},
    errors={"charts.gone": N_("That chart is not there any more.")},
    notices={Kinds.FEEDBACK_CHART: Notice(chart)},
    heavy={"feedback.chart"},
)
