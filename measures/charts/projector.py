"""Charts for the projector: the cluster alone, nobody's own mark; letters and names only as the cluster chose."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from measures.charts.answers import answers_in_words, joined_note, questions_of
from measures.charts.axes import fixed_scale
from measures.charts.chart import reference_lines, value_scale
from measures.charts.comparing import NEVER, Recalls, Values, frozen, is_recalled
from measures.charts.graph import ChartTable, Graph, Picture, read_aloud
from measures.charts.known import Around, named_picture, order_of_letters, rows_about, unnamed_note
from measures.charts.parts import cluster_rows, parts_picture
from measures.charts.shared import Shared, shared_of
from measures.charts.words.amounts import amount_text, direction_words, value_text
from measures.disclosure.grouping import Groupings
from measures.disclosure.openness import NOBODY, Known, projector_marks
from measures.disclosure.privacy import CLAMP_BELOW, Comparison, DisclosureRules, projected
from measures.drawing.forms.dumbbell import Dumbbell, End, Pair
from measures.drawing.forms.frame import Frame, Scale, axis
from measures.drawing.forms.lanes import Lanes
from measures.drawing.forms.likert import Likert
from measures.drawing.forms.scatter import Scatter
from measures.drawing.forms.trend import Course, Trend
from measures.packages.measure_kinds import MEASURE_KINDS, ChartForm
from measures.packages.package import Measure, Package, text
from measures.packages.values import Answers, Cross, Parts, Series, TwoSources
from measures.texts import Texts

Id = TypeVar("Id")


def projector_chart(
    measure: Measure,
    package: Package,
    releases: Sequence[Mapping[Id, Values]],
    rules: DisclosureRules,
    period: str,
    t: Texts,
    *,
    gone: Collection[Id] = (),
    known: Known = NOBODY,
    kept: Groupings | None = None,
    recalls: Recalls = NEVER,
) -> Graph | None:
    """The chart of a measure for everybody in the room; None where the rules leave nothing to show.

    `releases` are the replies that charts were made from, oldest first, the present last; `kept` the groups that were
    frozen with it. A guess is its practice's alone and is never shown.
    """
    if is_recalled(measure, recalls):
        return None
    if MEASURE_KINDS[measure.kind].form is ChartForm.DOTS:
        there = frozen(measure, releases, recalls)
        seen = projected(there, rules, per=measure.per, gone=gone)
        given = projector_marks(there, rules, per=measure.per, letters=known.letters, named=known.named, gone=gone)
        return (
            _ranked(measure, seen, Around(rules.openness, given, known), period, t) if seen.mean is not None else None
        )
    among = {each.id: each for each in package.measures}
    shared = shared_of(measure, among, releases, gone=gone, kept=kept, recalls=recalls)
    count = t.n("{n} practice", "{n} practices", len(shared.practices))
    drawn = _picture(measure, package, shared, (period, count), t)
    if drawn is None:
        return None
    picture, rows = drawn
    table: ChartTable = ((t("Measure"), text(measure.title, t.lang)), (t("Period"), period), *rows)
    headline = f"{text(measure.title, t.lang)}: {picture.frame.headline}"
    return Graph(headline, read_aloud(headline, table), table, picture)


def _ranked(measure: Measure, seen: Comparison, around: Around, period: str, t: Texts) -> Graph:
    mean = amount_text(seen.mean or 0.0, measure, t)
    others = around.values
    short = t("The cluster as a whole: {mean}", mean=mean)
    spread: tuple[str, ...] = ()
    if others and seen.contributors >= CLAMP_BELOW:
        low, high = value_text(others[0], measure, t), value_text(others[-1], measure, t)
        spread = (t("The practices lie between {low} and {high}.", low=low, high=high),)
    lines = reference_lines(measure, seen.mean, t)
    scale = fixed_scale(measure, t, seen.mean)
    foot = (period, t.n("{n} practice", "{n} practices", seen.contributors))
    notes = (f"{direction_words(measure, t)}.", *spread)
    frame = Frame(text(measure.title, t.lang), short, notes, foot)
    if around.has_names:
        frame = replace(frame, notes=(*notes, *unnamed_note(around, t)))
        picture: Picture = named_picture(measure, around, frame, None, lines, scale, t)
    else:
        words = t.n(
            "{n} practice (light field: the middle half)", "{n} practices (light field: the middle half)", len(others)
        )
        picture = Lanes(frame, None, None, others, words, lines, scale, around.letters)
    table = (
        (t("Measure"), text(measure.title, t.lang)),
        (t("Period"), period),
        (t("The cluster as a whole"), mean),
        (t("Practices that answered"), t.number(seen.contributors)),
        *rows_about(around, measure, t),
    )
    headline = f"{text(measure.title, t.lang)}: {short}."
    return Graph(headline, read_aloud(headline, table, *spread, order_of_letters(around, t)), table, picture)


def _picture(
    measure: Measure, package: Package, shared: Shared, foot: tuple[str, str], t: Texts
) -> tuple[Picture, Iterable[tuple[str, ...]]] | None:
    """The picture of the cluster and its rows; None where nothing of it may be shown."""
    if shared.is_small:
        return None
    title, said = text(measure.title, t.lang), text(measure.sentence, t.lang)
    match shared.value:
        case Parts():
            parts, short = cluster_rows(measure, package, shared.value, shared.groups[0], t)
            drawn = parts_picture(measure, Frame(title, short, (), foot), parts, t("The cluster"), t)
            return drawn, [(part.label, part.said) for part in parts]
        case Series():
            times = tuple(text(point.label, t.lang) for point in measure.points)
            shares = tuple(point.share if point is not None else None for point in shared.value.points)
            known = [share for share in shares if share is not None]
            first, last = value_text(known[0], measure, t), value_text(known[-1], measure, t)
            short = t("The cluster went from {first} to {last}", first=first, last=last)
            course = Course(shares, t("The cluster"), last)
            frame = Frame(title, short, (), foot)
            rows = [
                (time, amount_text(share, measure, t) if share is not None else t("no number"))
                for time, share in zip(times, shares, strict=True)
            ]
            return Trend(frame, times, course, None, None, value_scale(measure, known, t)), rows
        case TwoSources():
            names = [text(package.field(name).short, t.lang) for name in measure.parts]
            counts = [count / len(shared.practices) for count in (shared.value.first, shared.value.second)]
            written = [t.number(count) for count in counts]
            low, high, ticks = axis(0.0, max(counts), 1, None)
            scale = Scale(tuple((tick, t.number(tick)) for tick in ticks), low, high)
            short = t("{first} versus {second}", first=written[0], second=written[1])
            pair = Pair(t("The cluster, per practice"), End(counts[0], written[0]), End(counts[1], written[1]))
            picture = Dumbbell(Frame(title, short, (), foot), (pair,), (names[0], names[1]), scale)
            return picture, list(zip(names, written, strict=True))
        case Cross():
            across, up = package.measure(measure.across), package.measure(measure.up)
            point = shared.value.across.share, shared.value.up.share
            rows = [
                (text(each.title, t.lang), amount_text(share, each, t))
                for each, share in zip((across, up), point, strict=True)
            ]
            cross = Scatter(
                frame=Frame(title, said, tuple(f"{name}: {value}." for name, value in rows), foot),
                own=point,
                own_words=(t("The cluster"),),
                cluster=None,
                cluster_words=(),
                others=(),
                across=value_scale(across, [0.0, point[0]], t),
                across_name=text(across.title, t.lang),
                up=value_scale(up, [0.0, point[1]], t),
                up_name=text(up.title, t.lang),
            )
            return cross, rows
        case Answers():
            scale_words = [text(each, t.lang) for each in measure.scale]
            questions, short = questions_of(measure, shared.value, t, shared.groups)
            answers = [
                answers_in_words(question, place, scale_words, shared.groups, t)
                for place, question in enumerate(questions)
            ]
            likert = Likert(
                Frame(title, short, joined_note(shared.groups, t), foot), questions, (scale_words[0], scale_words[-1])
            )
            return likert, answers
    return None
