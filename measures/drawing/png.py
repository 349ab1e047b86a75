"""Writing a plane of colour numbers as a PNG: few colours, no metadata, quick.

Packing blank paper takes as long as packing words. So the rows are packed in bands: blank ones come ready-made, and so
do the short ones that every picture of a cluster has, such as its title. A band is known by its bytes alone.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from measures.drawing.palette import COLOURS, rgb

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Plane = NDArray[np.uint8]

LEVELS = (3, 7, 9)
"""Of compression: the first that makes a picture small enough. 3 is quicker than 4 and
still fits everyday pictures; 9 takes ten times as long for a tenth less."""
LARGEST = 16 * 1024
"""Bytes that a picture should keep to."""
HALF_BYTE = 16
"""So many colours take half a byte a pixel."""
BLANK_ROWS, FEW_ROWS = 6, 64
"""How many rows a blank band must have to be worth a part of its own, and one may have to be remembered."""
BEGIN, END = b"\x78\x5e", b"\x03\x00"
"""The head of a zlib stream, and its last, empty block."""


def encode(plane: Plane) -> bytes:
    """Colour numbers (height × width) as a palette PNG. Everyday pictures all have the same table of colours."""
    import numpy as np

    known: tuple[str, ...] = COLOURS[:HALF_BYTE]
    if int(plane.max()) >= HALF_BYTE:
        used = np.unique(plane)
        known = COLOURS
        if len(used) <= HALF_BYTE:
            known = tuple(COLOURS[number] for number in used)
            plane = np.searchsorted(used, plane).astype(np.uint8)
    height, width = plane.shape
    halved = width % 2 == 0 and len(known) <= HALF_BYTE
    for level in LEVELS:
        data = _stream(plane, level, halved=halved)
        if len(data) < LARGEST - 200:
            break
    table = bytes(part for colour in known for part in rgb(colour))
    head = struct.pack(">IIBBBBB", width, height, 4 if halved else 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", table), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _stream(plane: Plane, level: int, *, halved: bool) -> bytes:
    """The zlib stream of all rows, put together from bands, with the checksum of the whole."""
    parts, check = [BEGIN], 1
    wide = 1 + (plane.shape[1] // 2 if halved else plane.shape[1])
    for start, end, blank in _bands(plane):
        if blank:
            rows = _paper(end - start, wide)
            parts.append(_blank(end - start, wide))
        else:
            rows = _rows(plane[start:end], halved=halved)
            parts.append(_common(rows, level) if end - start <= FEW_ROWS else _packed(rows, level))
        check = zlib.adler32(rows, check)
    return b"".join((*parts, END, struct.pack(">I", check)))


def _bands(plane: Plane) -> Iterator[tuple[int, int, bool]]:
    """First row, row after the last, and whether there is nothing in between; short gaps belong to what is around."""
    import numpy as np

    written = np.asarray(plane.any(axis=1))
    edges = [0, *(np.flatnonzero(np.diff(written)) + 1).tolist(), len(plane)]
    open_at = None
    for start, end in pairwise(edges):
        if written[start] or end - start < BLANK_ROWS:
            open_at = start if open_at is None else open_at
            continue
        if open_at is not None:
            yield open_at, start, False
            open_at = None
        yield start, end, True
    if open_at is not None:
        yield open_at, len(plane), False


def _rows(part: Plane, *, halved: bool) -> bytes:
    """Rows as a PNG has them: a zero for "as they are", then the pixels, two a byte where they are few enough."""
    import numpy as np

    tall, wide = part.shape
    rows = np.zeros((tall, 1 + (wide // 2 if halved else wide)), np.uint8)
    if halved:
        pairs = part.view("<u2")
        packed = pairs << 4
        packed |= pairs >> 8
        rows[:, 1:] = packed
    else:
        rows[:, 1:] = part
    return rows.tobytes()


def _packed(rows: bytes, level: int) -> bytes:
    """Part of a deflate stream that looks back at nothing before it and ends on a whole byte."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, 8)
    return packer.compress(rows) + packer.flush(zlib.Z_SYNC_FLUSH)


@lru_cache(48)
def _common(rows: bytes, level: int) -> bytes:
    return _packed(rows, level)


@lru_cache(64)
def _paper(tall: int, wide: int) -> bytes:
    return bytes(tall * wide)


@lru_cache(256)
def _blank(tall: int, wide: int) -> bytes:
    return _packed(bytes(tall * wide), 9)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
