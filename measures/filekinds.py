"""What kind of file is this? Judged by its content; the name only helps to say it kindly."""

from __future__ import annotations

import re

TEXT, XLSX, ODS = "text", "xlsx", "ods"
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "wrong_kind_pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "wrong_kind_old_office"),
    (b"\x89PNG", "wrong_kind_image"),
    (b"\xff\xd8\xff", "wrong_kind_image"),
    (b"GIF8", "wrong_kind_image"),
    (b"BM", "wrong_kind_image"),
    (b"II*\0", "wrong_kind_image"),
    (b"MM\0*", "wrong_kind_image"),
    (b"{\\rtf", "wrong_kind_document"),
    (b"7z\xbc\xaf", "wrong_kind_archive"),
    (b"Rar!", "wrong_kind_archive"),
    (b"\x1f\x8b", "wrong_kind_archive"),
    (b"MZ", "wrong_kind_other"),
)
WORKBOOK, MACROS, WORD, SLIDES = "xl/workbook.xml", "vbaproject.bin", "word/", "ppt/"


def kind_of(data: bytes) -> str:
    """`text` or `zip` when the content may be a table, else the code of the refusal."""
    for magic, code in MAGIC:
        if data.startswith(magic):
            if magic == b"BM" and b"\0" not in data[:64]:
                continue
            return code
    if len(data) > 12 and data[4:8] == b"ftyp":
        return "wrong_kind_image"
    if data.startswith(b"PK"):
        return "zip"
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if re.match(rb"<!doctype html|<html|<\?xml[^>]*>\s*<html", head):
        return "wrong_kind_web_page"
    return TEXT


def kind_of_zip(names: list[str]) -> str:
    """`xlsx` or `ods` from the names inside a zip file, else the code of the refusal."""
    lowered = [name.lower() for name in names]
    if any(name.endswith(MACROS) for name in lowered):
        return "wrong_kind_macros"
    if WORKBOOK in lowered:
        return XLSX
    if "xl/workbook.bin" in lowered:
        return "wrong_kind_binary_workbook"
    if any(name.startswith((WORD, SLIDES)) for name in lowered):
        return "wrong_kind_document"
    if "content.xml" in lowered and "mimetype" in lowered:
        return ODS
    return "wrong_kind_archive"
