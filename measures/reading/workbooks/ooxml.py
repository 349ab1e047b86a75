"""What the sheets of an .xlsx workbook say beside their cells' values. Runs only inside the limited reader.

The parts are gone through as text, a piece at a time: most of a long sheet says nothing, and is passed over quickly.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import join, normpath
from xml.etree import ElementTree

from measures.reading.problems import refuse
from measures.reading.workbooks import words_beside
from measures.reading.workbooks.marks import Marks

PIECE = 1 << 20
LONGEST_ROW = 1 << 24
PERCENT_FORMATS = {9, 10}
"""The number formats 0% and 0.00%, which every workbook knows by these numbers."""
NOT_SHOWN_AS_WRITTEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Of a number format: words in quotes, escaped signs, padding, colours."""
WORKBOOK = "xl/workbook.xml"
REFERENCE = re.compile(rb'\br=["\']([A-Z]*)(\d+)["\']')
STYLE, TYPE = re.compile(rb'\bs=["\'](\d+)["\']'), re.compile(rb'\bt=["\'](\w+)["\']')
TRUE = rb'=["\'](?:1|true)["\']'
NOTHING = rb'=["\']0(?:\.0*)?["\']'
HIDDEN_ROW = re.compile(rb"\bhidden" + TRUE + rb"|\bht" + NOTHING)
HIDDEN_COLUMN = re.compile(rb"\bhidden" + TRUE + rb"|\bwidth" + NOTHING)
BOUND = re.compile(rb'\b(min|max)=["\'](\d+)["\']')
MERGED = re.compile(rb'<[\w.:-]*mergeCell\b[^>]*?\bref=["\']([A-Z]+)(\d+):([A-Z]+)(\d+)["\']')
ERRORS = (b't="e"', b"t='e'")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The tags of one sheet, which all begin with the same prefix, most often none."""

    tag: bytes
    token: re.Pattern[bytes]
    row: re.Pattern[bytes]
    column: re.Pattern[bytes]
    value: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    uncounted: re.Pattern[bytes]
    percent: re.Pattern[bytes] | None


def marks_of(archive: zipfile.ZipFile) -> tuple[dict[str, Marks], list[str]]:
    """The marks of each sheet by the sheet's name, and the parts that hold sheets.

    Raises what `zipfile` and `ElementTree` raise on a broken file.
    """
    names = {name.lower(): name for name in archive.namelist()}
    percent = _percent_styles(archive, names)
    parts = {sheet: part for sheet, part in sheets_of(archive, names).items() if part in names}
    found = {sheet: _marks(_pieces(archive, names[part]), percent) for sheet, part in parts.items()}
    return found, list(parts.values())


def sheets_of(archive: zipfile.ZipFile, names: Mapping[str, str]) -> dict[str, str]:
    """The part, in small letters, that holds each sheet."""
    parts: dict[str, str] = {}
    relations = names.get("xl/_rels/workbook.xml.rels")
    if relations is None:
        return {}
    for relation in ElementTree.fromstring(archive.read(relations)):  # noqa: S314 - expat bounds what entities become
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        parts[relation.get("Id", "")] = path.lower()
    found = {}
    for element in ElementTree.fromstring(archive.read(names[WORKBOOK])).iter():  # noqa: S314
        if element.tag.rpartition("}")[2] == "sheet":
            target = next((value for key, value in element.items() if key.endswith("}id")), "")
            found[element.get("name", "")] = parts.get(target, "")
    return found


def _percent_styles(archive: zipfile.ZipFile, names: dict[str, str]) -> list[int]:
    """The cell formats, by their place, that show a number in per cent."""
    part = names.get("xl/styles.xml")
    if part is None:
        return []
    shown, places = set(PERCENT_FORMATS), []
    for element in ElementTree.fromstring(archive.read(part)):  # noqa: S314
        kind = element.tag.rpartition("}")[2]
        if kind == "numFmts":
            shown |= {
                int(each.get("numFmtId", "0"))
                for each in element
                if "%" in NOT_SHOWN_AS_WRITTEN.sub("", each.get("formatCode", ""))
            }
        elif kind == "cellXfs":
            places = [place for place, each in enumerate(element) if int(each.get("numFmtId", "0")) in shown]
    return places


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The part, piece by piece, each ending right before a row."""
    with archive.open(name) as part:
        rest, tag = b"", b"<row"
        first = True
        while piece := part.read(PIECE):
            rest += piece
            if first:
                tag, first = b"<" + _prefix(rest) + b"row", False
            if len(rest) > LONGEST_ROW:
                raise refuse("too_much_inside")
            cut = max(blank := rest.rfind(tag + b" "), rest.rfind(tag + b">", max(blank, 0)))
            if cut > 0:
                yield rest[:cut]
                rest = rest[cut:]
        yield rest


def _prefix(start: bytes) -> bytes:
    match = re.search(rb"<([\w.-]+:)?worksheet\b", start)
    return (match.group(1) or b"") if match else b""


def _patterns(start: bytes, percent: list[int]) -> _Patterns:
    tag = re.escape(_prefix(start))
    styles = b"|".join(b"%d" % place for place in percent)
    end = rb"</" + tag + rb"c>"
    return _Patterns(
        _prefix(start),
        re.compile(rb"<" + tag + rb"(?:row\b([^>]*)|c\b(?:([^>]*?)/>|([^>]*)>(.*?)" + end + rb"))", re.DOTALL),
        re.compile(rb"<" + tag + rb"row\b[^>]*"),
        re.compile(rb"<" + tag + rb"col\b[^>]*"),
        re.compile(rb"<" + tag + rb"v\b[^>]*>([^<]+)<"),
        re.compile(rb"<" + tag + rb"f\b"),
        re.compile(
            rb"(?:</" + tag + rb"f>|<" + tag + rb"f\b[^>]*/>)\s*"
            rb"(?:<" + tag + rb"v\s*/>|<" + tag + rb"v>\s*</" + tag + rb"v>)?\s*" + end
        ),
        re.compile(rb"<" + tag + rb"c\b[^>]*\bs=[\"'](?:" + styles + rb")[\"']") if percent else None,
    )


def _marks(pieces: Iterator[bytes], percent: list[int]) -> Marks:
    marks, row, patterns, ended = Marks(), -1, None, False
    for piece in pieces:
        if patterns is None:
            patterns = _patterns(piece, percent)
            _columns(piece, patterns, marks)
            marks.around.append(piece.partition(b"<" + patterns.tag + b"sheetData")[0])
        if _says(piece, b"<" + patterns.tag + b"f", b"f"):
            marks.formulas.append(words_beside.formulas(piece))
        end = b"</" + patterns.tag + b"sheetData>"
        if ended or _says(piece, end, b"h"):
            marks.around.append(piece.partition(end)[2] if end in piece else piece)
            ended = True
        for match in MERGED.finditer(piece) if _says(piece, b"mergeCell", b"g") else ():
            first, top, last, bottom = match.groups()
            marks.merge((int(top) - 1, _column(first), int(bottom) - 1, _column(last)))
        row = (
            _rows(piece, patterns, marks, frozenset(percent), row)
            if _tells(piece, patterns)
            else _last(piece, patterns, row)
        )
    return marks


def _columns(start: bytes, patterns: _Patterns, marks: Marks) -> None:
    head, _, _ = start.partition(b"<" + patterns.tag + b"sheetData")
    for match in patterns.column.finditer(head):
        if HIDDEN_COLUMN.search(match.group()):
            bounds = {key: int(value) for key, value in BOUND.findall(match.group())}
            if len(bounds) == 2:
                marks.hide_columns(bounds[b"min"] - 1, bounds[b"max"] - 1)


def _says(piece: bytes, word: bytes, sign: bytes) -> bool:
    """Whether a word is in the piece. A sign of it that few pieces hold is looked for first: that takes no time."""
    return sign in piece and word in piece


def _tells(piece: bytes, patterns: _Patterns) -> bool:
    """Whether anything in this piece is worth going through it cell by cell. The first looks are the quickest."""
    return (
        (any(_says(piece, word, b"h") for word in (b" hidden=", b" ht=")) and HIDDEN_ROW.search(piece) is not None)
        or any(_says(piece, mark, b"e") for mark in ERRORS)
        or (patterns.percent is not None and patterns.percent.search(piece) is not None)
        or (_says(piece, b"<" + patterns.tag + b"f", b"f") and patterns.uncounted.search(piece) is not None)
    )


def _last(piece: bytes, patterns: _Patterns, row: int) -> int:
    """The number of the last row in the piece: as it says, or as many rows further."""
    at = piece.rfind(b"<" + patterns.tag + b"row")
    match = patterns.row.match(piece, at) if at >= 0 else None
    if match and (said := REFERENCE.search(match.group())):
        return int(said.group(2)) - 1
    return row + len(patterns.row.findall(piece))


def _rows(piece: bytes, patterns: _Patterns, marks: Marks, percent: frozenset[int], row: int) -> int:
    column = -1
    for match in patterns.token.finditer(piece):
        of_row, alone, of_cell, content = match.groups()
        if of_row is not None:
            said = REFERENCE.search(of_row)
            row, column = int(said.group(2)) - 1 if said else row + 1, -1
            if HIDDEN_ROW.search(of_row):
                marks.hide_rows(row, row)
            continue
        attributes = alone if of_cell is None else of_cell
        said = REFERENCE.search(attributes)
        column = _column(said.group(1)) if said else column + 1
        if content is not None:
            _cell(attributes, content, patterns, marks, percent, (row, column))
    return row


def _cell(
    attributes: bytes,
    content: bytes,
    patterns: _Patterns,
    marks: Marks,
    percent: frozenset[int],
    place: tuple[int, int],
) -> None:
    kind, value = TYPE.search(attributes), patterns.value.search(content)
    if kind and kind.group(1) == b"e":
        marks.error(*place, value.group(1).decode("utf-8", errors="replace") if value else "#VALUE!")
    elif patterns.formula.search(content) and not value and not (kind and kind.group(1) == b"str"):
        marks.not_counted(*place)
    elif percent and value and (style := STYLE.search(attributes)) and int(style.group(1)) in percent:
        marks.percent(*place)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
