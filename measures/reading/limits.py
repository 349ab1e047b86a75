"""How much an uploaded file may ask of us."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024
GIVES_WAY = 10
"""How much less of a short processor the processes that read and draw take than the conversation (Unix niceness)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on one file: its bytes, what it unpacks to, the memory and time of the process that reads it, and how much
    that may tell: a cell that is written once may stand in a workbook a million times.
    """

    bytes: int = 10 * MIB
    unzipped: int = 200 * MIB
    beside: int = 2 * MIB
    entries: int = 2000
    sheets: int = 50
    rows: int = 100_000
    cells: int = 2_000_000
    told: int = 16 * MIB
    memory: int = 512 * MIB
    cpu_seconds: int = 8
    seconds: float = 10.0
