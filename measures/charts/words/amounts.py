"""One number as it is written, alone or in a sentence, and which way is better."""

from __future__ import annotations

from measures.disclosure.privacy import Pair
from measures.packages.package import Measure, text
from measures.texts import Texts


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


def counted(measure: Measure, own: Pair, t: Texts) -> str:
    """What the number is made from: `96 ud af 130`; nothing where it is one number, or put together from several."""
    if measure.kind in {"count", "median", "standardised"}:
        return ""
    if measure.kind != "proportion":
        return t("{part} over {whole}", part=t.given(own[0]), whole=t.given(own[1]))
    return t("{part} of {whole}", part=t.given(own[0]), whole=t.given(own[1]))
