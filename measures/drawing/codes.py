"""Codes that telephones read: a square of black and white that holds an address."""

from __future__ import annotations

from io import BytesIO

BORDER, SCALE = 4, 12
"""Modules around it, as the standard asks for; pixels of one, so that it is read from the last row."""


def qr_png(text: str) -> bytes:
    """A QR code as a picture; a quarter of it may be covered."""
    import segno

    drawn = BytesIO()
    segno.make(text, micro=False, error="q").save(drawn, kind="png", scale=SCALE, border=BORDER)
    return drawn.getvalue()
