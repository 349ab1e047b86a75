"""A problem found in a reply: a stable code with facts, free of sentences until someone reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LONG_DECIMAL = re.compile(r"-?\d{1,7}[.,]\d{4,}")
"""What no CPR number looks like: a fraction that a program wrote with all its figures."""


class Level(StrEnum):
    """How much a problem stops: refuse, ask the sender, or just mention."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the sender's own file, as a spreadsheet shows it: sheet name, row from 1, column letter."""

    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    @property
    def cell(self) -> str:
        """The cell as the spreadsheet names it, for instance `B4`."""
        return f"{self.column or ''}{self.row or ''}"


@dataclass(frozen=True, slots=True)
class Option:
    """One of the places where a number may stand. `key` chooses it (`Wanted.answers`); `said` is what stands there."""

    key: str
    where: Where
    said: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct, to confirm or to know. `params` fills the sentence; it holds nothing personal.

    `options` are the ways out that the sender can choose between: a sheet, a row, a column.
    """

    code: str
    level: Level
    where: Where | None = None
    found: str | None = None
    expected: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    options: tuple[Option, ...] = ()


_ONE_REPAIR: dict[str, tuple[str, ...]] = {
    "take_out_persons": ("cpr", "patient_list", "plo_format"),
    "save_as_xlsx": (
        "wrong_kind_old_office",
        "wrong_kind_macros",
        "wrong_kind_binary_workbook",
        "wrong_kind_xml_workbook",
        "wrong_kind_web_page",
        "wrong_kind_numbers",
        "wrong_kind_flat_document",
        "broken_file",
        "password",
        "not_counted",
    ),
    "write_whole_numbers": (
        "unreadable",
        "not_whole",
        "percent_not_count",
        "unit_not_count",
        "ratio_not_count",
        "negative",
        "formula_error",
        "percent_range",
        "only_rates",
    ),
    "keep_one": ("several_rows", "several_columns", "several_sheets", "named_twice", "practice_twice", "rows_apart"),
    "fill_in": ("missing_field", "missing_value", "not_shown", "no_numbers", "nothing_to_use"),
    "save_in_columns": ("row_too_long", "row_too_short"),
    "confirm_heading": ("heading_guessed", "heading_unclear"),
    "fetch_the_period": ("wrong_period", "period_differs", "period_lump", "other_time"),
}
_REPAIRS = {code: repair for repair, codes in _ONE_REPAIR.items() for code in codes}


def repair_of(code: str) -> str:
    """What fixes a problem: codes with the same repair are told together."""
    return _REPAIRS.get(code, code)


class Refused(Exception):
    """The file can't be read at all; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def refuse(code: str, **params: object) -> Refused:
    """The refusal of a whole file, ready to raise."""
    return Refused(Problem(code, Level.BLOCK, params=params))


def column_letter(index: int) -> str:
    """The spreadsheet's letter for a column counted from 0: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """A column's place counted from 0, from the spreadsheet's letter: A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def show(value: object, longest: int = 24) -> str:
    """A cell's content short enough for a sentence, with long digit runs masked: they may be about a person.

    Of a decimal only what people read is shown: 5.183299389002037 is 5.18.
    """
    if isinstance(value, float):
        value = int(value) if value.is_integer() else round(value, 2)
    text = " ".join(str(value).split())
    if LONG_DECIMAL.fullmatch(text):
        text = text[: max(text.find("."), text.find(",")) + 3]
    if sum(character.isdigit() for character in text) > 7:
        text = "".join("•" if character.isdigit() else character for character in text)
    return text if len(text) <= longest else text[: longest - 1] + "…"
