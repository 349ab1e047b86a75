"""From a workbook's bytes to plain cells. Runs only inside the limited child process of `measures.reading.reader`."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import cast
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from measures.reading import filekinds
from measures.reading.limits import Limits
from measures.reading.problems import Where, refuse
from measures.reading.table import TOP, Cell, Column, SheetCells
from measures.reading.workbooks import biff, odf, ooxml, words_beside
from measures.reading.workbooks.marks import Marks

DURATION = re.compile(r"PT(\d\d)H(\d\d)M(\d\d)(?:[.,]\d+)?S")
"""How an open document keeps hours and minutes, where calamine hands it on as it is."""
LARGEST = 10**15
"""A whole number below this is told as one: larger ones are no longer exact."""
BROKEN = (zipfile.BadZipFile, zlib.error, ParseError, ExpatError, KeyError, ValueError, RuntimeError, OSError)
"""What the standard library says when a packed workbook isn't as it should be."""


def kind_of_zip(data: bytes, limits: Limits) -> str:
    """The kind of workbook; refuses bombs, locked files and what is no workbook."""
    try:
        entries = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, RuntimeError) as error:
        raise refuse("broken_file") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise refuse("password")
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unzipped:
        raise refuse("too_much_inside")
    kind = filekinds.kind_of_zip([entry.filename for entry in entries])
    if kind.startswith("wrong_kind"):
        raise refuse(kind)
    return kind


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as read: its sheets, the words beside their cells by place, the first formula without a result."""

    sheets: tuple[SheetCells, ...]
    words: list[tuple[str, str]]
    uncounted: Where | None = None


def read_book(data: bytes, kind: str, limits: Limits) -> Book:
    """All sheets, hidden ones too. The caller's limits on memory and time hold; a hostile workbook ends the process."""
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(BytesIO(data))
        hidden = {
            sheet.name for sheet in book.sheets_metadata if sheet.visible is not calamine.SheetVisibleEnum.Visible
        }
        found: list[SheetCells] = []
        left = limits.cells
        for name in book.sheet_names[: limits.sheets]:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > limits.rows:
                raise refuse("too_many_rows", most=limits.rows)
            left -= sheet.total_height * sheet.total_width
            if left < 0:
                raise refuse("too_much_inside")
            columns = tuple(map(_plain_column, zip(*sheet.to_python(skip_empty_area=False), strict=True)))
            rows = tuple(zip(*(column.cells for column in columns), strict=True))
            found.append(SheetCells(name, rows, name in hidden, columns=columns))
    except calamine.PasswordError as error:
        raise refuse("password") from error
    except (calamine.CalamineError, ValueError) as error:
        raise refuse("broken_file") from error
    marks, words = _beside(data, kind)
    shown = (sheet for sheet in found if not sheet.hidden and sheet.name in marks)
    uncounted = (sheet.where(*place) for sheet in shown if (place := marks[sheet.name or ""].uncounted))
    sheets = tuple(marks[sheet.name].on(sheet) if sheet.name in marks else sheet for sheet in found)
    return Book(sheets, words, next(uncounted, None))


def _beside(data: bytes, kind: str) -> tuple[dict[str, Marks], list[tuple[str, str]]]:
    """What each sheet says beside its cells' values, by name, and the words that are kept anywhere else."""
    if kind == filekinds.XLS:
        return biff.marks_of(data), [(words_beside.LEFTOVERS, words_beside.of_old_workbook(data))]
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if kind == filekinds.ODS:
                content = archive.read("content.xml")
                words = words_beside.of_open_document(content.decode("utf-8", errors="replace"))
                return odf.marks_of(content), words + words_beside.words_of(archive, ["content.xml"])
            marks, parts = ooxml.marks_of(archive)
            words = [(words_beside.FORMULAS, text) for each in marks.values() for text in each.formulas]
            around = (xml.decode("utf-8", errors="replace") for each in marks.values() for xml in each.around)
            return marks, words + [
                (words_beside.LEFTOVERS, words_beside.plain(xml)) for xml in around
            ] + words_beside.words_of(archive, parts)
    except BROKEN as error:
        raise refuse("broken_file") from error


def _plain_column(column: tuple[object, ...]) -> Column:
    """A column's cells as plain values. Below its heading most hold words or whole numbers only: no look at each."""
    top, rest = column[:TOP], column[TOP:]
    kinds = set(map(type, rest))
    if kinds == {str} and (words := _words(cast("tuple[str, ...]", rest))):
        return Column((*map(_cell, top), *words), str)
    if kinds == {float} and (whole := _whole(cast("tuple[float, ...]", rest))):
        return Column((*map(_cell, top), *whole), int)
    return Column.of(tuple(map(_cell, column)))


def _words(texts: tuple[str, ...]) -> tuple[str, ...] | None:
    """The texts as they are, where none is empty or a duration."""
    lines = "\n".join(("", *texts, ""))
    return None if "\n\n" in lines or "\nPT" in lines else texts


def _whole(numbers: tuple[float, ...]) -> tuple[int, ...] | None:
    """The numbers as whole ones, where all of them are."""
    try:
        whole = tuple(map(int, numbers))
    except (OverflowError, ValueError):  # endless, or no number
        return None
    return whole if whole == numbers and min(whole) > -LARGEST and max(whole) < LARGEST else None


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        lasted = DURATION.fullmatch(value) if value.startswith("PT") else None
        return ":".join(lasted.groups()) if lasted else value or None
    if isinstance(value, float):
        return int(value) if -LARGEST < value < LARGEST and value.is_integer() else value
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, timedelta):
        return _hours(value)
    return str(value)


def _hours(duration: timedelta) -> str:
    """A duration as a spreadsheet shows it, hours going on past a day: `26:03:00`."""
    minutes, seconds = divmod(round(abs(duration.total_seconds())), 60)
    return f"{'-' if duration < timedelta() else ''}{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
