"""Takes in a file that a member sent. The bytes are opened only by `measures.reading.reader`, in a process that may
die."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from weakref import WeakKeyDictionary

from measures.reading.limits import MIB, Limits
from measures.reading.problems import Level, Problem, Refused, Where, refuse
from measures.reading.readers import RESERVE, ReadingProcess
from measures.reading.table import SheetCells, Table, unpacked
from measures.shares import Shares

CROWD = 2
"""How many files are read at the same time; the rest wait."""
SPANS = ("hidden_rows", "hidden_columns", "percents", "merged")
_gates: WeakKeyDictionary[asyncio.AbstractEventLoop, Shares] = WeakKeyDictionary()


def read_table(data: bytes, name: str, limits: Limits | None = None) -> Table:
    """The table in a file; raises Refused when there is none that can be used. Blocks for up to `limits.seconds`.

    `name` is the file's name as the sender gave it; only its ending is looked at, and it is never passed on.
    """
    limits = limits or Limits()
    _look_from_outside(data, name, limits)
    return _from(ReadingProcess(), data, limits)


async def read_file(data: bytes, name: str, limits: Limits | None = None) -> Table:
    """As `read_table`, without holding up the event loop."""
    limits = limits or Limits()
    _look_from_outside(data, name, limits)
    async with _gate().turn():
        reader = RESERVE.take()
        try:
            return await asyncio.to_thread(_from, reader, data, limits)
        except asyncio.CancelledError:
            reader.kill()
            raise
        finally:
            asyncio.get_running_loop().call_soon(RESERVE.refill)  # after this file's answer, before the next file


def _from(reader: ReadingProcess, data: bytes, limits: Limits) -> Table:
    try:
        returncode, output = reader.read(data, limits.seconds, limits.told)
    except TimeoutError as error:
        raise refuse("too_slow") from error
    except OverflowError as error:
        raise refuse("too_much_inside") from error
    return _understand(returncode, output)


def _gate() -> Shares:
    """One gate for each event loop, so that a whole cluster that answers at once doesn't fill the memory."""
    return _gates.setdefault(asyncio.get_running_loop(), Shares(CROWD))


def _look_from_outside(data: bytes, name: str, limits: Limits) -> None:
    """What needs no opening: the size, and endings that no table has."""
    if not data:
        raise refuse("empty_file")
    if len(data) > limits.bytes:
        raise refuse("too_big", most=limits.bytes // MIB)
    if name.lower().endswith((".xlsm", ".xltm", ".xlam")):
        raise refuse("wrong_kind_macros")


def _understand(returncode: int, output: bytes) -> Table:
    if returncode != 0:
        raise refuse("hostile_file")
    told = json.loads(output.decode("utf-8", errors="surrogatepass"))
    if "refused" in told:
        where = Where(*told["where"]) if "where" in told else None
        raise Refused(Problem(told["refused"], Level.BLOCK, where, params=told["params"]))
    return _table(told)


def _table(told: dict[str, Any]) -> Table:
    suspicion = told.get("suspicion")
    return Table(
        told["kind"],
        tuple(map(_sheet, told["sheets"])),
        told["encoding"],
        tuple(Where(*place) for place in told["personal"]),
        (suspicion[0], Where(suspicion[1], suspicion[2])) if suspicion else None,
    )


def _sheet(told: dict[str, Any]) -> SheetCells:
    by_columns = "columns" in told
    rows = tuple(zip(*map(unpacked, told["columns"]), strict=True)) if by_columns else tuple(map(tuple, told["rows"]))
    spans: dict[str, Any] = {name: tuple(map(tuple, told.get(name, ()))) for name in SPANS}
    return SheetCells(told["name"], rows, told.get("hidden", False), **spans)


__all__ = ["Limits", "Refused", "read_file", "read_table"]
