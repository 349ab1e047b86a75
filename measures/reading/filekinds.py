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
    (b"OggS", "wrong_kind_recording"),
    (b"fLaC", "wrong_kind_recording"),
    (b"ID3", "wrong_kind_recording"),
    (b"\xff\xfb", "wrong_kind_recording"),
    (b"#!AMR", "wrong_kind_recording"),
    (b"\x1a\x45\xdf\xa3", "wrong_kind_recording"),
    (b"II*\0", "wrong_kind_image"),
    (b"MM\0*", "wrong_kind_image"),
    (b"{\\rtf", "wrong_kind_document"),
    (b"7z\xbc\xaf", "wrong_kind_archive"),
    (b"Rar!", "wrong_kind_archive"),
    (b"\x1f\x8b", "wrong_kind_archive"),
    (b"MZ", "wrong_kind_other"),
)
MADE_OF_LETTERS = {b"BM", b"MZ", b"ID3", b"OggS", b"fLaC"}
"""Beginnings that a heading may have too; then no zero byte follows soon."""
ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
PICTURES = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"crx ")
"""Brands of the container that pictures and recordings share; all others are recordings (m4a, mp4, mov)."""
PAGE = re.compile(
    rb"<!doctype html|<(?:html|head|body|meta|title|style|script|div|table|tbody|thead|tr|td|th|p|span|font|center|br"
    rb"|h[1-6])\b"
)
MAIL = re.compile(
    rb"^(?:received|return-path|delivered-to|x-[\w-]+|from|to|subject|date|message-id|mime-version): ", re.MULTILINE
)
LINK = re.compile(rb"\[internetshortcut\]|\{\s*\"(?:url|doc_id)\"\s*:|https?://\S+\s*\Z")
"""A shortcut to a page (.url, .gsheet), or nothing but an address."""
WORKBOOK, MACROS, WORD, SLIDES = "xl/workbook.xml", "vbaproject.bin", "word/", "ppt/"


def kind_of(data: bytes) -> str:
    """`text`, `zip` or `xls` when the content may be a table, else the code of the refusal."""
    if data.startswith(OLE):
        return kind_of_ole(data)
    for magic, code in MAGIC:
        if data.startswith(magic):
            if magic in MADE_OF_LETTERS and b"\0" not in data[:64]:
                continue
            return code
    if len(data) > 12 and data[4:8] == b"ftyp":
        return "wrong_kind_image" if data[8:12] in PICTURES else "wrong_kind_recording"
    if data.startswith(b"RIFF") and data[8:12] in {b"WAVE", b"AVI ", b"WEBP"}:
        return "wrong_kind_image" if data[8:12] == b"WEBP" else "wrong_kind_recording"
    return "zip" if data.startswith(ZIPS) else _kind_of_text(data)


def _kind_of_text(data: bytes) -> str:
    """What a text is that is no table, by how it begins; also when it is written two bytes a letter."""
    head = data[:8000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if LINK.match(head):
        return "wrong_kind_link"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and head.startswith(b"<?xml"):
        return "wrong_kind_xml_workbook"
    if head.startswith((b"<office:document", b"<?xml")) and b"<office:document" in head:
        return "wrong_kind_flat_document"
    while match := re.match(rb"\s*(?:<!--.*?-->|<\?xml.*?\?>)", head, re.DOTALL):
        head = head[match.end() :].lstrip()
    if PAGE.match(head):
        return "wrong_kind_web_page"
    if MAIL.match(head):
        is_page = head.startswith(b"mime-version") or b"saved by" in head[:200] or b"multipart/related" in head
        return "wrong_kind_web_page" if is_page else "wrong_kind_mail" if len(MAIL.findall(head)) > 1 else TEXT
    return TEXT


def kind_of_ole(data: bytes) -> str:
    """What an older Office file holds, by the names of the streams in it."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in data

    if has("EncryptedPackage"):
        return "password"
    if has("_VBA_PROJECT") or has("_VBA_PROJECT_CUR"):
        return "wrong_kind_macros"
    if has("__properties_version1.0") or has("__nameid_version1.0"):
        return "wrong_kind_mail"
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
    if any(name.endswith(".iwa") or name == "index.zip" for name in lowered):
        return "wrong_kind_numbers"
    return "wrong_kind_archive"
