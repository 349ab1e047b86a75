"""The few colours of our pictures, and writing a picture with just those: small files without metadata.

A picture is a plane of colour numbers. The table of colours is the same for every picture, so it tells nothing.
"""

from __future__ import annotations

import struct
import zlib
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
    data = b""
    for level in LEVELS:
        packer = zlib.compressobj(level, zlib.DEFLATED, 15, 8)
        data = packer.compress(rows.data) + packer.flush()
        if len(data) < LARGEST - 200:
            break
    return data


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
