"""What a person's page says of charts."""

from __future__ import annotations

from collections.abc import Sequence

from cluster.charts.own_rounds import OwnRound
from cluster.disclosure.changes import comparable
from cluster.overview.next_things import NextThing, Thing
from cluster.packages.lookup import package_of
from handlers import blocks as b
from handlers.at_home import AtHome, all_button
from handlers.charts.ids import Action
from handlers.charts.views import openness
from handlers.fitting import paragraphs
from handlers.message import Block
from handlers.rounds.views.asks import period_text, title
from locales import Texts
from measures.charts.words.amounts import amount_text, value_text
from measures.packages.package import text
from measures.packages.parts import Measure
from measures.packages.values import Ratio, value_of
from storage.models import Round

CHARTS = 45
"""The place of one's own charts among the pieces of the page."""
ROUNDS_SHOWN = 40
MEASURES_SHOWN = 6


def own_openness(at: AtHome) -> list[Block]:
    """Whether the practice's name stands on charts, round by round."""
    blocks: list[Block] = []
    for round_, choice in at.part.openness:
        title = text(package_of(round_).title, at.t.lang)
        blocks += openness.of_practice(round_.id, title, choice, at.t, decides=at.part.may_decide)
    return blocks


def to_send(thing: Thing, at: AtHome) -> tuple[str, Block] | None:
    """Charts that can be sent."""
    round_ = at.part.lead.titles.get(thing.about) if at.part.lead else None
    if round_ is None:
        return None
    said = at.t.n(
        "The charts on {topic} are ready: {n} practice has given numbers.",
        "The charts on {topic} are ready: {n} practices have given numbers.",
        thing.count,
        topic=b.escape(title(package_of(round_), at.t)),
    )
    return said, b.button(at.t("Send the charts"), Action.ROUND_RELEASE, thing.about)


THINGS = {NextThing.CHARTS: to_send}


def own_charts(at: AtHome) -> list[Block]:
    """The newest charts of the practice, and the way to all of them."""
    t, charts = at.t, at.part.charts
    if not charts:
        return []
    heading = t("My charts")
    blocks = [_of_round(charts[0], f"*{heading}*\n", at)]
    if len(charts) > 1:
        newest = charts[0].round
        over_time = b.button(t("My numbers over time"), Action.OVER_TIME_FETCH, newest.id)
        buttons = [over_time] if _was_given_before(charts) else []
        blocks.append(b.actions(all_button(at, CHARTS, t("Show all {n}", n=len(charts))), *buttons))
    return blocks


def all_charts(at: AtHome) -> list[Block]:
    """Every round, the newest first; then how the practice's own numbers have moved where they count the same."""
    t = at.t
    rounds = at.part.charts[:ROUNDS_SHOWN]
    found = [(about[1], _trend(about, rounds, at)) for about in _measures(rounds)]
    lines = [line for _, line in found if line]
    blocks = [_of_round(each, "", at) for each in rounds]
    if lines:
        heading = t("Your own numbers, from the oldest to the newest")
        blocks += [b.divider(), *(b.section(each) for each in paragraphs([f"*{heading}*", *lines]))]
        again = {round_.id: round_ for round_, line in found if line}.values()
        blocks += b.rows([_over_time(each, t) for each in again])
    return [*blocks, b.context("🔒 " + t("Only those who are confirmed in your practice see this."))]


def _of_round(each: OwnRound, before: str, at: AtHome) -> Block:
    t, round_, package = at.t, each.round, package_of(each.round)
    period = period_text(t.date(round_.period_start), t.date(round_.period_end))
    found = [(measure, _own(measure, each)) for measure in package.measures]
    said = [f"{text(measure.title, t.lang)}: {_value(own, measure, t)}" for measure, own in found if own is not None]
    heading = f"{before}{b.escape(title(package, t))}, {period}"
    return b.section(
        "\n".join([heading, *(f"• {b.escape(line)}" for line in said[:MEASURES_SHOWN])]),
        b.button(t("Send me the charts"), Action.OPENNESS_FETCH, round_.id),
    )


def _was_given_before(charts: Sequence[OwnRound]) -> bool:
    """Whether the newest round has a number that an earlier period has too. The page asks nothing more than that."""
    newest, *earlier = charts
    return any(
        _own(measure, each) is not None and _own(measure, newest) is not None
        for each in earlier
        if each.round.package_id == newest.round.package_id and each.round.period_end < newest.round.period_end
        for measure in comparable(each.round, newest.round)[0]
    )


def _over_time(newest: Round, t: Texts) -> Block:
    """The button for the pictures of a topic."""
    return b.button(t("Over time: {topic}", topic=title(package_of(newest), t)), Action.OVER_TIME_FETCH, newest.id)


def _own(measure: Measure, each: OwnRound) -> float | None:
    """The practice's own share, where a measure is one number."""
    value = value_of(measure, each.numbers, {one.id: one for one in package_of(each.round).measures})
    return value.share if isinstance(value, Ratio) else None


def _value(own: float, measure: Measure, t: Texts) -> str:
    """With its unit, unless the title has said it: »KOL pr. 1.000 tilmeldte: 32,6«."""
    is_said = measure.per > 1 and t.number(measure.per) in text(measure.title, t.lang)
    return (value_text if is_said else amount_text)(own, measure, t)


def _measures(rounds: Sequence[OwnRound]) -> list[tuple[Measure, Round]]:
    """The measures of the newest round of each topic."""
    newest: dict[str, Round] = {}
    for each in rounds:
        newest.setdefault(each.round.package_id, each.round)
    return [(measure, round_) for round_ in newest.values() for measure in package_of(round_).measures]


def _trend(about: tuple[Measure, Round], rounds: Sequence[OwnRound], at: AtHome) -> str:
    """``Spirometri: 61 % → 70 % → 74 %``; nothing unless there are two that count the same."""
    measure, newest = about
    same = [
        each for each in rounds if each.round.package_id == newest.package_id and _counts(each.round, newest, measure)
    ]
    found = [own for own in (_own(measure, each) for each in reversed(same)) if own is not None]
    if len(found) < 2:
        return ""
    values = " → ".join(_value(each, measure, at.t) for each in found)
    return f"• {b.escape(text(measure.title, at.t.lang))}: {values}"


def _counts(before: Round, after: Round, measure: Measure) -> bool:
    """Whether a measure was counted then as it is now."""
    return before.id == after.id or measure in comparable(before, after)[0]
