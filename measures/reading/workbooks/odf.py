"""What the sheets of an .ods workbook say beside their cells' values. Runs only inside the limited reader."""

from __future__ import annotations

import re
from xml.parsers import expat

from measures.reading.problems import refuse
from measures.reading.workbooks.marks import Marks

TELLING = re.compile(
    rb'visibility=["\'](?:collapse|filter)|["\']percentage["\']|["\']error["\']|-spanned=|:formula=|visibility:|Err:\d'
)
"""Without any of these a sheet says nothing beside its cells, and isn't gone through."""
SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE = SPACE + "table:1.0 ", SPACE + "office:1.0 "
ERROR_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}
FURTHEST = 1 << 20
"""No spreadsheet has more rows or columns."""


def marks_of(content: bytes) -> dict[str, Marks]:
    """The marks of each sheet by the sheet's name, from the part `content.xml`. Raises expat.ExpatError."""
    if not TELLING.search(content):
        return {}
    walk = _Walk()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    parser.Parse(content, True)
    return walk.found


class _Walk:
    """Goes through the sheets and counts where it is."""

    def __init__(self) -> None:
        self.found: dict[str, Marks] = {}
        self._marks = Marks()
        self._depth = 0
        self._row = self._column = self._next_row = self._next_column = 0
        self._words: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == TABLE + "table":
            self._depth += 1
            if self._depth == 1:
                self._marks = self.found.setdefault(attributes.get(TABLE + "name", ""), Marks())
                self._row = self._column = self._next_row = self._next_column = 0
        elif self._depth != 1:
            return
        elif name == TABLE + "table-column":
            last = self._next_column + _times(attributes, "number-columns-repeated") - 1
            if _is_hidden(attributes):
                self._marks.hide_columns(self._next_column, last)
            self._next_column = last + 1
        elif name == TABLE + "table-row":
            self._row, self._next_column = self._next_row, 0
            self._next_row += _times(attributes, "number-rows-repeated")
            if _is_hidden(attributes):
                self._marks.hide_rows(self._row, self._next_row - 1)
        elif name in CELLS:
            self._column = self._next_column
            self._next_column += _times(attributes, "number-columns-repeated")
            self._cell(attributes)

    def end(self, name: str) -> None:
        if name == TABLE + "table":
            self._depth -= 1
        elif name in CELLS and self._words is not None and self._depth == 1:
            self._marks.error(self._row, self._column, "".join(self._words).strip() or "#VALUE!")
            self._words = None

    def text(self, words: str) -> None:
        if self._words is not None:
            self._words.append(words)

    def _cell(self, attributes: dict[str, str]) -> None:
        kind = attributes.get(OFFICE + "value-type")
        high, wide = _times(attributes, "number-rows-spanned"), _times(attributes, "number-columns-spanned")
        if high > 1 or wide > 1:
            self._marks.merge((self._row, self._column, self._row + high - 1, self._column + wide - 1))
        if attributes.get(ERROR_TYPE) == "error":
            self._words = []
        elif TABLE + "formula" in attributes and kind is None:
            self._marks.not_counted(self._row, self._column)
        elif kind == "percentage":
            for column in range(self._column, min(self._next_column, self._column + 100)):
                self._marks.percent(self._row, column, self._next_row - 1)


def _times(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(TABLE + name, "1")
    if not said.isascii() or not said.isdigit() or int(said[:9]) > FURTHEST:
        raise refuse("broken_file")
    return max(1, int(said))


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get(TABLE + "visibility") in {"collapse", "filter"}
