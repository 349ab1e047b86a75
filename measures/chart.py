"""A chart is one object: picture, headline, alternative text and table come from the same numbers, so they agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from measures.finding import Finding, amount_text, behind, find, value_text
from measures.package import Measure, Package, text
from measures.privacy import Comparison
from measures.texts import Texts

LONGEST_ALT_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """A reference line with its own label; `kind` chooses its look, never its colour alone."""

    share: float
    label: str
    value: str
    kind: Literal["cluster", "reference"]


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn, as plain values: what is not here can't be in the file."""

    headline: str
    title: str
    subtitle: tuple[str, ...]
    own: float
    low: float
    high: float
    own_label: str
    own_count: str
    others: tuple[float, ...]
    lines: tuple[Line, ...]
    key: tuple[tuple[str, str], ...]
    ticks: tuple[tuple[float, str], ...]
    limits: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Chart:
    """One practice's chart of one measure. Picklable, so that it can be drawn in a worker process."""

    measure_id: str
    finding: Finding
    alt_text: str
    table: tuple[tuple[str, str], ...]
    picture: Picture

    @property
    def headline(self) -> str:
        return self.finding.headline

    def render(self) -> bytes:
        """The picture as PNG, without metadata; the same chart always gives the same bytes."""
        return render_chart(self)


def render_chart(chart: Chart) -> bytes:
    """As `chart.render()`; a top-level function for worker processes."""
    from measures.drawing import draw

    return draw(chart.picture)


def compose(
    measure: Measure,
    package: Package,
    comparison: Comparison,
    period_text: str,
    submitted_text: str,
    t: Texts,
    practice_label: str,
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
    return Chart(
        measure_id=measure.id,
        finding=finding,
        alt_text=_alt_text(comparison, finding, table, t),
        table=table,
        picture=_picture(measure, comparison, finding, period_text=period_text, t=t, practice_label=practice_label),
    )


def _table(
    measure: Measure,
    comparison: Comparison,
    finding: Finding,
    *,
    period_text: str,
    submitted_text: str,
    t: Texts,
    practice_label: str,
) -> tuple[tuple[str, str], ...]:
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


def _alt_text(comparison: Comparison, finding: Finding, table: tuple[tuple[str, str], ...], t: Texts) -> str:
    facts = "; ".join(f"{name}: {value}" for name, value in table)
    parts = [finding.headline, f"{facts}.", f"{finding.direction}.", _third(comparison, t)]
    if comparison.others is None:
        parts.append(behind(comparison, t))
    return " ".join(part for part in parts if part)[:LONGEST_ALT_TEXT]


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
    measure: Measure, comparison: Comparison, finding: Finding, *, period_text: str, t: Texts, practice_label: str
) -> Picture:
    own = comparison.own or (0, 1)
    share = own[0] / own[1]
    lines = []
    if comparison.mean is not None:
        name, value = t("The cluster"), value_text(comparison.mean, measure, t)
        lines.append(Line(comparison.mean, name, value, "cluster"))
    for reference in measure.references:
        name, value = text(reference.label, t.lang), value_text(reference.value, measure, t)
        lines.append(Line(reference.value, name, value, "reference"))
    others = comparison.others or ()
    marks = [share, finding.low, finding.high, *others, *(line.share for line in lines)]
    low, high, ticks = axis(min(marks), max(marks), measure.per, 1.0 if measure.kind == "proportion" else None)
    interval = t("{practice}, with 95 % confidence interval", practice=practice_label)
    key = [("own", interval[:1].upper() + interval[1:])]
    key.append(("others", t("The other practices, without names")) if others else ("", behind(comparison, t)))
    unit = t("per {per}", per=t.number(measure.per)) if measure.per != 100 else ""
    title = text(measure.title, t.lang)
    count = t.n("{n} practice", "{n} practices", comparison.contributors)
    return Picture(
        headline=finding.headline,
        title=title,
        subtitle=(f"{period_text} · {count}", finding.direction),
        own=share,
        low=finding.low,
        high=finding.high,
        own_label=amount_text(share, measure, t) if not unit else value_text(share, measure, t),
        own_count=t("{part} of {whole}", part=t.number(own[0]), whole=t.number(own[1])),
        others=others,
        lines=tuple(lines),
        key=tuple(key),
        ticks=tuple((tick, t.percent(tick) if measure.per == 100 else t.number(tick * measure.per)) for tick in ticks),
        limits=(low, high),
    )


def _reference_label(label: str, source: str) -> str:
    return f"{label} ({source.split(':', maxsplit=1)[0]})"


def axis(lowest: float, highest: float, per: int, most: float | None) -> tuple[float, float, tuple[float, ...]]:
    """Limits and at most seven round ticks around the marks; from zero when that costs little room."""
    low, high = lowest * per, highest * per
    if low < 0.4 * high:
        low = 0.0
    span = max(high - low, 1.0)
    step = next(size for size in (0.5, 1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000) if span / size <= 5.5)
    bottom = int(low / step) * step
    top = bottom
    while top < high - 1e-9:
        top += step
    if most is not None:
        top = min(top, most * per)
    count = int((top - bottom) / step + 1e-9)
    return bottom / per, top / per, tuple((bottom + step * n) / per for n in range(count + 1))
