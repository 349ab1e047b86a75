"""Letters: how wide words become, where lines break, and each letter as a small picture that is made only once."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DPI = 100
POINTS = 72 / DPI
"""Points in a pixel."""
LINE_HEIGHT = 1.28
MIDDLE = 0.365
"""From the baseline up to the middle of a capital letter, in sizes."""
FAMILY = "DejaVu Sans"
FACES = {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
GLUE = re.compile(r"(?<=pr\.) (?=\d)|(?<=per) (?=\d)|(?<=\d) (?=%)| (?=[–·])")
UNKNOWN = "□"
LEVELS = 2
"""Shades of a pixel besides none: half and full."""
SHARP = 2
"""Only pixels near half covered become half shades; the rest are decided. Crisp, and a tenth fewer bytes."""


class Glyph(NamedTuple):
    """A letter's pixels as shades, where they lie from the pen (right, up), and how far the pen moves on."""

    shades: NDArray[np.uint8]
    right: int
    up: int
    advance: float


@cache
def face_file(weight: str) -> str:
    """The font file that comes with matplotlib, so that every machine draws the same."""
    from matplotlib import get_data_path

    return str(Path(get_data_path(), "fonts", "ttf", FACES[weight]))


@cache
def _face(weight: str) -> Any:
    from matplotlib.ft2font import FT2Font

    return FT2Font(face_file(weight))


@lru_cache(512)
def known(said: str) -> str:
    """The words in letters that the font has: a small picture in a practice's name becomes an empty box."""
    return "".join(map(_known, unicodedata.normalize("NFC", said)))


@lru_cache(1024)
def _known(sign: str) -> str:
    """One sign as it can be drawn: there are few of them, so the font is asked once for each."""
    if unicodedata.category(sign) in {"Cc", "Cf", "Mn"}:
        return ""
    return sign if sign == "\u00a0" or _face("normal").get_char_index(ord(sign)) else UNKNOWN


def shaded(covered: NDArray[np.floating[Any]]) -> NDArray[np.uint8]:
    """How much of each pixel is covered (0–1), as shades from none to `LEVELS`."""
    import numpy as np

    decided = np.clip((covered - 0.5) * SHARP + 0.5, 0, 1)
    shades: NDArray[np.uint8] = np.rint(decided * LEVELS).astype(np.uint8)
    return shades


@lru_cache(2048)
def letter(sign: str, size: float, weight: str) -> Glyph:
    """One letter of a size in pixels. There are few of them, so they stay; words come and go."""
    import numpy as np
    from matplotlib.ft2font import LoadFlags

    face = _face(weight)
    face.set_size(size * POINTS, DPI)
    glyph = face.load_char(ord(sign), flags=LoadFlags.DEFAULT)
    left, low, right, high = glyph.bbox
    up, start = -(-high // 64), left // 64
    image = np.zeros((up - low // 64, -(-right // 64) - start + 1), np.uint8)
    if high > low:
        face.draw_glyph_to_bitmap(image, -start, 0, glyph, antialiased=True)
    return Glyph(shaded(image / 255), start, up, glyph.linearHoriAdvance / 65536)


@lru_cache(512)
def _advance(sign: str, weight: str) -> float:
    """How far a letter moves the pen, in sizes."""
    from matplotlib.ft2font import LoadFlags

    face = _face(weight)
    face.set_size(100 * POINTS, DPI)
    return float(face.load_char(ord(sign), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100


@lru_cache(2048)
def width(said: str, size: float, weight: str = "normal") -> float:
    """How wide the words become, in the unit of the size."""
    return size * sum(_advance(sign, weight) for sign in known(said))


def wrap(said: str, size: float, room: float, weight: str = "normal") -> list[str]:
    """The words in lines no wider than `room`; a number keeps its unit, and no line begins with a dash."""
    lines: list[str] = []
    filled = 0.0
    space = width(" ", size, weight)
    for word in (part for whole in GLUE.sub("\u00a0", said).split(" ") for part in _cut(whole, size, room, weight)):
        wide = width(word, size, weight)
        if lines and filled + space + wide <= room:
            lines[-1] += f" {word}"
            filled += space + wide
        else:
            lines.append(word)
            filled = wide
    return lines


def _cut(word: str, size: float, room: float, weight: str) -> list[str]:
    """A word wider than the room, in pieces that fit."""
    pieces = []
    while width(word, size, weight) > room and len(word) > 1:
        fits = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width(word[:n] + "-", size, weight) <= room)
        pieces.append(word[:fits] + "-")
        word = word[fits:]
    return [*pieces, word]
