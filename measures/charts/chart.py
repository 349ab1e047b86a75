"""A practice's own chart of one measure: the comparison it may see, made into a picture, a sentence and a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from measures.charts.axes import fixed_scale, said_ticks
from measures.charts.graph import ChartTable, Graph, Picture, read_aloud, render_all, render_chart
from measures.charts.known import Around, named_picture, order_of_letters, rows_about, unnamed_note, who_can_see
from measures.charts.words.amounts import amount_text, counted, value_text
from measures.charts.words.finding import Finding, behind, find
from measures.charts.words.standing import LastTime, Position, goal_of, interval, short_of
from measures.disclosure.privacy import Comparison, Pair
from measures.drawing.forms.frame import Frame, Line, Scale, axis
from measures.drawing.forms.lanes import Lane, Lanes
from measures.drawing.forms.named import NamedRow
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
    value: Value | None = None,
    around: Around | None = None,
    before: LastTime | None = None,
) -> Chart:
    """The chart of one practice. `period_text` says what the numbers are from, `submitted_text` when they were sent.

    `value` is one's own value where `comparison.own` does not tell its interval (standardised rates). `around` are the
    others with letters or names, where the cluster is more open than closed; `before` is one's own number of the time
    before.
    Raises ValueError without own numbers, or when the comparison was made for another unit than the measure's.
    """
    if comparison.per != measure.per:
        raise ValueError(f"comparison is per {comparison.per}, measure {measure.id} is per {measure.per}")
    around = around if around is not None and around.marks else None
    if around is not None:
        comparison = replace(comparison, others=around.values)  # words, too, are made from the marks drawn
    finding = find(measure, package, comparison, t, value, before)
    about = About(practice_label, period_text, submitted_text)
    table = _table(measure, comparison, finding, about, before, t)
    if around is not None:
        finding = replace(finding, who_can_see=who_can_see(around, t))
        table = (*table, *rows_about(around, measure, t))
    said = _alt_text(comparison, finding, table, order_of_letters(around, t) if around else "", t)
    if around is not None and around.has_names:
        drawn: Picture = _named(measure, comparison, finding, about, around, t)
    else:
        drawn = _picture(measure, comparison, finding, about, before, t)
        if around is not None and around.letters:
            drawn = _lettered(drawn, around, t)
    return Chart(finding.headline, said, table, drawn, measure.id, finding)


def _table(
    measure: Measure, comparison: Comparison, finding: Finding, about: About, before: LastTime | None, t: Texts
) -> ChartTable:
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
        rows.append((t("Statistical uncertainty (95%)"), t("{low} to {high}", low=low, high=high)))
    rows += [
        (_reference_label(line_words(line, t), line.source), amount_text(line.value, measure, t, given=True))
        for line in measure.references
    ]
    if (goal := goal_of(measure)) is not None and goal.standard is not None:
        standard, missing = text(goal.standard, t.lang), t.number(short_of(measure, goal, own))
        too_many = measure.direction == "lower"
        said = t("Above {standard}", standard=standard) if too_many else t("Missing to {standard}", standard=standard)
        rows.append((said, missing))
    if before is not None and before.pair is not None:
        rows.append((t("Last time"), amount_text(before.pair[0] / before.pair[1], measure, t, given=True)))
    if comparison.mean is not None:
        rows.append((t("The cluster as a whole"), amount_text(comparison.mean, measure, t)))
    rows += [
        (t("Practices that answered"), t.number(comparison.contributors)),
        (t("Your numbers were sent"), about.submitted),
    ]
    return tuple(rows)


def _alt_text(comparison: Comparison, finding: Finding, table: ChartTable, letters: str, t: Texts) -> str:
    alone = behind(comparison, t) if comparison.others is None else ""
    return read_aloud(finding.headline, table, f"{finding.direction}.", finding.verdict, letters, alone)


def _picture(
    measure: Measure,
    comparison: Comparison,
    finding: Finding,
    about: About,
    before: LastTime | None,
    t: Texts,
) -> Lanes:
    own = comparison.own or (0, 1)
    share, others = own[0] / own[1], comparison.others or ()
    alone = () if others else (behind(comparison, t),)
    count = (t.n("{n} practice", "{n} practices", comparison.contributors),)
    low, high = finding.limits or (share, share)
    return Lanes(
        frame=frame_of(measure, finding, about, t, notes=alone, count=count if others else ()),
        own=Lane(t("Your number: {number}", number=_in_full(measure, own, t)), share, low, high),
        before=_before_lane(measure, before, t),
        others=others,
        others_words=others_words(len(others), t),
        lines=reference_lines(measure, comparison.mean, t),
        scale=fixed_scale(measure, t, comparison.mean if comparison.mean is not None else share),
    )


def _in_full(measure: Measure, own: Pair, t: Texts) -> str:
    """The counts and the value: `142 af 167 = 85 %`; the value alone where there are no counts."""
    value = amount_text(own[0] / own[1], measure, t, given=True)
    made_from = counted(measure, own, t)
    return t("{counts} = {value}", counts=made_from, value=value) if made_from else value


def _before_lane(measure: Measure, before: LastTime | None, t: Texts) -> Lane:
    if before is None:
        return Lane(t("Your number last time: not measured before"))
    if before.pair is None:
        return Lane(t("Your number last time: can't be compared"))
    share = before.pair[0] / before.pair[1]
    low, high = interval(measure, before.pair) or (share, share)
    number = _in_full(measure, before.pair, t)
    said = t("Your number last time: {number}", number=number)
    if before.shares_months:
        value = amount_text(share, measure, t, given=True)
        said = t("Last time, partly the same months: {number}", number=value)
    return Lane(said, share, low, high, faint=before.shares_months)


def others_words(count: int, t: Texts) -> str:
    """What the rings and the light field are, in words only: a sample ring would read as a practice."""
    return t.n("The {n} other (light field: the middle half)", "The {n} others (light field: the middle half)", count)


def _lettered(drawn: Lanes, around: Around, t: Texts) -> Lanes:
    """The same with a letter for each of the others, and the reader's own in words below."""
    own = (t("Your letter is {letter}", letter=around.letter),) if around.letter else ()
    return replace(drawn, labels=around.letters, frame=replace(drawn.frame, foot=(*own, *drawn.frame.foot)))


def _named(
    measure: Measure,
    comparison: Comparison,
    finding: Finding,
    about: About,
    around: Around,
    t: Texts,
) -> Picture:
    own = comparison.own or (0, 1)
    share = own[0] / own[1]
    low, high = finding.limits or (share, share)
    return named_picture(
        measure,
        around,
        frame_of(measure, finding, about, t, notes=unnamed_note(around, t)),
        NamedRow(
            share,
            about.practice,
            value_text(share, measure, t, given=True),
            own=True,
            low=low,
            high=high,
            counted=counted(measure, own, t),
        ),
        reference_lines(measure, comparison.mean, t),
        fixed_scale(measure, t, comparison.mean if comparison.mean is not None else share),
        t,
    )


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
    said = " ".join([*judged, *([finding.verdict] if finding.verdict else [])])
    practice = about.practice[:1].upper() + about.practice[1:]
    line = (t("Line: statistical uncertainty (95%)"),) if finding.limits is not None else ()
    foot = (*line, practice, *count, about.period)
    return Frame(text(measure.title, t.lang), finding.short, (*((said,) if said else ()), *notes), foot)


def reference_lines(measure: Measure, mean: float | None, t: Texts) -> tuple[Line, ...]:
    """The cluster's line and those that the measure brings."""
    cluster = (
        [Line(mean, t("The cluster as a whole"), value_text(mean, measure, t), "cluster")] if mean is not None else []
    )
    given = [
        Line(each.value, line_words(each, t), value_text(each.value, measure, t, given=True), "reference")
        for each in measure.references
    ]
    return (*cluster, *given)


def value_scale(measure: Measure, values: Sequence[float], t: Texts, *, from_zero: bool = False) -> Scale:
    """A scale around these values; bars always begin at zero."""
    least = 0.0 if from_zero else min(values)
    low, high, ticks = axis(least, max(values), measure.per, 1.0 if measure.kind == "proportion" else None)
    return Scale(tuple(zip(ticks, said_ticks(measure, ticks, t), strict=True)), low, high)


def _reference_label(label: str, source: str) -> str:
    return f"{label} ({source.split(':', maxsplit=1)[0]})"
