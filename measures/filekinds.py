"""What kind of file is this? Judged by its content; the name only helps to say it kindly."""

from __future__ import annotations

import re

TEXT, XLSX, ODS, XLS = "text", "xlsx", "ods", "xls"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What every file of the older Office programs begins with, and newer ones that are locked with a password."""
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "wrong_kind_pdf"),
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
    """`text`, `zip` or `xls` when the content may be a table, else the code of the refusal."""
    if data.startswith(OLE):
        return kind_of_ole(data)
    for magic, code in MAGIC:
        if data.startswith(magic):
            if magic == b"BM" and b"\0" not in data[:64]:
                continue
            return code
    if len(data) > 12 and data[4:8] == b"ftyp":
        return "wrong_kind_image"
    if data.startswith(b"PK"):
        return "zip"
    head = data[:4000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if re.match(rb"<!doctype html|<html|<\?xml[^>]*>\s*<html", head):
        return "wrong_kind_web_page"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "wrong_kind_xml_workbook"
    return TEXT


def kind_of_ole(data: bytes) -> str:
    """What an older Office file holds, by the names of the streams in it."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in data

    if has("EncryptedPackage"):
        return "password"
    if has("_VBA_PROJECT") or has("_VBA_PROJECT_CUR"):
        return "wrong_kind_macros"
    if has("Workbook") or has("Book"):
        return XLS
    return "wrong_kind_document" if has("WordDocument") else "wrong_kind_old_office"


def kind_of_zip(names: list[str]) -> str:
    """`xlsx` or `ods` from the names inside a zip file, else the code of the refusal."""
    lowered = [name.lower() for name in names]
    if any(name.endswith(MACROS) or name.startswith(("basic/", "scripts/")) for name in lowered):
        return "wrong_kind_macros"
    if any(name.startswith("xl/embeddings/") for name in lowered):
        return "wrong_kind_embedded"
    if WORKBOOK in lowered:
        return XLSX
    if "xl/workbook.bin" in lowered:
        return "wrong_kind_binary_workbook"
    if any(name.startswith((WORD, SLIDES)) for name in lowered):
        return "wrong_kind_document"
    if "content.xml" in lowered and "mimetype" in lowered:
        return ODS
    return "wrong_kind_archive"
