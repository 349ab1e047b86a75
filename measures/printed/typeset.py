"""Sets a document as a PDF that can be read aloud: headings, order, alternative text, language (PDF/UA-1).

The template is ours and fixed (`printed.typ`); what it sets comes as data and is never read as markup. No date and
nobody's name in it: the same document gives the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, cast

from measures.drawing.letters import FAMILY, face_file
from measures.printed.blocks import Printed

REGIONS = {"da": "DK", "en": "GB"}
STANDARD = "ua-1"


def typeset(document: Printed) -> bytes:
    """The document as PDF; whatever would hinder reading it aloud is an error."""
    told = {**asdict(document), "family": FAMILY, "region": REGIONS.get(document.lang)}
    data = {"printed": json.dumps(told, ensure_ascii=False)}
    made = _compiler().compile(_template(), format="pdf", sys_inputs=data, pdf_standards=[STANDARD])
    return cast(bytes, made)


@cache
def _template() -> bytes:
    return Path(__file__).with_name("printed.typ").read_bytes()


@cache
def _compiler() -> Any:
    """One a process: it keeps the fonts. Those of the machine are left out, so that every machine sets the same."""
    import typst

    folder = str(Path(face_file("normal")).parent)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
