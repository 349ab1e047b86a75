"""A code holds the address that it was made of, module by module, with the white border that readers need."""

from __future__ import annotations

from io import BytesIO

import segno
from PIL import Image

from measures.drawing.codes import BORDER, SCALE, qr_png

ADDRESS = "https://slack.com/app_redirect?app=A0123456789&team=T0123456789"


def test_picture_is_the_code_of_the_address_with_its_border():
    picture = Image.open(BytesIO(qr_png(ADDRESS))).convert("L")
    modules = [list(row) for row in segno.make(ADDRESS, micro=False, error="q").matrix]
    side = len(modules) + 2 * BORDER
    assert picture.size == (side * SCALE, side * SCALE)

    def is_black(row: int, column: int) -> bool:
        return picture.getpixel((column * SCALE + SCALE // 2, row * SCALE + SCALE // 2)) == 0

    seen = [[is_black(r + BORDER, c + BORDER) for c in range(len(modules))] for r in range(len(modules))]
    assert seen == [[bool(module) for module in row] for row in modules]
    assert not any(is_black(r, c) for r in range(BORDER) for c in range(side))


def test_picture_is_small_enough_to_be_sent_at_once():
    assert len(qr_png(ADDRESS)) < 10_000
