"""What a chart tells of who is who, the same in picture, table, alternative text and promise: letters, or names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from measures.charts.graph import ChartTable
from measures.disclosure.openness import Known, Mark
from measures.disclosure.privacy import Openness
from measures.drawing.forms.frame import Frame, Line, Scale
from measures.drawing.forms.named import Named, NamedRow
from measures.packages.package import Measure, text
from measures.texts import Texts


@dataclass(frozen=True, slots=True)
class Around:
    """The others as a chart shows them, and how the reader's own practice stands on theirs."""

    rung: Openness
    marks: tuple[Mark, ...]
    known: Known
    letter: str = ""
    """The reader's own, told to nobody else."""
    named: bool = False
    """Whether the reader's practice is named on the others' charts."""

    @property
    def letters(self) -> tuple[str, ...]:
        """A letter for each mark; nothing where there are none."""
        said = tuple(mark.letter or "" for mark in self.marks)
        return said if any(said) else ()

    @property
    def values(self) -> tuple[float, ...]:
        """Where the marks stand."""
        return tuple(mark.value for mark in self.marks)

    @property
    def has_names(self) -> bool:
        """Whether any of the others is named."""
        return any(mark.practice is not None for mark in self.marks)

    def name(self, mark: Mark) -> str:
        """What a mark is called; nothing when it is not named."""
        return self.known.names.get(mark.practice, "") if mark.practice is not None else ""


def rows_about(around: Around, measure: Measure, t: Texts) -> ChartTable:
    """One's own letter, and the value of each who chose to be named."""
    rows: list[tuple[str, ...]] = []
    if around.letter and around.letters:
        rows.append((t("Your letter"), around.letter))
    named = sorted((name, mark.value) for mark in around.marks if (name := around.name(mark)))
    rows += [(name, whole_text(value, measure, t)) for name, value in named]
    return tuple(rows)


def whole_text(value: float, measure: Measure, t: Texts) -> str:
    """Another practice's value as its mark is rounded, with its unit: never a decimal that the mark doesn't show."""
    said = _short(value, measure, t)
    if measure.per == 1:
        return f"{said} {text(measure.unit, t.lang) if measure.unit else ''}".rstrip()
    return said if measure.per == 100 else t("{value} per {per}", value=said, per=t.number(measure.per))


def _short(value: float, measure: Measure, t: Texts) -> str:
    return t.percent(value) if measure.per == 100 else t.number(value * measure.per, 0)


def order_of_letters(around: Around, t: Texts) -> str:
    """The letters as they stand on the picture; their values are for the eye only."""
    said = [letter for letter in around.letters if letter]
    return t("The letters from the lowest to the highest: {letters}.", letters=", ".join(said)) if said else ""


def who_can_see(around: Around, t: Texts) -> str:
    """The promise, as it holds for this chart."""
    if around.letters and around.letter:
        return t(
            "Only your practice gets this picture, and only you are told which letter is yours. On your colleagues' "
            "pictures you appear under the letter, without a name – but anybody who knows your practice well may "
            "recognise a number that stands out."
        )
    if around.named:
        return t(
            "Only your practice gets this picture. On your colleagues' pictures your number appears with the "
            "practice's name, because you chose that. You can change your minds; pictures already sent stay where they "
            "are."
        )
    return t(
        "Only your practice gets this picture. On your colleagues' pictures you are a grey ring without a name – but "
        "anybody who knows your practice well may recognise a number that stands out."
    )


def named_picture(
    measure: Measure,
    around: Around,
    frame: Frame,
    own: NamedRow | None,
    lines: Sequence[Line],
    scale: Scale,
    t: Texts,
) -> Named:
    """One's own row, then names by the alphabet as in the table, then marks without: the order is nobody's rank."""
    rows = [
        NamedRow(mark.value, name, _short(mark.value, measure, t))
        if (name := around.name(mark))
        else NamedRow(mark.value)
        for mark in around.marks
    ]
    ordered = sorted(
        [*rows, *([own] if own else [])], key=lambda row: (not row.own, row.name == "", row.name, row.share)
    )
    return Named(frame, tuple(ordered), tuple(lines), scale)


def unnamed_note(around: Around, t: Texts) -> tuple[str, ...]:
    """How many marks have no name; nothing when all have."""
    count = sum(mark.practice is None for mark in around.marks)
    return (
        (t.n("{n} practice is shown without a name.", "{n} practices are shown without a name.", count),)
        if count
        else ()
    )
