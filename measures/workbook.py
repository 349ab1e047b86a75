"""From a workbook's bytes to plain cells. Runs only inside the limited child process of `measures.reader`."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from math import isfinite
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from measures import biff, filekinds, odf, ooxml
from measures.limits import Limits
from measures.marks import Marks
from measures.problems import refuse
from measures.table import Cell, SheetCells

WORDS_BESIDE_CELLS = re.compile(
    r"xl/(comments|threadedcomments/|drawings/|persons/|pivotcache/|externallinks/|tables/|workbook\.xml|sharedstrings)"
    r"|customxml/|docprops/|meta\.xml|styles\.xml",
    re.IGNORECASE,
)
"""Parts where words are kept that no cell shows: leftovers of a pivot table, a linked file, deleted cells."""
SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
PRINTED_EDGES = re.compile(rb"<headerFooter.*?</headerFooter>|<dataValidations.*?</dataValidations>", re.DOTALL)
DURATION = re.compile(r"PT(\d\d)H(\d\d)M(\d\d)(?:[.,]\d+)?S")
"""How an open document keeps hours and minutes, where calamine hands it on as it is."""
LARGEST = 10**15
"""A whole number below this is told as one: larger ones are no longer exact."""
BROKEN = (zipfile.BadZipFile, zlib.error, ParseError, ExpatError, KeyError, ValueError, RuntimeError, OSError)
"""What the standard library says when a packed workbook isn't as it should be."""
SMALL = 512 * 1024
"""Parts that cells also come from are read a second time only when that costs nothing."""


def open_zip(data: bytes, limits: Limits) -> tuple[str, dict[str, str]]:
    """The kind of workbook and its text beside the cells (comments, drawings, properties) by place; refuses bombs."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, RuntimeError) as error:
        raise refuse("broken_file") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise refuse("password")
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unzipped:
        raise refuse("too_much_inside")
    kind = filekinds.kind_of_zip([entry.filename for entry in entries])
    if kind.startswith("wrong_kind"):
        raise refuse(kind)
    texts = {}
    for entry in entries:
        name = entry.filename
        if not name.endswith(".xml") or (_holds_cells(name) and entry.file_size > SMALL):
            continue
        if WORDS_BESIDE_CELLS.match(name):
            texts[name] = plain(_part(archive, entry, limits.beside))
        elif SHEETS.match(name):
            texts[name] = plain(b" ".join(PRINTED_EDGES.findall(_part(archive, entry, limits.beside))))
    return kind, texts


def words_in(data: bytes, limits: Limits) -> dict[str, str]:
    """The text in an older workbook (.xls), cells and all else, for there it can't be told apart."""
    most = limits.beside
    return {"xls": " ".join((data[:most].decode("latin-1"), data[:most].decode("utf-16-le", errors="replace")))}


def _holds_cells(name: str) -> bool:
    return SHEETS.match(name) is not None or "sharedstrings" in name.lower()


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with archive.open(entry) as part:
            return part.read(most)
    except (zipfile.BadZipFile, ValueError, RuntimeError, OSError, zlib.error) as error:
        raise refuse("broken_file") from error


def plain(xml: bytes) -> str:
    """The words between the tags and in the values of a pivot table's or a named range's attributes."""
    text = xml.decode("utf-8", errors="replace")
    values = " \n ".join(re.findall(r'\sv="([^"]*)"', text))
    return " ".join(re.sub(r"<[^>]*>", "\n", text).split("\n")) + " \n " + values


def read_sheets(data: bytes, kind: str, limits: Limits) -> tuple[SheetCells, ...]:
    """All sheets, hidden ones too. The caller's limits on memory and time hold; a hostile workbook ends the process."""
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(BytesIO(data))
        hidden = {
            sheet.name for sheet in book.sheets_metadata if sheet.visible is not calamine.SheetVisibleEnum.Visible
        }
        found = []
        for name in book.sheet_names[: limits.sheets]:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > limits.cells or sheet.total_height > limits.rows:
                raise refuse("too_many_rows", most=limits.rows)
            columns = map(_plain_column, zip(*sheet.to_python(skip_empty_area=False), strict=True))
            rows = tuple(zip(*columns, strict=True))
            found.append(SheetCells(name, rows, name in hidden))
    except calamine.PasswordError as error:
        raise refuse("password") from error
    except (calamine.CalamineError, ValueError) as error:
        raise refuse("broken_file") from error
    marks = _marks(data, kind)
    return tuple(marks[sheet.name].on(sheet) if sheet.name in marks else sheet for sheet in found)


def _marks(data: bytes, kind: str) -> dict[str, Marks]:
    """What each sheet says beside its cells."""
    if kind == filekinds.XLS:
        return biff.marks_of(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return odf.marks_of(archive.read("content.xml")) if kind == filekinds.ODS else ooxml.marks_of(archive)
    except BROKEN as error:
        raise refuse("broken_file") from error


def _plain_column(column: tuple[object, ...]) -> Sequence[Cell]:
    """A column's cells as plain values. Under its heading most hold whole numbers only: those need no look at each."""
    start = next((at for at, value in enumerate(column) if isinstance(value, float)), len(column))
    below = [value for value in column[start:] if isinstance(value, float)]
    plain = [_cell(value) for value in column[:start]]
    if start + len(below) == len(column) and all(map(isfinite, below)):
        whole = list(map(int, below))
        if whole == below and min(whole, default=0) > -LARGEST and max(whole, default=0) < LARGEST:
            return plain + whole
    return plain + [_cell(value) for value in column[start:]]


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
