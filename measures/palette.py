"""The few colours of our pictures, and writing a picture with just those: small files without metadata."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Okabe–Ito where a colour means something. Marks keep 3:1 against white, text 4.5:1.
OWN = "#0072B2"
REFERENCE = "#00704F"
TEXT = "#1F1F1F"
FAINT_TEXT = "#595959"
OTHERS = "#858585"
GRID = "#E2E2E2"
WHITE = "#FFFFFF"
SHADES = ("#B4B4B4", "#4495C5", "#88B9D9", "#C8DFED", "#44967F", "#88BBAD", "#C8E0DA")
"""Between the colours and white, for smooth edges. In all fewer than 16 colours, so that a pixel takes half a byte."""

COLOURS = (WHITE, GRID, OTHERS, FAINT_TEXT, TEXT, OWN, REFERENCE, *SHADES)


def rgb(colour: str) -> tuple[int, int, int]:
    """`#0072B2` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@cache
def _nearest() -> NDArray[np.uint8]:
    """The nearest colour's number for every colour of 5 bits a channel."""
    import numpy as np

    levels = np.arange(32) * 255 / 31
    cube = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), axis=-1).reshape(-1, 1, 3)
    known = np.array([rgb(colour) for colour in COLOURS], dtype=float)
    nearest: NDArray[np.uint8] = ((cube - known[None]) ** 2).sum(axis=2).argmin(axis=1).astype(np.uint8)
    return nearest


def encode(pixels: Any) -> bytes:
    """RGBA pixels (height × width × 4) as a palette PNG without metadata."""
    import numpy as np
    from PIL import Image

    channels = (np.asarray(pixels)[:, :, :3] >> 3).astype(np.uint16)
    numbers = _nearest()[(channels[:, :, 0] << 10) | (channels[:, :, 1] << 5) | channels[:, :, 2]]
    image = Image.fromarray(numbers)
    image = image.convert("P") if image.mode != "P" else image
    image.putpalette([part for colour in COLOURS for part in rgb(colour)])
    buffer = BytesIO()
    image.save(buffer, "PNG", bits=4, compress_level=6)
    return buffer.getvalue()
