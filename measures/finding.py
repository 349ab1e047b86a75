"""The one sentence that a chart says, and the honest words around it; made from the same comparison as the picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from measures.package import Measure, Package, text
from measures.privacy import Comparison, Withheld
from measures.rates import proportion_interval, rate_interval
from measures.texts import Texts

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
    low: float
    high: float


def find(measure: Measure, package: Package, comparison: Comparison, t: Texts) -> Finding:
    """The finding for a practice that has numbers; raises ValueError when it has none."""
    if comparison.own is None:
        raise ValueError("no own numbers to say anything about")
    low, high = interval(measure, comparison.own)
    position = stand(measure, comparison)
    return Finding(
        headline=_headline(measure, comparison, position, t),
        short=_short(measure, comparison, position, t),
        detail=_detail(measure, comparison, (low, high), t),
        direction=direction_words(measure, t),
        caution=text(measure.caution, t.lang),
        definition=text(measure.definition, t.lang),
        population=text(package.population, t.lang),
        who_can_see=who_can_see(comparison, t),
        position=position,
        low=low,
        high=high,
    )


def interval(measure: Measure, own: tuple[int, int], level: float = 0.95) -> tuple[float, float]:
    """The interval around a practice's own share: Wilson for people counted once, Poisson for rates."""
    if measure.kind == "proportion":
        return proportion_interval(own[0], own[1], level)
    low, high = rate_interval(own[0], own[1], 1, level)
    return float(low), float(high)


def stand(measure: Measure, comparison: Comparison) -> Position:
    """Above, below, or not to be told apart: never a verdict while the interval covers the cluster."""
    if comparison.own is None or comparison.mean is None:
        return Position.ALONE
    for level, above, below in (
        (CLEARLY, Position.CLEARLY_ABOVE, Position.CLEARLY_BELOW),
        (0.95, Position.ABOVE, Position.BELOW),
    ):
        low, high = interval(measure, comparison.own, level)
        if comparison.mean < low:
            return above
        if comparison.mean > high:
            return below
    return Position.SAME


def value_text(share: float, measure: Measure, t: Texts) -> str:
    """A share as it is written in a sentence: `74 %`, or `17,4` for a number per 1,000."""
    return t.percent(share) if measure.per == 100 else t.number(share * measure.per, 1)


def amount_text(share: float, measure: Measure, t: Texts) -> str:
    """A share with its unit, standing alone: `74 %`, or `17,4 pr. 1.000`."""
    if measure.per == 100:
        return t.percent(share)
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
        "Only your practice gets this picture. On your colleagues' pictures you are a grey circle without a name – "
        "but whoever knows your practice well may recognise a number that stands out."
    )


def _headline(measure: Measure, comparison: Comparison, position: Position, t: Texts) -> str:
    own, mean = comparison.own or (0, 1), comparison.mean
    said = text(measure.sentence, t.lang).format(value=value_text(own[0] / own[1], measure, t))
    if mean is None:
        return t("{said}.", said=said)
    cluster = value_text(mean, measure, t)
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
    value, cluster = value_text(own[0] / own[1], measure, t), value_text(mean, measure, t)
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


def _detail(measure: Measure, comparison: Comparison, limits: tuple[float, float], t: Texts) -> str:
    own = comparison.own or (0, 1)
    counted = t(
        "Your number is {part} of {whole}. With 95 % certainty the level lies between {low} and {high}.",
        part=t.number(own[0]),
        whole=t.number(own[1]),
        low=value_text(limits[0], measure, t),
        high=amount_text(limits[1], measure, t),
    )
    direction = {
        "higher": t("Higher is better."),
        "lower": t("Lower is better."),
        None: t("There is no right or wrong level."),
    }[measure.direction]
    parts = [counted, direction, behind(comparison, t)]
    if own[1] < 20:
        parts.insert(1, t("The number is built on few patients, so it may change a lot from year to year."))
    return " ".join(part for part in parts if part)


def behind(comparison: Comparison, t: Texts) -> str:
    """How many practices the comparison is built on, or why there is none."""
    if comparison.withheld_reason is Withheld.TOO_FEW_FOR_MEAN:
        return t("Too few practices have answered for a comparison. You see your own number alone.")
    if comparison.withheld_reason is Withheld.SOMEBODY_LEFT:
        return t(
            "The circle of practices has changed since the first charts, so the others are not shown any more. "
            "You see your own number alone."
        )
    if comparison.withheld_reason is Withheld.DOMINATED:
        return t(
            "One or two practices have nearly all of the patients, so a comparison would show their numbers. "
            "You see your own number alone."
        )
    k = comparison.contributors
    if comparison.withheld_reason is Withheld.TOO_FEW_FOR_OTHERS:
        return t.n(
            "The cluster's number is from {n} practice; that is too few to show the others one by one.",
            "The cluster's number is from {n} practices; that is too few to show the others one by one.",
            k,
        )
    return t.n("{n} practice has answered.", "{n} practices have answered.", k)
