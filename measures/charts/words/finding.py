"""What a chart says, and the honest words around it; made from the same comparison as the picture.

Counts come before per cent, the standard before the practice's own number of the time before, and that before the
cluster. No rank, no blame, and praise only where something to reach is reached.
"""

from __future__ import annotations

from dataclasses import dataclass

from measures.charts.words.amounts import amount_text, counted, direction_words, value_text
from measures.charts.words.standing import (
    LastTime,
    Limits,
    Position,
    goal_of,
    interval,
    is_among_most,
    is_beyond_most,
    is_good,
    is_of_few,
    short_of,
    stand,
)
from measures.disclosure.privacy import CLAMP_BELOW, Comparison, Pair, Withheld
from measures.drawing.forms.lanes import middle_half
from measures.packages.package import Measure, Package, text
from measures.packages.values import Value
from measures.texts import Texts


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said to one practice about one measure. All of it is text in the reader's language, not escaped.

    `short` is the headline as it stands on the picture, below the measure's title, and `verdict` what stands below it.
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
    verdict: str = ""
    action: str = ""
    """The one thing to do, where there is one and something is missing."""


def find(
    measure: Measure,
    package: Package,
    comparison: Comparison,
    t: Texts,
    value: Value | None = None,
    before: LastTime | None = None,
) -> Finding:
    """The finding for a practice that has numbers; raises ValueError when it has none.

    `value` is the practice's own value when its interval can't be had from `comparison.own` alone (standardised rates);
    `before` its number of the round before.
    """
    if comparison.own is None:
        raise ValueError("no own numbers to say anything about")
    position, own = stand(measure, comparison, value), comparison.own
    praised = is_good(measure, comparison, position)
    title = "" if _is_sentence(measure) else f"{text(measure.title, t.lang)}{'.' if praised else ':'} "
    return Finding(
        headline=f"{title}{_said(measure, comparison, position, t, whole=True)}.",
        short=_said(measure, comparison, position, t, whole=False),
        detail=_detail(measure, comparison, position, before, t),
        direction=direction_words(measure, t),
        caution=text(measure.caution, t.lang),
        definition=text(measure.definition, t.lang),
        population=text(package.population, t.lang),
        who_can_see=who_can_see(comparison, t),
        position=position,
        limits=interval(measure, own, value=value),
        verdict=_verdict(measure, comparison, position, t),
        action=_kept(measure, t) if praised else _action(measure, own, t),
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


def who_can_see(comparison: Comparison, t: Texts) -> str:
    """An honest line about who sees what; shorter promises would not be true."""
    if comparison.others is None:
        return t("Only your practice gets this picture. Your colleagues do not get your numbers.")
    return t(
        "Only your practice gets this picture. On your colleagues' pictures you are a grey ring without a name – but "
        "anybody who knows your practice well may recognise a number that stands out."
    )


def _said(measure: Measure, comparison: Comparison, position: Position, t: Texts, *, whole: bool) -> str:
    """The counts, and how far they are from the standard; `whole` with per cent, for where no picture shows them."""
    own, goal = comparison.own or (0, 1), goal_of(measure)
    counts = _counts(measure, own, t, whole=whole)
    if goal is None or goal.standard is None:
        said = counts
    else:
        missing, standard = short_of(measure, goal, own), text(goal.standard, t.lang)
        if whole:
            standard = t(
                "{standard} of {value}", standard=standard, value=value_text(goal.value, measure, t, given=True)
            )
        if not missing:
            said = t("{counts} – {standard} is reached", counts=counts, standard=standard)
        elif measure.direction == "lower":
            said = t("{counts} – {n} above {standard}", counts=counts, n=t.number(missing), standard=standard)
        else:
            said = t("{counts} – {n} from {standard}", counts=counts, n=t.number(missing), standard=standard)
    return t("Well done: {said}", said=said) if is_good(measure, comparison, position) else said


def _counts(measure: Measure, own: Pair, t: Texts, *, whole: bool) -> str:
    value = amount_text(own[0] / own[1], measure, t, given=True)
    if _is_sentence(measure):
        said = text(measure.sentence, t.lang)
        return said.format(value=value_text(own[0] / own[1], measure, t, given=True))
    if not counted(measure, own, t):
        return value
    if whole:
        return f"{counted(measure, own, t)} ({value})"
    part, of = t.given(own[0]), t.given(own[1])
    if measure.counted is None:
        return t("{counts} – {value}", counts=counted(measure, own, t), value=value)
    counts = text(measure.counted, t.lang).format(part=part, whole=of)
    return counts if goal_of(measure) else t("{counts} – {value}", counts=counts, value=value)


def _is_sentence(measure: Measure) -> bool:
    """Whether the number is better told in the package's sentence: it is none of people out of people."""
    return measure.kind != "proportion" and measure.counted is None


def _action(measure: Measure, own: Pair, t: Texts) -> str:
    """The package's one thing to do; where all are counted there is nothing to look for."""
    if measure.action is None or (measure.direction == "higher" and own[0] >= own[1]):
        return ""
    action = text(measure.action, t.lang)
    if measure.kind != "proportion" or measure.direction != "higher" or not measure.counted:
        return action
    missing = t.n("{n} is missing:", "{n} are missing:", round(own[1] - own[0]))
    return f"{missing} {action[:1].lower()}{action[1:]}"


def _kept(measure: Measure, t: Texts) -> str:
    """What to do where there is something to praise."""
    praise = text(measure.praise, t.lang) if measure.praise else t("That is worth keeping.")
    ask = t("What do you do that others can use?")
    return f"{praise} {ask}"


def _verdict(measure: Measure, comparison: Comparison, position: Position, t: Texts) -> str:
    """Where the practice lies of the cluster, in few words; nothing where nobody knows which way is better."""
    if measure.direction is None or position in (Position.ALONE, Position.BESIDE):
        return ""
    if position is Position.SAME:
        return t("Level with the cluster as a whole.")
    above = position in (Position.ABOVE, Position.CLEARLY_ABOVE)
    if is_beyond_most(comparison, position):
        return t("Above most of the others.") if above else t("Below most of the others.")
    if is_among_most(comparison):
        if above:
            return t("A little above the cluster as a whole, among the middle half.")
        return t("A little below the cluster as a whole, among the middle half.")
    return t("A little above the cluster as a whole.") if above else t("A little below the cluster as a whole.")


def _detail(measure: Measure, comparison: Comparison, position: Position, before: LastTime | None, t: Texts) -> str:
    """What stands beside the headline: the time before, the cluster, which way is better."""
    own = comparison.own or (0, 1)
    parts = [before_words(measure, before, t)]
    if comparison.mean is not None:
        parts.append(t("The cluster as a whole: {mean}.", mean=value_text(comparison.mean, measure, t)))
    if goal_of(measure) is None and not is_of_few(measure, own):
        parts.append(_verdict(measure, comparison, position, t))
    if measure.direction is None:
        parts.append(_spread(measure, comparison, t))
    parts.append(f"{direction_words(measure, t)}.")
    if is_of_few(measure, own):
        parts.append(t("Few patients: it swings."))
    if comparison.others is None:
        parts.append(behind(comparison, t))
    return " ".join(part for part in parts if part)


def before_words(measure: Measure, before: LastTime | None, t: Texts) -> str:
    """The practice's own number of the time before, as far as it may be held against the one now."""
    if before is None or before.pair is None:
        return ""
    value = value_text(before.pair[0] / before.pair[1], measure, t, given=True)
    if before.shares_months:
        return t("Last time: {value}, partly the same months.", value=value)
    return t("Last time: {value}.", value=value)


def _spread(measure: Measure, comparison: Comparison, t: Texts) -> str:
    """Between which values the middle half of the rings lies; of a small cluster the picture alone shows it."""
    band = middle_half(comparison.others or ())
    if band is None or comparison.contributors < CLAMP_BELOW:
        return ""
    low, high = (t.percent(edge) if measure.per == 100 else t.number(edge * measure.per) for edge in band)
    return t("Half of the others lie between {low} and {high}.", low=low, high=high)


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
