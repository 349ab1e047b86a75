"""Before and after: a practice's own change since the round before, and the cluster's, sent beside its charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cluster.charts.decks import ProjectorSight
from cluster.charts.room import Kinds
from cluster.clock import local
from cluster.disclosure.changes import ChangeSight, comparable, find_change
from cluster.members import members
from cluster.members.places import is_one_of
from cluster.packages.lookup import package_of
from handlers.blocks import escape
from handlers.charts.own_charts import release_of
from handlers.charts.views import followups as views
from handlers.feature import Feature, Notice, Rendering
from handlers.message import Attachment, Message
from handlers.rounds.lookups import period_of
from handlers.rounds.views import asks
from locales import Texts
from measures.charts.change import Between, change_text, cluster_sentence, compose_change
from measures.charts.chart import render_all
from measures.charts.comparing import Values, frozen, is_recalled, pair
from measures.charts.followup import change_of, cluster_change, pairs_of, was_extreme
from measures.charts.periods import held_back, pairing
from measures.deck.deck import Page
from measures.disclosure.privacy import Pair, projected
from measures.packages.package import Measure, text
from storage.models import Agreement, Round

ROLES = ("main", "companion", "balancing")


@dataclass(frozen=True)
class ChangePictures:
    """The pictures of a message in order, and what can't be held against the round before."""

    shown: list[views.Shown]
    other: list[str]


def draw(sight: ChangeSight, t: Texts) -> ChangePictures:
    """A picture for each measure that was given both times; measures that watch for side effects come last."""
    held = why_no_verdict(sight.then.round, sight.now.round, sight.agreement, t)
    between = Between(sight.now.practice.name, period_of(sight.then.round, t), period_of(sight.now.round, t), held)
    same, other = comparable(sight.then.round, sight.now.round)
    drawn = ChangePictures([], [text(measure.title, t.lang) for measure in other])
    for measure in sorted(same, key=lambda each: ROLES.index(each.role)):
        before, after = (pair(measure, each.own.numbers) for each in (sight.then, sight.now))
        if before is None or after is None:
            continue
        own, first = change_of(measure, before, after), sight.then.of(measure)
        means = first.mean, sight.now.of(measure).mean
        cluster = cluster_change(measure, _pairs(measure, sight.twice), means)
        graph = compose_change(measure, own, cluster, between, t, extreme=was_extreme(measure, first, own))
        if held and cluster is not None:
            own, cluster = replace(own, change=None), replace(cluster, typical=None)
        elif held:
            own = replace(own, change=None)
        said = [t("The change: {change}.", change=change_text(measure, own, t))] if own.change is not None else []
        said += [cluster_sentence(measure, cluster, t)] if cluster is not None else []
        name = f"{package_of(sight.now.round).id}-{measure.id.replace('_', '-')}-change.png"
        drawn.shown.append(views.Shown(name, measure, graph, said))
    return drawn


def why_no_verdict(before: Round, after: Round, agreement: Agreement | None, t: Texts) -> str:
    """Why nothing may be said of the change between two rounds; empty where something may be."""
    agreed = local(agreement.decided_at).date() if agreement is not None else None
    periods = [(each.period_start, each.period_end) for each in (before, after)]
    return held_back(pairing(periods[0], periods[1], agreed), t)


def change_pages(sight: ProjectorSight, t: Texts) -> list[Page]:
    """For the projector: the cluster's before–after; no practice's own."""
    change = sight.change
    if change is None:
        return []
    pages = []
    held = why_no_verdict(change.before, sight.round, change.agreement, t)
    between = Between("", period_of(change.before, t), period_of(sight.round, t), held)
    for measure in comparable(change.before, sight.round)[0]:
        means = [
            projected(
                frozen(measure, replies, recalls),
                sight.rules,
                per=measure.per,
                gone=gone,
                recalled=is_recalled(measure, recalls),
            ).mean
            for replies, gone, recalls in (
                (change.replies, change.gone, change.recalls),
                (sight.replies, sight.gone, sight.recalls),
            )
        ]
        cluster = cluster_change(measure, _pairs(measure, change.twice), (means[0], means[1]))
        if cluster is not None:
            title = t("Before and after: {title}", title=text(measure.title, t.lang))
            pages.append(Page(title, graph=compose_change(measure, None, cluster, between, t)))
    return pages


def _pairs(
    measure: Measure, twice: Mapping[str, tuple[Mapping[int, Values], Mapping[int, Values]]]
) -> tuple[dict[int, Pair], dict[int, Pair]] | None:
    """The numbers of those who gave twice, as fractions; None when their change together is not shown."""
    found = twice.get(measure.id)
    return (pairs_of(measure, found[0]), pairs_of(measure, found[1])) if found else None


async def change(r: Rendering) -> Message | None:
    """A practice's own before–after, to one of those who work there; nothing when it did not give numbers twice."""
    sight = await find_change(r.state, await release_of(r), int(r.owed.params["practice"]))
    member = await members.find(r.state, r.owed.member_id)
    if sight is None or not is_one_of(member, sight.now.practice.id):
        return None
    drawn = draw(sight, r.t)
    if not drawn.shown and not drawn.other:
        return None
    title = asks.title(package_of(sight.now.round), r.t)
    opening = r.t(
        "*{practice}* before and after, on {title}: {before} against {after}.",
        practice=escape(sight.now.practice.name),
        title=title,
        before=period_of(sight.then.round, r.t),
        after=period_of(sight.now.round, r.t),
    )
    files = await r.tools.compute(render_all, [each.graph for each in drawn.shown]) if drawn.shown else []
    pictures = [
        Attachment(each.name, file, title, each.graph.alt_text, inline=True)
        for each, file in zip(drawn.shown, files, strict=True)
    ]
    held = why_no_verdict(sight.then.round, sight.now.round, sight.agreement, r.t)
    words = sight.agreement.text if sight.agreement is not None else ""
    blocks = views.changes(
        r.t, title=title, opening=opening, agreed=words, shown=drawn.shown, other=drawn.other, held_back=held
    )
    return Message(views.read_aloud(opening, drawn.shown, drawn.other, r.t), blocks, pictures)


feature = Feature(notices={Kinds.FEEDBACK_CHANGE: Notice(change)})
