"""The few colours of our pictures. A picture is a plane of colour numbers; `measures.drawing.png` writes it as a
file."""

from __future__ import annotations

# Okabe–Ito where a colour means something, darkened where text must keep 4.5:1. Marks keep 3:1 against white.
OWN = "#0072B2"
REFERENCE = "#00704F"
SECOND = "#B34F00"
TEXT = "#1F1F1F"
FAINT_TEXT = "#595959"
OTHERS = "#6E6E6E"
GRID = "#E2E2E2"
WHITE = "#FFFFFF"
PALE_OWN = "#A6CEE3"
PALE_SECOND = "#F3C79B"
PALE = "#E4EFF7"

COLOURS = (
    *(WHITE, GRID, "#D0D0D0", "#ADADAD", OTHERS, FAINT_TEXT, TEXT),
    *("#AAD0E5", "#55A1CC", OWN),
    *("#AACFC4", "#559F8A", REFERENCE),
    *(PALE_OWN, PALE),
    *("#E5C4AA", "#CC8A55", SECOND, PALE_SECOND),
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
    PALE_OWN: (0, 13, 13),
    PALE: (0, 14, 14),
    SECOND: (0, 15, 17),
    PALE_SECOND: (0, 18, 18),
}
"""A colour's shades for smooth edges, from nothing to full."""


def rgb(colour: str) -> tuple[int, int, int]:
    """`#0072B2` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def over(ground: str, colour: str) -> tuple[int, int, int]:
    """A colour's shades on a coloured ground."""
    full = RAMPS[colour][-1]
    return 0, RAMPS[ground][1] if full == 0 else full, full
