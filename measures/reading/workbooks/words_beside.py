"""The words that a workbook keeps where no cell shows them: comments, formulas, charts, links, names, properties.

Only to be searched for persons, never kept. Words that belong together are put together, whatever runs and entities
they are written in; what stands apart is parted by `APART`, which only a number goes across that a word tells of.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable

from measures.reading.cpr import SHORTEST, has_digits
from measures.reading.cpr_spelled import is_told
from measures.reading.problems import refuse

APART = "¦"
LEFT_OUT = "_"
"""In place of a figure: what no gap goes across, as none goes across the figure."""
LARGEST = 1 << 25
"""A part of a workbook beside its cells that is larger is not gone through, and the file not taken."""
PLACES = (
    ("comments", re.compile(r"comment|persons/")),
    ("charts", re.compile(r"charts?/|^object")),
    ("links", re.compile(r"\.rels$|externallinks|connections|querytables")),
    ("drawings", re.compile(r"drawing|diagrams|\.vml$")),
    ("properties", re.compile(r"^docprops|^meta\.xml|^customxml")),
)
"""What each kind of part is called, the first that fits; anything else is a leftover."""
LEFTOVERS, FORMULAS = "leftovers", "formulas"
SAYS_NOTHING = re.compile(
    r"^\[content_types\]|/theme/|calcchain|^settings\.xml|^manifest|^meta-inf/|printersettings|thumbnail|^_rels/|xl/styles\.xml"
)
WORDY = (".xml", ".vml", ".rels", ".rdf")
NAMED = re.compile(
    r"""(?<![\w.-])(?:[\w.-]+:)?(?:v|name|descr|title|tooltip|display|location|Target|caption|alt|href|text|formula|prompt
    |promptTitle|error|errorTitle|uniqueName|author|userName|displayName|value|string-value|condition|target-range-address
    |cell-range-address|label|oddHeader|help|o:title|desc)\s*=\s*(?:"([^"]*)"|'([^']*)')""",
    re.VERBOSE,
)
"""Attributes that hold somebody's words; all others hold places, sizes and numbers of the program's own."""
FILTERED = re.compile(r"""<(?:[\w.-]+:)?(?:filter|customFilter)\b[^>]*?\bval\s*=\s*(?:"([^"]*)"|'([^']*)')""")
STYLED = re.compile(r"<(?:\w+:)?rPr\b[^>]*/>|<((?:\w+:)?rPr)\b[^>]*>.*?</\1>", re.DOTALL)
COUNTED = re.compile(r"<((?:\w+:)?numCache)\b.*?</\1>", re.DOTALL)
"""How a run looks, and the numbers of a chart, which are the cells' own."""
BLANK = re.compile(r"<(?:text:(?:s|tab|line-break)|br|w:tab)\b[^>]*>")
RUN = re.compile(r"</?(?:[\w.-]+:)?(?:r|t|span|b|i|u|font|strong|em|a|ruby|ruby-base)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
NEXT_STRING = "</t></si><si><t>"
"""What stands most often between two words, and is sooner found as it is."""
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
FORMULA = re.compile(rb"<(?:[\w.-]+:)?f\b[^>]*>([^<]+)<")
CELL_NAME = re.compile(r"\$?\b[A-Z]{1,3}\$?\d+\b")
ANNOTATION = re.compile(r"<office:annotation\b.*?</office:annotation>", re.DOTALL)
SHAPE = re.compile(r"<(table:shapes|draw:frame|draw:custom-shape)\b.*?</\1>", re.DOTALL)
READABLE = re.compile(rb"[\t\r\n\x20-\x7e\x85\x91-\x97\xa0\xad]{9,}")
ODD_SIGNS = re.compile(rb"[\x09-\x15]\x20")
"""A dash or a thin blank, once the zero bytes between letters are gone."""


def place_of(part: str) -> str:
    """What a part of a workbook is called when its place is told."""
    return next((place for place, shape in PLACES if shape.search(part.lower())), LEFTOVERS)


def plain(xml: str) -> str:
    """The words between the tags and in the attributes that hold words."""
    strings = xml.split(NEXT_STRING)
    with_attributes = (APART + APART).join([each for each in strings if "=" in each])
    text = (APART + APART).join(strings)
    text = COUNTED.sub("", text) if "numCache" in text else text
    text = STYLED.sub("", text) if "rPr" in text else text
    text = TAG.sub(APART, RUN.sub("", BLANK.sub(" ", text)))
    said = [one or other for one, other in NAMED.findall(with_attributes) + FILTERED.findall(with_attributes)]
    return _unescaped(APART.join((text, *said)))


def without_short_numbers(text: str) -> str:
    """The words with marks in place of numbers too short to be a person's: most of a long file, and soon gone through.
    None of them where none is long enough.

    Words stay, and where they stand: what is written near a number tells what it is of.
    """
    if is_told(text):
        return text
    words = text.split(APART)
    if not any(has_digits(word) for word in words if len(word) >= SHORTEST):
        return ""
    return APART.join(LEFT_OUT * len(word) if len(word) < SHORTEST and word.isdigit() else word for word in words)


def _unescaped(text: str) -> str:
    text = html.unescape(text) if "&" in text else text
    return ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text) if "_x" in text else text


def words_of(archive: zipfile.ZipFile, cells: Iterable[str]) -> list[tuple[str, str]]:
    """Place and words of every part but those that hold `cells`. Raises what `zipfile` raises on a broken file."""
    left_out = {name.lower() for name in cells}
    found = []
    for entry in archive.infolist():
        name = entry.filename.lower()
        if name in left_out or not name.endswith(WORDY) or SAYS_NOTHING.search(name):
            continue
        if entry.file_size > LARGEST:
            raise refuse("too_much_inside")
        found.append((place_of(name), plain(archive.read(entry).decode("utf-8", errors="replace"))))
    return found


def formulas(piece: bytes) -> str:
    """The words and numbers of the formulas in a piece of a sheet, without the names of cells."""
    said = APART.join(each.decode("utf-8", errors="replace") for each in FORMULA.findall(piece))
    return CELL_NAME.sub(APART, _unescaped(said))


def of_open_document(content: str) -> list[tuple[str, str]]:
    """Comments, shapes and attributes (formulas, links, names, filters) of an open document's cells."""
    comments = APART.join(map(plain, ANNOTATION.findall(content)))
    shapes = APART.join(plain(match.group()) for match in SHAPE.finditer(content))
    said = APART.join(one or other for one, other in NAMED.findall(_without_values(content)))
    return [("comments", comments), ("drawings", shapes), (FORMULAS, CELL_NAME.sub(APART, _unescaped(said)))]


def _without_values(content: str) -> str:
    return re.sub(r'\boffice:(?:value|string-value)="[^"]*"', "", content)


def of_old_workbook(data: bytes) -> str:
    """All readable words of an older workbook (.xls), cells and all else: there they can't be told apart."""
    letters = ODD_SIGNS.sub(b"-", data.replace(b"\0", b""))
    return APART.join(each.decode("cp1252", errors="replace") for each in READABLE.findall(letters))
