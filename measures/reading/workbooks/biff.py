"""What the sheets of an .xls workbook (Excel 97–2003) say beside their cells' values. Only inside the limited reader.

The file is a compound file ([MS-CFB]) with a stream of records ([MS-XLS], section 2.4), each with a number and a size.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from measures.reading.workbooks.marks import Marks
from measures.reading.workbooks.ooxml import NOT_SHOWN_AS_WRITTEN, PERCENT_FORMATS

BOUNDSHEET, FORMAT, XF, BOF, ROW, COLINFO = 0x0085, 0x041E, 0x00E0, 0x0809, 0x0208, 0x007D
NUMBER, RK, MULRK, FORMULA, BOOLERR, MERGED = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205, 0x00E5
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
END = 0xFFFFFFFA
"""Sector numbers from here on say that there is no further one."""


def marks_of(data: bytes) -> dict[str, Marks]:
    """The marks of each sheet by the sheet's name; none when the file isn't as it should be."""
    try:
        return _sheets(workbook_stream(data))
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def workbook_stream(data: bytes) -> bytes:
    """The stream of the workbook's records; struct.error or IndexError when the file isn't a whole one."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    first_entry, smallest = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
    further, blocks = struct.unpack_from("<2I", data, 68)
    tables = [at for at in struct.unpack_from("<109I", data, 76) if at < END]
    per = size // 4
    for _ in range(blocks):
        block = struct.unpack_from(f"<{per}I", data, (further + 1) * size)
        tables += [at for at in block[:-1] if at < END]
        further = block[-1]
    chain: list[int] = []
    for at in tables:
        chain += struct.unpack_from(f"<{per}I", data, (at + 1) * size)

    def stream(start: int) -> bytes:
        parts, left = [], len(chain)
        while start < END and left:
            parts.append(data[(start + 1) * size : (start + 2) * size])
            start, left = chain[start], left - 1
        return b"".join(parts)

    directory = stream(first_entry)
    for at in range(0, len(directory) - 127, 128):
        named = directory[at : at + 64].decode("utf-16-le", errors="replace").partition("\0")[0]
        start, length = struct.unpack_from("<2I", directory, at + 116)
        if named in {"Workbook", "Book"} and length >= smallest:
            return stream(start)[:length]
    return b""


def records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Number, place of the content and size of each record."""
    at = 0
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        yield number, at + 4, size
        at += 4 + size


def _sheets(stream: bytes) -> dict[str, Marks]:
    names: dict[int, str] = {}
    formats, styles = set(PERCENT_FORMATS), list[int]()
    found: dict[str, Marks] = {}
    marks, percent = Marks(), set[int]()
    for number, at, size in records(stream):
        if number == BOUNDSHEET:
            start, _, _, length, wide = struct.unpack_from("<IBBBB", stream, at)
            text = stream[at + 8 : at + 8 + length * (2 if wide & 1 else 1)]
            names[start] = text.decode("utf-16-le" if wide & 1 else "latin-1")
        elif number == FORMAT:
            place, length, wide = struct.unpack_from("<HHB", stream, at)
            code = stream[at + 5 : at + 5 + length * (2 if wide & 1 else 1)]
            if "%" in NOT_SHOWN_AS_WRITTEN.sub("", code.decode("utf-16-le" if wide & 1 else "latin-1")):
                formats.add(place)
        elif number == XF:
            styles.append(struct.unpack_from("<H", stream, at + 2)[0])
        elif number == BOF:
            marks = found.setdefault(names[at - 4], Marks()) if at - 4 in names else Marks()
            percent = {place for place, form in enumerate(styles) if form in formats}
        elif number in SAID:
            SAID[number](stream[at : at + size], marks)
        elif number in COUNTED:
            COUNTED[number](stream[at : at + size], marks, percent)
    return found


def _row(content: bytes, marks: Marks) -> None:
    row, flags = struct.unpack_from("<H10xH", content)
    if flags & 0x20:
        marks.hide_rows(row, row)


def _columns(content: bytes, marks: Marks) -> None:
    first, last, flags = struct.unpack_from("<2H4xH", content)
    if flags & 1:
        marks.hide_columns(first, last)


def _error(content: bytes, marks: Marks) -> None:
    row, column, value, is_error = struct.unpack_from("<2H2x2B", content)
    if is_error:
        marks.error(row, column, ERRORS.get(value, "#VALUE!"))


def _merged(content: bytes, marks: Marks) -> None:
    for place in range(struct.unpack_from("<H", content)[0]):
        top, bottom, left, right = struct.unpack_from("<4H", content, 2 + 8 * place)
        marks.merge((top, left, bottom, right))


def _number(content: bytes, marks: Marks, percent: set[int]) -> None:
    row, column, style = struct.unpack_from("<3H", content)
    if style in percent:
        marks.percent(row, column)


def _numbers(content: bytes, marks: Marks, percent: set[int]) -> None:
    row, column = struct.unpack_from("<2H", content)
    for place in range((len(content) - 6) // 6):
        if struct.unpack_from("<H", content, 4 + 6 * place)[0] in percent:
            marks.percent(row, column + place)


def _formula(content: bytes, marks: Marks, percent: set[int]) -> None:
    row, column, style, kind, error, mark = struct.unpack_from("<3HBxB3xH", content)
    if mark == 0xFFFF:
        if kind == 2:
            marks.error(row, column, ERRORS.get(error, "#VALUE!"))
    elif style in percent:
        marks.percent(row, column)


SAID = {ROW: _row, COLINFO: _columns, BOOLERR: _error, MERGED: _merged}
COUNTED = {NUMBER: _number, RK: _number, MULRK: _numbers, FORMULA: _formula}
"""What reads each kind of record that says something, and of those with a number in them."""
