"""A practice's own chart of one measure: the comparison it may see, made into a picture, a sentence and a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from measures.charts.finding import Finding, Position, amount_text, behind, counted, find, value_text
from measures.charts.graph import ChartTable, Graph, Picture, read_aloud, render_all, render_chart
from measures.charts.known import Around, named_picture, order_of_letters, rows_about, unnamed_note, who_can_see
from measures.disclosure.privacy import Comparison, Pair
from measures.drawing.forms.frame import Frame, Line, Scale, axis
from measures.drawing.forms.named import NamedRow
from measures.drawing.forms.ranked import Own, Ranked
from measures.packages.confirm import line_words
from measures.packages.package import Measure, Package, text
from measures.packages.values import Value
from measures.texts import Texts

__all__ = ["Chart", "compose", "render_all", "render_chart"]


@dataclass(frozen=True, slots=True)
class About:
    """Whose numbers these are, what they are from, and when they were sent."""

    practice: str
    period: str
    submitted: str


@dataclass(frozen=True, slots=True)
class Chart(Graph):
    """One practice's chart of one measure, with the finding that its words come from."""

    measure_id: str
    finding: Finding


def compose(
    measure: Measure,
    package: Package,
    comparison: Comparison,
    period_text: str,
    submitted_text: str,
    t: Texts,
    practice_label: str,
    form: Literal["dots", "bars"] = "dots",
    value: Value | None = None,
    around: Around | None = None,
) -> Chart:
    """The chart of one practice. `period_text` says what the numbers are from, `submitted_text` when they were sent.

    `value` is one's own value where `comparison.own` does not tell its interval (standardised rates). `around` are the
    others with letters or names, where the cluster is more open than closed.
    Raises ValueError without own numbers, or when the comparison was made for another unit than the measure's.
    """
    if comparison.per != measure.per:
        raise ValueError(f"comparison is per {comparison.per}, measure {measure.id} is per {measure.per}")
    finding = find(measure, package, comparison, t, value)
    about = About(practice_label, period_text, submitted_text)
    table = _table(measure, comparison, finding, about, t)
    if around is not None and around.marks:
        finding = replace(finding, who_can_see=who_can_see(around, t))
        comparison = replace(comparison, others=around.values)
        table = (*table, *rows_about(around, measure, t))
    else:
        around = None
    said = _alt_text(comparison, finding, table, order_of_letters(around, t) if around else "", t)
    if around is not None and around.has_names:
        drawn: Picture = _named(measure, comparison, finding, about, around, t, form=form)
    else:
        drawn = _picture(measure, comparison, finding, about, t, form=form)
        if around is not None and around.letters:
            drawn = _lettered(drawn, around, t)
    return Chart(finding.headline, said, table, drawn, measure.id, finding)


def _table(measure: Measure, comparison: Comparison, finding: Finding, about: About, t: Texts) -> ChartTable:
    own = comparison.own or (0, 1)
    rows = [
        (t("Measure"), text(measure.title, t.lang)),
        (t("Period"), about.period),
        (about.practice, amount_text(own[0] / own[1], measure, t, given=True)),
    ]
    if made_from := counted(measure, own, t):
        rows.append((t("Counted"), made_from))
    if finding.limits is not None:
        low, high = value_text(finding.limits[0], measure, t), amount_text(finding.limits[1], measure, t)
        rows.append((t("95% confidence interval"), t("{low} to {high}", low=low, high=high)))
    if comparison.mean is not None:
        rows.append((t("The cluster as a whole"), amount_text(comparison.mean, measure, t)))
    rows += [
        (_reference_label(line_words(line, t), line.source), amount_text(line.value, measure, t, given=True))
        for line in measure.references
    ]
    rows += [
        (t("Practices that answered"), t.number(comparison.contributors)),
        (t("Your numbers were sent"), about.submitted),
    ]
    return tuple(rows)


def _alt_text(comparison: Comparison, finding: Finding, table: ChartTable, letters: str, t: Texts) -> str:
    alone = behind(comparison, t) if comparison.others is None else ""
    return read_aloud(finding.headline, table, f"{finding.direction}.", _third(comparison, t), letters, alone)


def _third(comparison: Comparison, t: Texts) -> str:
    """Where among the others the practice lies: a third, never a rank and never anyone's number."""
    if not comparison.others or comparison.own is None:
        return ""
    own = comparison.own[0] / comparison.own[1]
    below = sum(value < own for value in comparison.others) + sum(value == own for value in comparison.others) / 2
    share = below / len(comparison.others)
    if share < 1 / 3:
        return t("Your number is in the lower third of the cluster.")
    if share > 2 / 3:
        return t("Your number is in the upper third of the cluster.")
    return t("Your number is in the middle third of the cluster.")


def _picture(
    measure: Measure,
    comparison: Comparison,
    finding: Finding,
    about: About,
    t: Texts,
    *,
    form: Literal["dots", "bars"],
) -> Ranked:
    own = comparison.own or (0, 1)
    share = own[0] / own[1]
    lines = reference_lines(measure, comparison.mean, t)
    others = comparison.others or ()
    count = t.n("{n} practice", "{n} practices", comparison.contributors)
    alone = () if others else (behind(comparison, t),)
    low, high = finding.limits or (share, share)
    marks = (share, low, high, *others, *(line.share for line in lines))
    return Ranked(
        frame=frame_of(measure, finding, about, t, notes=alone, count=() if others else (count,)),
        own=Own(share, low, high, _own_words(measure, own, finding, t)),
        others=others,
        others_label=_others_label(len(others), form, t) if others else "",
        lines=lines,
        scale=value_scale(measure, marks, t, from_zero=form == "bars" or not (others or lines)),
        form=form,
    )


def _lettered(drawn: Ranked, around: Around, t: Texts) -> Ranked:
    """The same with a letter for each of the others, and the reader's own in words below."""
    own = (t("Your letter is {letter}", letter=around.letter),) if around.letter else ()
    return replace(
        drawn,
        labels=around.letters,
        others_label="",
        frame=replace(drawn.frame, foot=(*drawn.frame.foot, *own)),
    )


def _named(
    measure: Measure,
    comparison: Comparison,
    finding: Finding,
    about: About,
    around: Around,
    t: Texts,
    *,
    form: Literal["dots", "bars"],
) -> Picture:
    own = comparison.own or (0, 1)
    share = own[0] / own[1]
    low, high = finding.limits or (share, share)
    value, *counted_words = _own_words(measure, own, finding, t)
    lines = reference_lines(measure, comparison.mean, t)
    marks = (share, low, high, *around.values, *(line.share for line in lines))
    return named_picture(
        measure,
        around,
        frame_of(measure, finding, about, t, notes=unnamed_note(around, t)),
        NamedRow(share, about.practice, value, own=True, low=low, high=high, counted=" · ".join(counted_words)),
        lines,
        value_scale(measure, marks, t, from_zero=form == "bars"),
        t,
        form=form,
    )


def _others_label(count: int, form: Literal["dots", "bars"], t: Texts) -> str:
    if form == "bars":
        return t("Grey bars: {n} other practices", n=count)
    return t("Grey circles: {n} other practices", n=count)


def _own_words(measure: Measure, own: Pair, finding: Finding, t: Texts) -> tuple[str, ...]:
    words = [value_text(own[0] / own[1], measure, t, given=True), counted(measure, own, t)]
    if finding.limits is not None:
        decimals = 0 if measure.per == 100 or finding.limits[1] * measure.per >= 10 else 1
        low, high = (t.number(limit * measure.per, decimals) for limit in finding.limits)
        if measure.per == 100:
            high = t.percent(finding.limits[1])
        words.append(t("uncertainty {low}–{high}", low=low, high=high))
    return tuple(word for word in words if word)


def frame_of(
    measure: Measure,
    finding: Finding,
    about: About,
    t: Texts,
    *,
    notes: tuple[str, ...] = (),
    count: tuple[str, ...] = (),
) -> Frame:
    """The words around a practice's own picture: what, the finding, how to read it; whose, from when, how many."""
    judged = () if measure.direction is None and finding.position is Position.BESIDE else (f"{finding.direction}.",)
    practice = about.practice[:1].upper() + about.practice[1:]
    return Frame(text(measure.title, t.lang), finding.short, (*judged, *notes), (practice, about.period, *count))


def reference_lines(measure: Measure, mean: float | None, t: Texts) -> tuple[Line, ...]:
    """The cluster's line and those that the measure brings."""
    cluster = [Line(mean, t("The cluster"), value_text(mean, measure, t), "cluster")] if mean is not None else []
    given = [
        Line(each.value, line_words(each, t), value_text(each.value, measure, t, given=True), "reference")
        for each in measure.references
    ]
    return (*cluster, *given)


def value_scale(measure: Measure, values: Sequence[float], t: Texts, *, from_zero: bool = False) -> Scale:
    """A scale around these values; bars always begin at zero."""
    least = 0.0 if from_zero else min(values)
    low, high, ticks = axis(least, max(values), measure.per, 1.0 if measure.kind == "proportion" else None)
    decimals = 0 if all(abs(tick * measure.per - round(tick * measure.per)) < 1e-9 for tick in ticks) else 1
    said = (
        (tick, t.percent(tick, decimals) if measure.per == 100 else t.number(tick * measure.per, decimals))
        for tick in ticks
    )
    return Scale(tuple(said), low, high)


def _reference_label(label: str, source: str) -> str:
    return f"{label} ({source.split(':', maxsplit=1)[0]})"
