"""Writing a plane of colour numbers as a PNG: few colours, no metadata, quick. Pillow packs it.

Pillow tries five filters on every row that holds two pixels a byte, which takes longer than packing and makes pictures
like these larger. So it is given the bytes of such rows as the pixels of a picture half as wide, which it packs as they
are, and the head of the file says what they mean.
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING

from measures.drawing.palette import COLOURS, rgb

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Plane = NDArray[np.uint8]

LEVELS = (3, 5, 9)
"""Of compression: the first that makes a picture small enough. 3 fits everyday pictures; 9 takes ten times as long for
a tenth less."""
LARGEST = 16 * 1024
"""Bytes that a picture should keep to."""
HALF_BYTE = 16
"""This many colours take half a byte a pixel."""
ROWS = 64


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
    head = struct.pack(">IIBBBBB", width, height, 4 if halved else 8, 3, 0, 0, 0)
    table = bytes(part for colour in known for part in rgb(colour))
    rows = _paired(plane) if halved else plane
    for level in LEVELS:
        written = _written(rows, level, head, table)
        if len(written) <= LARGEST:
            break
    return written


def _paired(plane: Plane) -> Plane:
    """Two pixels a byte, the left one in the upper half; some rows at a time, which stay near the processor."""
    import numpy as np

    pairs = plane.view("<u2")
    packed = np.empty(pairs.shape, np.uint8)
    for start in range(0, len(pairs), ROWS):
        part = pairs[start : start + ROWS]
        packed[start : start + ROWS] = part << 4 | part >> 8
    return packed


def _written(rows: Plane, level: int, head: bytes, table: bytes) -> bytes:
    """The file: its head and its colours are ours, everything else is Pillow's."""
    from PIL import Image, PngImagePlugin

    image = Image.fromarray(rows, "P")
    image.putpalette(bytes(3 * 256))  # with fewer colours, Pillow would put several of these pixels into a byte
    ours = {b"IHDR": head, b"PLTE": table}
    file = BytesIO()
    file.write(b"\x89PNG\r\n\x1a\n")
    for name, content, _ in PngImagePlugin.getchunks(image, compress_level=level):
        PngImagePlugin.putchunk(file, name, ours.get(name, content))
    return file.getvalue()
