"""A number with what it is counted from, in words: `88 af 1.580 = 56 pr. 1.000`, `142 af 167 = 85 %`.

As facts that can be stored with a question, and as a sentence in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from measures.checking.scale import OF_PEOPLE, ScalePoint, points
from measures.packages.package import Measure, Package
from measures.texts import N_, Texts, choose

Values = Mapping[str, float | None]
WHOLE_FROM = 10
"""Rates per 1,000 and doses are told without decimals from here on."""
PLAIN = frozenset({"count", "median", "questionnaire"})
RATIOS = frozenset({"proportion", "rate", "amount", "mean"})
PARTS = (N_("{part} of {whole} = {rate}"), N_("{part} over {whole} = {rate}"))
"""People who are a part of the whole; events or doses over it."""


def amount(measure: Measure, point: ScalePoint) -> dict[str, Any]:
    """The facts about one value: `part`, `whole` (None for a plain number) and how it is told."""
    return {
        "part": point.part,
        "whole": None if measure.kind in PLAIN else point.whole,
        "people": point.people,
    } | _unit(measure)


def usual_range(measure: Measure) -> dict[str, Any]:
    """The facts about what is usual for a measure; the measure must have a range."""
    usual = measure.usual
    if usual is None:
        raise ValueError(measure.id)
    high = None if measure.kind in OF_PEOPLE and usual.high >= 1 else usual.high
    return {"low": usual.low or None, "high": high, "verified": usual.verified} | _unit(measure)


def _unit(measure: Measure) -> dict[str, Any]:
    per = 100 if measure.kind in OF_PEOPLE and measure.per == 1 else measure.per
    unit = measure.unit.model_dump() if measure.unit and per == 1 else None
    return {"per": 1 if measure.kind in PLAIN else per, "unit": unit}


def said(facts: Mapping[str, Any], t: Texts, mark: str = "") -> str:
    """The facts of `amount` or `usual_range` in words; `mark` goes around the part."""
    if "part" not in facts:
        return _range(facts, t)
    part, whole = facts["part"], facts["whole"]
    if whole is None:
        return _named(t.given(part), facts, t)
    words = PARTS[0] if facts["people"] else PARTS[1]
    return t(
        words,
        part=f"{mark}{t.given(part)}{mark}",
        whole=t.given(whole),
        rate=_with_unit(part / whole, facts, t),
    )


def _range(facts: Mapping[str, Any], t: Texts) -> str:
    low, high = facts["low"], facts["high"]
    if high is None:
        told = t("at least {low}", low=_with_unit(low or 0.0, facts, t))
    elif low is None:
        told = t("at most {high}", high=_with_unit(high, facts, t))
    else:
        told = t("from {low} to {high}", low=_bare(low, facts, t), high=_with_unit(high, facts, t))
    return told if facts["verified"] else t("{range}, an estimate that nobody has checked", range=told)


def _bare(share: float, facts: Mapping[str, Any], t: Texts) -> str:
    per = int(facts["per"])
    if per == 100:
        return t.percent(share)
    value = share * per
    return t.number(round(value, 1), 0 if round(value, 1).is_integer() or value >= WHOLE_FROM else 1)


def _with_unit(share: float, facts: Mapping[str, Any], t: Texts) -> str:
    per, bare = int(facts["per"]), _bare(share, facts, t)
    if per == 1000:
        return t("{value} per {per}", value=bare, per=t.number(per))
    return _named(bare, facts, t)


def _named(bare: str, facts: Mapping[str, Any], t: Texts) -> str:
    unit = choose(facts["unit"], t.lang) if facts["unit"] else ""
    return f"{bare} {unit}".rstrip()


def receipt(package: Package, field_id: str, numbers: Values, t: Texts, mark: str = "") -> str:
    """A field's number and what it comes to in the first measure that it is counted in; blank when in none."""
    for measure in package.measures:
        if measure.kind in RATIOS and measure.numerator == field_id:
            return next((said(amount(measure, each), t, mark) for each in points(measure, numbers)), "")
    return ""
