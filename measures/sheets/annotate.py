"""The sender's own numbers back as a workbook, with the cells to correct marked and a last column `Fejl` that says why.

Written afresh from the cells that were read, so nothing hidden in the sender's file comes back with it. Whatever is
neither a number, a time nor a known heading comes back as dots.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

from measures.checking.sentences import describe
from measures.reading.problems import Level, Problem
from measures.reading.table import SheetCells, Table
from measures.sheets.masking import masked, shown
from measures.sheets.sheets import OPTIONS, safe_title
from measures.tables.heading_matcher import Matcher
from measures.texts import Texts

PERSONAL = frozenset({"cpr", "patient_list", "plo_format"})


def annotate(table: Table, problems: Iterable[Problem], matcher: Matcher, t: Texts) -> bytes | None:
    """The marked copy as .xlsx; None when the file held anything personal or no problem has a place in it."""
    import xlsxwriter

    placed = [problem for problem in problems if problem.where and problem.where.row]
    if table.personal or table.suspicion or not placed or any(problem.code in PERSONAL for problem in placed):
        return None
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        refused = book.add_format({"bg_color": "#FFD9B3", "border": 1})
        asked = book.add_format({"bg_color": "#FFF7CC", "border": 1})
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for number, sheet in enumerate((each for each in table.sheets if not each.hidden), start=1):
            here = [problem for problem in placed if problem.where and problem.where.sheet == sheet.name]
            page = book.add_worksheet(safe_title(_title(sheet, number, matcher, t), number))
            marks = {
                problem.where.cell: refused if problem.level is Level.BLOCK else asked
                for problem in here
                if problem.where
            }
            for row, cells in enumerate(sheet.rows):
                for column, value in enumerate(cells):
                    page.write(row, column, shown(value, matcher), marks.get(sheet.where(row, column).cell))
            _write_reasons(page, sheet, here, (bold, wrapped), t)
    return buffer.getvalue()


def _title(sheet: SheetCells, number: int, matcher: Matcher, t: Texts) -> str:
    """The sheet's name when it says nothing but a heading or a time: people name sheets after persons too."""
    if sheet.name and shown(sheet.name, matcher) == sheet.name:
        return sheet.name
    numbers = t("Numbers")
    return f"{numbers} {number}"


def _reason(problem: Problem, t: Texts) -> str:
    """What is wrong in the row, without the sheet's name and with the words of the cell masked."""
    where = replace(problem.where, sheet=None) if problem.where else None
    return describe(replace(problem, where=where, found=masked(problem.found)), t)


def _write_reasons(page: Any, sheet: SheetCells, problems: list[Problem], styles: tuple[Any, Any], t: Texts) -> None:
    """One cell a row, after the last column in use, with everything that row needs."""
    column = max((len(row) for row in sheet.rows), default=0)
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        if problem.where and problem.where.row:
            reasons.setdefault(problem.where.row - 1, []).append(_reason(problem, t))
    if reasons and 0 not in reasons:
        page.write_string(0, column, t("To correct"), styles[0])
    for row, sentences in reasons.items():
        page.write_string(row, column, "\n".join(sentences), styles[1])
    page.set_column(column, column, 70)
