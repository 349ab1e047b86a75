"""Reads one untrusted file in a process of its own: bytes on standard input, JSON on standard output.

Started by `measures.reading.readers` with an empty environment, often before there is a file. It gives up its means
before it looks at the file: no more memory, time, files, sockets or children than the limits say. When it dies, the
file is refused.
"""

from __future__ import annotations

import codecs
import gc
import json
import os
import resource
import sys
from dataclasses import replace
from importlib import import_module
from typing import Any

from measures.reading import filekinds
from measures.reading.cpr import find, has_cpr, is_cpr_cell, readings_of
from measures.reading.decoding import SINGLE_BYTE, NotText, decode
from measures.reading.delimited import split
from measures.reading.filekinds import TEXT
from measures.reading.limits import GIVES_WAY, Limits
from measures.reading.patients import is_person, is_records, row_of_patients
from measures.reading.personal import MOST_PLACES, places_of
from measures.reading.problems import Level, Problem, Refused, Where, column_letter, refuse
from measures.reading.table import Cell, SheetCells, Table, columns_of, packed
from measures.reading.workbooks.words_beside import LEFTOVERS, without_short_numbers
from measures.reading.workbooks.workbook import Book, kind_of_zip, read_book

ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", *SINGLE_BYTE, "cp437")
"""Every encoding that a file or a zip directory may be in."""
LOADED_LATE = ("python_calamine", "datetime")
"""What is loaded when it is first used; calamine asks for `datetime` at the first date it meets."""
BESIDE = ("hidden", "hidden_rows", "hidden_columns", "percents", "merged")
"""What the answer tells of a sheet only where there is any."""


def preload() -> None:
    """Load now what would be loaded when first used: later there are no files to load it from."""
    for name in LOADED_LATE:
        import_module(name)
    for encoding in ENCODINGS:
        codecs.lookup(encoding)


def confine(limits: Limits) -> None:
    """Give up what reading doesn't need."""
    preload()
    os.nice(GIVES_WAY)
    gc.disable()  # a short life; looking for rubbish in a million cells takes longer than reading them
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))


def read(data: bytes, limits: Limits) -> Table:
    """The table in the bytes; raises Refused."""
    if not data.strip():
        raise refuse("empty_file")
    kind = filekinds.kind_of(data)
    if kind.startswith("wrong_kind") or kind == "password":
        raise refuse(kind)
    encoding: str | None = None
    if kind == "zip":
        kind = kind_of_zip(data, limits)
    if kind == TEXT:
        sheets, encoding = _text_sheets(data, limits)
        book = Book(sheets, [])
    else:
        book = read_book(data, kind, limits)
    sheets = book.sheets
    personal = _personal(sheets, book.words)
    if personal:
        return Table(kind, (), encoding, tuple(personal[:MOST_PLACES]))
    if book.uncounted:
        raise Refused(Problem("not_counted", Level.BLOCK, book.uncounted))
    if not any(cell not in (None, "") for sheet in sheets for row in sheet.rows for cell in row):
        raise refuse("empty_file")
    return Table(kind, tuple(sheet for sheet in sheets if sheet.rows), encoding, suspicion=_suspicion(sheets))


def _text_sheets(data: bytes, limits: Limits) -> tuple[tuple[SheetCells, ...], str]:
    try:
        text, encoding = decode(data)
    except NotText as error:
        raise refuse("wrong_kind_other") from error
    rows = split(text, limits.rows, limits.cells)
    if rows is None:
        raise refuse("too_many_rows", most=limits.rows)
    sheet = SheetCells(None, tuple(map(_cells, rows)))
    return (replace(sheet, columns=columns_of(sheet) or ()),), encoding


def _cells(row: list[str]) -> tuple[Cell, ...]:
    return tuple([cell or None for cell in row]) if "" in row else tuple(row)


def _personal(sheets: tuple[SheetCells, ...], words: list[tuple[str, str]]) -> list[Where]:
    found: list[Where] = []
    for number, sheet in enumerate(sheets, start=1):
        name = speakable(sheet.name, number)
        if sheet.name and has_cpr(sheet.name):
            found.append(Where(name))
        found += [Where(name, row + 1, column_letter(column)) for row, column in places_of(sheet)]
        if len(found) >= MOST_PLACES:
            return found
    hidden = {place for place, text in words if (digits := _digits_of_cpr(text)) and digits - _told_by_cells(sheets)}
    return found + [Where(place) for place in sorted(hidden) if not found or place != LEFTOVERS]


def _digits_of_cpr(text: str) -> set[str]:
    """The digits of what looks like a CPR number among words beside the cells."""
    said = ((reading, found) for reading in map(without_short_numbers, readings_of(text)) for found in find(reading))
    return {_digits(reading[found.start : found.end]) for reading, found in said}


def _told_by_cells(sheets: tuple[SheetCells, ...]) -> set[str]:
    """The digits of cells that only look like a CPR number: their copies in other parts are no more than that."""
    cells = (cell for sheet in sheets for row in sheet.rows for cell in row)
    return {_digits(str(cell)) for cell in cells if cell is not None and is_cpr_cell(cell)}


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _suspicion(sheets: tuple[SheetCells, ...]) -> tuple[str, Where] | None:
    for number, sheet in enumerate(sheets, start=1):
        name = speakable(sheet.name, number)
        if is_records(sheet):
            return "plo_format", Where(name)
        row = row_of_patients(sheet)
        if row is not None:
            return "patient_list", Where(name, row + 1)
    return None


def speakable(name: str | None, number: int) -> str | None:
    """A sheet's name as it may be repeated: its place in the row of sheets when the name itself is about a person."""
    return f"#{number}" if name and (has_cpr(name) or is_person(name)) else name


def as_json(table: Table) -> str:
    """The table as text for the pipe."""
    sheets = [{"name": sheet.name, **_beside(sheet), **_cells_of(sheet)} for sheet in table.sheets]
    personal = [[where.sheet, where.row, where.column] for where in table.personal]
    told: dict[str, Any] = {"kind": table.kind, "encoding": table.encoding, "personal": personal, "sheets": sheets}
    if table.suspicion:
        code, where = table.suspicion
        told["suspicion"] = [code, where.sheet, where.row]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _beside(sheet: SheetCells) -> dict[str, Any]:
    """What a sheet says beside its cells; most say nothing."""
    return {name: value for name in BESIDE if (value := getattr(sheet, name))}


def _cells_of(sheet: SheetCells) -> dict[str, Any]:
    """By columns where all rows are equally long: a few long lists are written and read sooner than many short ones."""
    columns = columns_of(sheet)
    return {"rows": sheet.rows} if columns is None else {"columns": tuple(map(packed, columns))}


def _within(answer: str, limits: Limits) -> bytes:
    """The answer for the pipe, unless it is more than anybody wants to hold who isn't confined."""
    told = answer.encode("utf-8", errors="surrogatepass")
    if len(told) > limits.told:
        raise refuse("too_much_inside")
    return told


def _refusal(problem: Problem) -> dict[str, Any]:
    told: dict[str, Any] = {"refused": problem.code, "params": dict(problem.params)}
    if where := problem.where:
        told["where"] = [speakable(where.sheet, 1), where.row, where.column]
    return told


def main() -> None:
    """The child's whole life."""
    limits = Limits()
    confine(limits)
    data = sys.stdin.buffer.read(limits.bytes + 1)
    try:
        answer = _within(as_json(read(data, limits)), limits)
    except Refused as refused:
        answer = json.dumps(_refusal(refused.problem)).encode()
    except (MemoryError, RecursionError):
        answer = json.dumps({"refused": "too_much_inside", "params": {}}).encode()
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)  # tidying up a million cells would only keep the sender waiting


if __name__ == "__main__":
    main()
