"""Makes the files that practices, regions and the unkind send: workbooks old and new, open documents, zip bombs."""

import struct
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

Rows = Sequence[Sequence[object]]
ODF_SPACES = {
    **{name: name for name in ("office", "table", "text", "style", "meta")},
    "draw": "drawing",
    "svg": "svg-compatible",
}
"""Prefixes of open documents and what their names end in."""


def xlsx(*sheets: tuple[str, Rows], hidden: str | None = None) -> bytes:
    """A workbook as Excel saves it."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name, rows in sheets:
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
            if name == hidden:
                page.hide()
    return buffer.getvalue()


def merged(rows: Rows, *ranges: tuple[int, int, int, int, str]) -> bytes:
    """A workbook with merged headings: first row, first column, last row, last column, words."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("Ark1")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    page.write(number, column, value)
        for place in ranges:
            page.merge_range(*place)
    return buffer.getvalue()


def commented(rows: Rows, comment: str = "", title: str = "", footer: str = "", left_over: str = "") -> bytes:
    """A workbook with words where no cell shows them."""
    book = openpyxl.Workbook()
    page = book.active
    for row in rows:
        page.append(list(row))
    if comment:
        page["A1"].comment = Comment(comment, "x")
    if footer:
        page.oddFooter.center.text = footer
    book.properties.title = title or None
    buffer = BytesIO()
    book.save(buffer)
    if not left_over:
        return buffer.getvalue()
    parts = unzipped(buffer.getvalue())
    parts["xl/pivotCache/pivotCacheRecords1.xml"] = f'<r><s v="{left_over}"/></r>'.encode()
    return zipped(parts)


def ods(*sheets: tuple[str, Rows], repeated: int = 1) -> bytes:
    """An open document spreadsheet; `repeated` claims that its last cell goes on that many times."""
    pages = []
    for name, rows in sheets:
        lines = []
        for row in rows:
            cells = "".join(_ods_cell(value) for value in row)
            lines.append(f"<table:table-row>{cells}</table:table-row>")
        if repeated > 1:
            many = f'table:number-columns-repeated="{repeated}"'
            cell = f'<table:table-cell {many} office:value-type="float" office:value="1"/>'
            lines.append(f'<table:table-row table:number-rows-repeated="{repeated}">{cell}</table:table-row>')
        pages.append(f'<table:table table:name="{name}">{"".join(lines)}</table:table>')
    return ods_of("".join(pages))


def ods_of(tables: str, styles: str = "", meta: str = "") -> bytes:
    """An open document spreadsheet with these tables, as they stand in its XML."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{prefix}="{space}{name}:1.0"' for prefix, name in ODF_SPACES.items())
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f'<?xml version="1.0"?><office:document-content {spaces}>{body}</office:document-content>'
    manifest = (
        f'<manifest:manifest xmlns:manifest="{space}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": manifest.encode(),
        "content.xml": content.encode(),
    }
    for name, inside in (("styles", styles), ("meta", meta)):
        if inside:
            root = f"office:document-{name}"
            parts[f"{name}.xml"] = f'<?xml version="1.0"?><{root} {spaces}>{inside}</{root}>'.encode()
    return zipped(parts)


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


MEGABYTE = b"x" * 1_000_000
Content = bytes | tuple[bytes, int, bytes]
"""The bytes of a part, or what is before and after that many megabytes."""


def zipped(parts: Mapping[str, Content]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            with archive.open(name, "w", force_zip64=False) as part:
                if isinstance(content, bytes):
                    part.write(content)
                    continue
                before, megabytes, after = content
                part.write(before)
                for _ in range(megabytes):
                    part.write(MEGABYTE)
                part.write(after)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def corner() -> bytes:
    """A few kilobytes with a cell in each far corner of the sheet: 17,000 million cells to a careless reader."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write("A1", 1)
        page.write("XFD1048576", 1)
    return buffer.getvalue()


def string_bomb(megabytes: int) -> bytes:
    """Small when packed: one shared string that unpacks to that many megabytes."""
    parts = unzipped(xlsx(("Ark1", [["x"]] * 200)))
    before, _, after = parts["xl/sharedStrings.xml"].partition(b">x<")
    return zipped(parts | {"xl/sharedStrings.xml": (before + b">", megabytes, b"<" + after)})


def entity_bomb() -> bytes:
    """The billion laughs, as a sheet."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "haha">{entities}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row></sheetData></worksheet>'
    )
    parts = unzipped(xlsx(("Ark1", [["x"]])))
    return zipped(parts | {"xl/worksheets/sheet1.xml": sheet.encode()})


def lying_zip() -> bytes:
    """A workbook whose directory says that a part is small when it is not."""
    data = bytearray(string_bomb(300))
    whole = max(entry.file_size for entry in zipfile.ZipFile(BytesIO(data)).infolist())
    real, said = struct.pack("<I", whole), struct.pack("<I", 1000)
    return bytes(data.replace(real, said))


def xls(*sheets: tuple[str, Rows], streams: Sequence[str] = ("Workbook",), hidden: str | None = None) -> bytes:
    """A workbook of Excel 97–2003: BIFF8 records in a compound file. `streams` names its streams, the first is real."""
    return xls_of(b"", *((name, _biff_cells(rows)) for name, rows in sheets), streams=streams, hidden=hidden)


def xls_of(
    head: bytes,
    *sheets: tuple[str, bytes],
    streams: Sequence[str] = ("Workbook",),
    hidden: str | None = None,
) -> bytes:
    """A workbook of Excel 97–2003 with these records in front of its sheets and in each."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    bodies = [begin + records + record(0x000A, b"") for _, records in sheets]
    names = [_biff_string(name) for name, _ in sheets]
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + head
    size = len(start) + sum(4 + 6 + len(name) for name in names) + 4
    boundaries = b""
    for (title, _), name, body in zip(sheets, names, bodies, strict=True):
        boundaries += record(0x0085, struct.pack("<IBB", size, 1 if title == hidden else 0, 0) + name)
        size += len(body)
    return _compound(start + boundaries + record(0x000A, b"") + b"".join(bodies), streams)


def _biff_cells(rows: Rows) -> bytes:
    body = b""
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, int | float):
                body += record(0x0203, struct.pack("<HHHd", row, column, 0, value))
            elif value is not None:
                body += label(row, column, str(value))
    return body


def label(row: int, column: int, words: str) -> bytes:
    """The record of a text cell."""
    text = words.encode("utf-16-le")
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text)


def _biff_string(name: str) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack("<BB", len(text) // 2, 1) + text


def record(kind: int, data: bytes) -> bytes:
    """One record of an old workbook."""
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes, names: Sequence[str]) -> bytes:
    end, free, fat = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    chain = [fat, end, *range(3, 2 + sectors), end]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    table = b"".join(struct.pack("<I", each) for each in chain).ljust(512, b"\xff")
    entries = [_entry("Root Entry", 5, end, 0, child=1)]
    entries += [
        _entry(name, 2, 2 if n == 0 else end, len(stream) if n == 0 else 0, right=n + 2 if n + 1 < len(names) else None)
        for n, name in enumerate(names)
    ]
    directory = b"".join(entries).ljust(512, b"\0")
    return header + table + directory + stream.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int | None = None, right: int | None = None) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    none = 0xFFFFFFFF
    links = (none, none if right is None else right, none if child is None else child)
    return text.ljust(64, b"\0") + struct.pack("<HBBIII16xI8x8xIII", len(text), kind, 1, *links, 0, start, size, 0)
