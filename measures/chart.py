"""A practice's own chart of one measure: the comparison it may see, made into a picture, a sentence and a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from measures.finding import Finding, amount_text, behind, find, value_text
from measures.forms.frame import Frame, Line, Scale, axis
from measures.forms.ranked import Own, Ranked
from measures.graph import Graph, Table, read_aloud, render_all, render_chart
from measures.package import Measure, Package, text
from measures.privacy import Comparison
from measures.texts import Texts

__all__ = ["Chart", "compose", "render_all", "render_chart"]


@dataclass(frozen=True, slots=True)
class Chart(Graph):
    """One practice's chart of one measure, with the finding that its words come from."""

    picture: Ranked
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
) -> Chart:
    """The chart of one practice. `period_text` says what the numbers are from, `submitted_text` when they were sent.

    Raises ValueError without own numbers, or when the comparison was made for another unit than the measure's.
    """
    if comparison.per != measure.per:
        raise ValueError(f"comparison is per {comparison.per}, measure {measure.id} is per {measure.per}")
    finding = find(measure, package, comparison, t)
    table = _table(
        measure,
        comparison,
        finding,
        period_text=period_text,
        submitted_text=submitted_text,
        t=t,
        practice_label=practice_label,
    )
    picture = _picture(
        measure, comparison, finding, period_text=period_text, t=t, practice_label=practice_label, form=form
    )
    return Chart(finding.headline, _alt_text(comparison, finding, table, t), table, picture, measure.id, finding)


def _table(
    measure: Measure,
    comparison: Comparison,
    finding: Finding,
    *,
    period_text: str,
    submitted_text: str,
    t: Texts,
    practice_label: str,
) -> Table:
    own = comparison.own or (0, 1)
    between = t("{low} to {high}", low=value_text(finding.low, measure, t), high=amount_text(finding.high, measure, t))
    rows = [
        (t("Measure"), text(measure.title, t.lang)),
        (t("Period"), period_text),
        (practice_label, amount_text(own[0] / own[1], measure, t)),
        (t("Counted"), t("{part} of {whole}", part=t.number(own[0]), whole=t.number(own[1]))),
        (t("95 % confidence interval"), between),
    ]
    if comparison.mean is not None:
        rows.append((t("The cluster as a whole"), amount_text(comparison.mean, measure, t)))
    rows += [
        (_reference_label(text(line.label, t.lang), line.source), amount_text(line.value, measure, t))
        for line in measure.references
    ]
    rows += [
        (t("Practices that answered"), t.number(comparison.contributors)),
        (t("Your numbers were sent"), submitted_text),
    ]
    return tuple(rows)


def _alt_text(comparison: Comparison, finding: Finding, table: Table, t: Texts) -> str:
    alone = behind(comparison, t) if comparison.others is None else ""
    return read_aloud(finding.headline, table, f"{finding.direction}.", _third(comparison, t), alone)


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
    *,
    period_text: str,
    t: Texts,
    practice_label: str,
    form: Literal["dots", "bars"],
) -> Ranked:
    own = comparison.own or (0, 1)
    share = own[0] / own[1]
    lines = reference_lines(measure, comparison.mean, t)
    others = comparison.others or ()
    count = t.n("{n} practice", "{n} practices", comparison.contributors)
    alone = () if others else (behind(comparison, t),)
    low, high = t.number(finding.low * measure.per), t.number(finding.high * measure.per)
    unit = " %" if measure.per == 100 else ""
    words = (
        value_text(share, measure, t),
        t("{part} of {whole}", part=t.number(own[0]), whole=t.number(own[1])),
        t("uncertainty {low}–{high}", low=low, high=high + unit),
    )
    return Ranked(
        frame=Frame(
            title=text(measure.title, t.lang),
            headline=finding.short,
            notes=(f"{finding.direction}.", *alone),
            foot=(practice_label[:1].upper() + practice_label[1:], period_text, *(() if others else (count,))),
        ),
        own=Own(share, finding.low, finding.high, words),
        others=others,
        others_label=t("{n} other practices", n=len(others)) if others else "",
        lines=lines,
        scale=value_scale(
            measure, (share, finding.low, finding.high, *others, *(line.share for line in lines)), t, form=form
        ),
        form=form,
    )


def reference_lines(measure: Measure, mean: float | None, t: Texts) -> tuple[Line, ...]:
    """The cluster's line and those that the measure brings."""
    cluster = [Line(mean, t("The cluster"), value_text(mean, measure, t), "cluster")] if mean is not None else []
    given = [
        Line(each.value, text(each.label, t.lang), value_text(each.value, measure, t), "reference")
        for each in measure.references
    ]
    return (*cluster, *given)


def value_scale(measure: Measure, values: Sequence[float], t: Texts, *, form: str = "dots") -> Scale:
    """A scale around these values; bars always begin at zero."""
    least = 0.0 if form == "bars" else min(values)
    low, high, ticks = axis(least, max(values), measure.per, 1.0 if measure.kind == "proportion" else None)
    said = ((tick, t.percent(tick) if measure.per == 100 else t.number(tick * measure.per)) for tick in ticks)
    return Scale(tuple(said), low, high)


def _reference_label(label: str, source: str) -> str:
    return f"{label} ({source.split(':', maxsplit=1)[0]})"
