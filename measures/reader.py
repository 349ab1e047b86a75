"""Reads one untrusted file in a process of its own: bytes on standard input, JSON on standard output.

Started by `measures.readers` with an empty environment, often before there is a file. It gives up its means before it
looks at the file: no more memory, time, files, sockets or children than the limits say. When it dies, the file is
refused.
"""

from __future__ import annotations

import codecs
import gc
import json
import os
import resource
import sys
from importlib import import_module
from itertools import chain, islice
from typing import Any

from measures import filekinds
from measures.cpr import has_cpr, is_cpr_cell, may_hold_cpr
from measures.decoding import SINGLE_BYTE, NotText, decode
from measures.delimited import split
from measures.limits import GIVES_WAY, Limits
from measures.patients import is_person, is_records, row_of_patients
from measures.problems import Problem, Refused, Where, column_letter, refuse
from measures.table import Cell, SheetCells, Table
from measures.workbook import open_zip, read_sheets, words_in

ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", *SINGLE_BYTE, "cp437")
"""Every encoding that a file or a zip directory may be in."""
LOADED_LATE = ("python_calamine", "datetime")
"""What is loaded when it is first used; calamine asks for `datetime` at the first date it meets."""
MOST_PLACES = 50
"""How many places of CPR-like numbers are told."""
BESIDE = ("hidden", "hidden_rows", "hidden_columns", "percents", "merged")
"""What the answer tells of a sheet only where there is any."""
LEFTOVERS = "leftovers"
"""Parts that hold the cells' own text among other things: told only when no cell has been."""


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
    beside: dict[str, str] = {}
    if kind == "zip":
        kind, beside = open_zip(data, limits)
        sheets = read_sheets(data, kind, limits)
    elif kind == filekinds.XLS:
        beside = words_in(data, limits)
        sheets = read_sheets(data, kind, limits)
    else:
        sheets, encoding = _text_sheets(data, limits)
    personal = _personal(sheets, beside)
    if personal:
        return Table(kind, (), encoding, tuple(personal[:MOST_PLACES]))
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
    return (SheetCells(None, tuple(map(_cells, rows))),), encoding


def _cells(row: list[str]) -> tuple[Cell, ...]:
    return tuple([cell or None for cell in row]) if "" in row else tuple(row)


def _personal(sheets: tuple[SheetCells, ...], beside: dict[str, str]) -> list[Where]:
    found: list[Where] = []
    for number, sheet in enumerate(sheets, start=1):
        name = speakable(sheet.name, number)
        if sheet.name and has_cpr(sheet.name):
            found.append(Where(name))
        if may_hold_cpr(list(chain.from_iterable(sheet.rows))):
            for row, cells in enumerate(sheet.rows, start=1):
                if may_hold_cpr(cells):
                    columns = (column for column, value in enumerate(cells) if is_cpr_cell(value))
                    found += [Where(name, row, column_letter(column)) for column in islice(columns, MOST_PLACES)]
                if len(found) >= MOST_PLACES:  # nobody is helped by more, and looking takes its time
                    return found
    hidden = [Where(_place(name)) for name, text in beside.items() if has_cpr(text)]
    return found + [where for where in hidden if not found or where.sheet != LEFTOVERS]


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


def _place(name: str) -> str:
    lowered = name.lower()
    if "comment" in lowered:
        return "comments"
    if lowered.startswith(("docprops", "meta.xml", "customxml")):
        return "properties"
    return "drawings" if "drawing" in lowered else LEFTOVERS


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
    if len(set(map(len, sheet.rows))) == 1 and sheet.rows[0]:
        return {"columns": tuple(zip(*sheet.rows, strict=True))}
    return {"rows": sheet.rows}


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
        answer = as_json(read(data, limits))
    except Refused as refused:
        answer = json.dumps(_refusal(refused.problem))
    except (MemoryError, RecursionError):
        answer = json.dumps({"refused": "too_much_inside", "params": {}})
    sys.stdout.buffer.write(answer.encode("utf-8", errors="surrogatepass"))
    sys.stdout.buffer.flush()
    os._exit(0)  # tidying up a million cells would only keep the sender waiting


if __name__ == "__main__":
    main()
