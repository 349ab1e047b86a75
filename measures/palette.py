"""The few colours of our pictures, and writing a picture with just those: small files without metadata.

A picture is a plane of colour numbers. The table of colours is the same for every picture, so it tells nothing.
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Plane = NDArray[np.uint8]

# Okabe–Ito where a colour means something, darkened where text must keep 4.5:1. Marks keep 3:1 against white.
OWN = "#0072B2"
REFERENCE = "#00704F"
SECOND = "#B34F00"
TEXT = "#1F1F1F"
FAINT_TEXT = "#595959"
OTHERS = "#858585"
GRID = "#E2E2E2"
WHITE = "#FFFFFF"
PALE_OWN = "#A6CEE3"
PALE_SECOND = "#F3C79B"
PALE = "#E9F2F8"

COLOURS = (
    *(WHITE, GRID, "#D0D0D0", "#ADADAD", OTHERS, FAINT_TEXT, TEXT),
    *("#AAD0E5", "#55A1CC", OWN),
    *("#AACFC4", "#559F8A", REFERENCE),
    *("#E5C4AA", "#CC8A55", SECOND),
    *(PALE_OWN, PALE_SECOND, PALE),
)
"""Every colour of every picture, in the order of the file. Everyday charts need the first 16: half a byte a pixel."""

RAMPS: dict[str, tuple[int, int, int]] = {
    WHITE: (0, 0, 0),
    GRID: (0, 1, 1),
    OTHERS: (0, 2, 4),
    FAINT_TEXT: (0, 3, 5),
    TEXT: (0, 3, 6),
    OWN: (0, 7, 9),
    REFERENCE: (0, 10, 12),
    SECOND: (0, 13, 15),
    PALE_OWN: (0, 16, 16),
    PALE_SECOND: (0, 17, 17),
    PALE: (0, 18, 18),
}
"""A colour's shades for smooth edges, from nothing to full."""

LEVELS = (4, 7, 9)
"""Of compression: the first that makes a picture small enough. 9 takes ten times as long for a tenth less."""
LARGEST = 16 * 1024
"""Bytes that a picture should keep to."""
HALF_BYTE = 16
BLANK_ROWS, FEW_ROWS = 6, 64
"""How many rows a blank band must have to be worth a part of its own, and one may have to be remembered."""


def rgb(colour: str) -> tuple[int, int, int]:
    """`#0072B2` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def over(ground: str, colour: str) -> tuple[int, int, int]:
    """A colour's shades on a coloured ground."""
    full = RAMPS[colour][-1]
    return 0, RAMPS[ground][1] if full == 0 else full, full


def encode(plane: Plane) -> bytes:
    """Colour numbers (height × width) as a palette PNG without metadata."""
    import numpy as np

    known: tuple[str, ...] = COLOURS[:HALF_BYTE]
    if int(plane.max()) >= HALF_BYTE:
        used = np.unique(plane)
        known = tuple(COLOURS[number] for number in used) if len(used) <= HALF_BYTE else COLOURS
        plane = np.searchsorted(used, plane).astype(np.uint8) if len(used) <= HALF_BYTE else plane
    height, width = plane.shape
    if small := width % 2 == 0 and len(known) <= HALF_BYTE:
        pairs = plane.view("<u2")
        packed = pairs << 4
        packed |= pairs >> 8
        rows = np.zeros((height, 1 + width // 2), np.uint8)
        rows[:, 1:] = packed
    else:
        rows = np.zeros((height, 1 + width), np.uint8)
        rows[:, 1:] = plane
    table = bytes(part for colour in known for part in rgb(colour))
    head = struct.pack(">IIBBBBB", width, height, 4 if small else 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", table), (b"IDAT", _packed(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _packed(rows: Plane) -> bytes:
    """The rows as a zlib stream, at the first level that makes it small enough."""
    data = b""
    for level in LEVELS:
        data = _stream(rows, level)
        if len(data) < LARGEST - 200:
            break
    return data


def _stream(rows: Plane, level: int) -> bytes:
    """A zlib stream put together from bands of rows, each packed by itself.

    Packing blank paper takes as long as packing words, so blank bands come ready-made, and so do the bands that every
    picture of a cluster has. A band is known by its bytes alone.
    """
    import numpy as np

    written = np.asarray(rows.any(axis=1))
    edges = [0, *(np.flatnonzero(np.diff(written)) + 1).tolist(), len(rows)]
    bands: list[tuple[int, int, bool]] = []
    for start, end in pairwise(edges):
        blank = not written[start] and end - start >= BLANK_ROWS
        if bands and not blank and not bands[-1][2]:
            bands[-1] = (bands[-1][0], end, False)
        else:
            bands.append((start, end, blank))
    parts = [b"\x78\x5e"]
    for start, end, blank in bands:
        if blank:
            parts.append(_blank(end - start, rows.shape[1]))
        elif end - start <= FEW_ROWS:
            parts.append(_common(rows[start:end].tobytes(), level))
        else:
            parts.append(_band(rows[start:end].data, level))
    return b"".join((*parts, b"\x03\x00", struct.pack(">I", zlib.adler32(rows.data))))


def _band(data: bytes | memoryview, level: int) -> bytes:
    """Part of a deflate stream that looks back at nothing before it and ends on a whole byte."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, 8)
    return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)


@lru_cache(48)
def _common(data: bytes, level: int) -> bytes:
    return _band(data, level)


@lru_cache(256)
def _blank(rows: int, width: int) -> bytes:
    return _band(bytes(rows * width), 9)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
