"""The one sentence that a chart says, and the honest words around it; made from the same comparison as the picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from measures.disclosure.privacy import Comparison, Pair, Withheld
from measures.packages.measure_kinds import MEASURE_KINDS
from measures.packages.package import Measure, Package, text
from measures.packages.values import Strata, Value
from measures.statistics.rates import direct_rate, proportion_interval, rate_interval
from measures.texts import Texts

Limits = tuple[float, float]

CLEARLY = 0.998
"""With many practices and measures there are many looks: only outside this interval is a difference called clear."""


class Position(StrEnum):
    """Where the practice stands against the cluster, as far as chance allows one to say."""

    ALONE = "alone"
    SAME = "same"
    ABOVE = "above"
    CLEARLY_ABOVE = "clearly_above"
    BELOW = "below"
    CLEARLY_BELOW = "clearly_below"
    BESIDE = "beside"
    """There is a comparison, but no interval: the two numbers stand beside each other, and nothing is concluded."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said to one practice about one measure. All of it is text in the reader's language, not escaped.

    `short` is the headline as it stands on the picture, below the measure's title.
    """

    headline: str
    short: str
    detail: str
    direction: str
    caution: str
    definition: str
    population: str
    who_can_see: str
    position: Position
    limits: Limits | None


def find(measure: Measure, package: Package, comparison: Comparison, t: Texts, value: Value | None = None) -> Finding:
    """The finding for a practice that has numbers; raises ValueError when it has none.

    `value` is the practice's own value when its interval can't be had from `comparison.own` alone (standardised rates).
    """
    if comparison.own is None:
        raise ValueError("no own numbers to say anything about")
    limits = interval(measure, comparison.own, value=value)
    position = stand(measure, comparison, value)
    return Finding(
        headline=_headline(measure, comparison, position, t),
        short=_short(measure, comparison, position, t),
        detail=_detail(measure, comparison, limits, t),
        direction=direction_words(measure, t),
        caution=text(measure.caution, t.lang),
        definition=text(measure.definition, t.lang),
        population=text(package.population, t.lang),
        who_can_see=who_can_see(comparison, t),
        position=position,
        limits=limits,
    )


def aside(
    measure: Measure, package: Package, t: Texts, *, headline: str, short: str, detail: str, alone: bool = False
) -> Finding:
    """The finding of a form without a verdict: parts of a whole, a course over time, answers."""
    return Finding(
        headline=headline,
        short=short,
        detail=detail,
        direction=direction_words(measure, t),
        caution=text(measure.caution, t.lang),
        definition=text(measure.definition, t.lang),
        population=text(package.population, t.lang),
        who_can_see=t("Only your practice gets this picture. Your colleagues do not get your numbers."),
        position=Position.ALONE if alone else Position.BESIDE,
        limits=None,
    )


def interval(measure: Measure, own: Pair, level: float = 0.95, value: Value | None = None) -> Limits | None:
    """The interval around a practice's own share: Wilson for people counted once, Poisson for rates, Dobson's for
    standardised rates; None where there is none (doses, minutes, middle values)."""
    match MEASURE_KINDS[measure.kind].interval:
        case "wilson":
            return proportion_interval(own[0], own[1], level)
        case "poisson":
            low, high = rate_interval(own[0], own[1], 1, level)
            return float(low), float(high)
        case "direct" if isinstance(value, Strata):
            events, people = zip(*((each.numerator, each.denominator) for each in value.strata), strict=True)
            found = direct_rate(events, people, value.weights, 1, level)
            return (float(found.low), float(found.high)) if found is not None else None
    return None


def stand(measure: Measure, comparison: Comparison, value: Value | None = None) -> Position:
    """Above, below, or not to be told apart: never a verdict while the interval covers the cluster."""
    if comparison.own is None or comparison.mean is None:
        return Position.ALONE
    if interval(measure, comparison.own, value=value) is None:
        return Position.BESIDE
    for level, above, below in (
        (CLEARLY, Position.CLEARLY_ABOVE, Position.CLEARLY_BELOW),
        (0.95, Position.ABOVE, Position.BELOW),
    ):
        limits = interval(measure, comparison.own, level, value)
        if limits is not None and comparison.mean < limits[0]:
            return above
        if limits is not None and comparison.mean > limits[1]:
            return below
    return Position.SAME


def value_text(share: float, measure: Measure, t: Texts, *, given: bool = False) -> str:
    """A share as it is written in a sentence: `74 %`, or `17,4` for a number per 1,000.

    `given`: one number as somebody gave it, a practice's own or a reference, with its decimals.
    """
    if measure.per == 100:
        return t.percent(share)
    if measure.kind in {"count", "median"}:
        return t.given(share) if given else t.number(share)
    return t.number(share * measure.per, 1)


def amount_text(share: float, measure: Measure, t: Texts, *, given: bool = False) -> str:
    """A share with its unit, standing alone: `74 %`, `17,4 pr. 1.000` or `12,5 minutter`; `given` as above."""
    if measure.per == 100:
        return t.percent(share)
    if measure.per == 1:
        unit = text(measure.unit, t.lang) if measure.unit else ""
        return f"{value_text(share, measure, t, given=given)} {unit}".rstrip()
    return t("{value} per {per}", value=value_text(share, measure, t), per=t.number(measure.per))


def direction_words(measure: Measure, t: Texts) -> str:
    """Which way is better, in words; often nobody knows."""
    if measure.direction == "higher":
        return t("Higher is better")
    if measure.direction == "lower":
        return t("Lower is better")
    return t("There is no right or wrong level")


def who_can_see(comparison: Comparison, t: Texts) -> str:
    """An honest line about who sees what; shorter promises would not be true."""
    if comparison.others is None:
        return t("Only your practice gets this picture. Your colleagues do not get your numbers.")
    return t(
        "Only your practice gets this picture. On your colleagues' pictures you are a grey circle without a name – but "
        "anybody who knows your practice well may recognise a number that stands out."
    )


def _headline(measure: Measure, comparison: Comparison, position: Position, t: Texts) -> str:
    own, mean = comparison.own or (0, 1), comparison.mean
    said = text(measure.sentence, t.lang).format(value=value_text(own[0] / own[1], measure, t, given=True))
    if mean is None:
        return t("{said}.", said=said)
    cluster = value_text(mean, measure, t)
    if position is Position.BESIDE:
        return t("{said}. The cluster as a whole: {cluster}.", said=said, cluster=cluster)
    if position is Position.SAME:
        return t("{said} – it can't be told apart from the cluster's {cluster}.", said=said, cluster=cluster)
    if is_good(measure, position):
        praise = text(measure.praise, t.lang) if measure.praise else t("That is worth keeping.")
        return f"{_against(position, said, cluster, t)} {praise}"
    return _against(position, said, cluster, t)


def is_good(measure: Measure, position: Position) -> bool:
    """Whether the practice is already where one wants to be: then it is praised, and the mean is no goal."""
    good = {"higher": (Position.ABOVE, Position.CLEARLY_ABOVE), "lower": (Position.BELOW, Position.CLEARLY_BELOW)}
    return measure.direction is not None and position in good[measure.direction]


def _short(measure: Measure, comparison: Comparison, position: Position, t: Texts) -> str:
    """The headline in few words, for the picture; without anybody to compare with, the whole of it."""
    own, mean = comparison.own or (0, 1), comparison.mean
    if mean is None:
        return _headline(measure, comparison, position, t)
    value, cluster = value_text(own[0] / own[1], measure, t, given=True), value_text(mean, measure, t)
    if position is Position.BESIDE:
        return t(
            "{value} – the cluster {cluster}",
            value=amount_text(own[0] / own[1], measure, t, given=True),
            cluster=cluster,
        )
    if position is Position.SAME:
        return t("{value} – can't be told apart from the cluster's {cluster}", value=value, cluster=cluster)
    if is_good(measure, position):
        value = t("Well done: {value}", value=value)
    if position is Position.CLEARLY_ABOVE:
        return t("{value} – clearly above the cluster's {cluster}", value=value, cluster=cluster)
    if position is Position.ABOVE:
        return t("{value} – somewhat above the cluster's {cluster}", value=value, cluster=cluster)
    if position is Position.BELOW:
        return t("{value} – somewhat below the cluster's {cluster}", value=value, cluster=cluster)
    return t("{value} – clearly below the cluster's {cluster}", value=value, cluster=cluster)


def _against(position: Position, said: str, cluster: str, t: Texts) -> str:
    if position is Position.CLEARLY_ABOVE:
        return t("{said} – clearly more than the cluster's {cluster}.", said=said, cluster=cluster)
    if position is Position.ABOVE:
        return t("{said} – somewhat more than the cluster's {cluster}.", said=said, cluster=cluster)
    if position is Position.BELOW:
        return t("{said} – somewhat less than the cluster's {cluster}.", said=said, cluster=cluster)
    return t("{said} – clearly less than the cluster's {cluster}.", said=said, cluster=cluster)


def _detail(measure: Measure, comparison: Comparison, limits: Limits | None, t: Texts) -> str:
    own = comparison.own or (0, 1)
    direction = {
        "higher": t("Higher is better."),
        "lower": t("Lower is better."),
        None: t("There is no right or wrong level."),
    }[measure.direction]
    parts = [counted_sentence(measure, own, limits, t), direction, behind(comparison, t)]
    if own[1] < 20 and MEASURE_KINDS[measure.kind].interval in {"wilson", "poisson"}:
        parts.insert(1, t("The number is based on few patients, so it may vary a lot from year to year."))
    return " ".join(part for part in parts if part)


def counted(measure: Measure, own: Pair, t: Texts) -> str:
    """What the number is made from: `96 ud af 130`; nothing where it is one number, or put together from several."""
    if measure.kind in {"count", "median", "standardised"}:
        return ""
    if measure.kind in {"mean", "amount"}:
        return t("{part} over {whole}", part=t.given(own[0]), whole=t.given(own[1]))
    return t("{part} of {whole}", part=t.given(own[0]), whole=t.given(own[1]))


def counted_sentence(measure: Measure, own: Pair, limits: Limits | None, t: Texts) -> str:
    """The counts and the interval in words."""
    part, whole = t.given(own[0]), t.given(own[1])
    value = amount_text(own[0] / own[1], measure, t, given=True)
    if limits is None:
        return t("Your number is {value}.", value=value)
    low, high = value_text(limits[0], measure, t), amount_text(limits[1], measure, t)
    if not counted(measure, own, t):
        return t(
            "Your number is {value}. With 95% certainty the level lies between {low} and {high}.",
            value=value,
            low=low,
            high=high,
        )
    return t(
        "Your number is {part} of {whole}. With 95% certainty the level lies between {low} and {high}.",
        part=part,
        whole=whole,
        low=low,
        high=high,
    )


def recalled_words(t: Texts) -> str:
    """That nothing of the others is shown, because a number among theirs was wrong: never whose, and never how."""
    return t("The comparison with the cluster has been recalled: a number was wrong. Your own number stands.")


def behind(comparison: Comparison, t: Texts) -> str:
    """How many practices the comparison is built on, or why there is none."""
    if comparison.withheld_reason is Withheld.TOO_FEW_FOR_MEAN:
        return t("Too few practices have answered for a comparison. You see only your own number.")
    if comparison.withheld_reason is Withheld.RECALLED:
        return recalled_words(t)
    if comparison.withheld_reason is Withheld.SOMEBODY_LEFT:
        return t(
            "The group of practices has changed since the first charts, so the others are no longer shown. You see "
            "only your own number."
        )
    if comparison.withheld_reason is Withheld.DOMINATED:
        return t(
            "One or two practices have nearly all of the patients, so a comparison would show their numbers. You see "
            "only your own number."
        )
    k = comparison.contributors
    if comparison.withheld_reason is Withheld.TOO_FEW_FOR_OTHERS:
        return t.n(
            "The cluster's number is from {n} practice; that is too few to show the others one by one.",
            "The cluster's number is from {n} practices; that is too few to show the others one by one.",
            k,
        )
    return t.n("{n} practice has answered.", "{n} practices have answered.", k)
