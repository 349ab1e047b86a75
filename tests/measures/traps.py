"""The traps that files lay, each made alone and with those it can meet: what goes in, and what should come out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import combinations

from tests.measures import makers

HEADER = ("Ydernummer", "Periode", "Tilmeldte", "KOL", "Spirometri", "Forløbsplan")
ROW = ("057584", "2026K1", "6200", "130", "96", "70")
OTHER: dict[object, object] = {6200: 6300, 130: 131, 96: 97, 70: 71}
UNREADABLE, PERSONAL, UNCHOSEN, REFUSED, ASKED, FINE = range(6)
"""How early a trap stops a file: what stops earlier hides what would have come later."""


@dataclass(frozen=True)
class Sheet:
    """A file as a practice thinks of it, before it is saved in one way or another."""

    titles: tuple[tuple[str, ...], ...] = ()
    header: tuple[tuple[str, ...], ...] = (HEADER,)
    rows: tuple[tuple[str, ...], ...] = (ROW,)
    tail: tuple[tuple[str, ...], ...] = ()
    save: Callable[["Sheet"], bytes] = field(default=lambda sheet: as_text(sheet))  # noqa: PLW0108 - defined below

    @property
    def lines(self) -> list[tuple[str, ...]]:
        return [*self.titles, *self.header, *self.rows, *self.tail]


@dataclass(frozen=True)
class Trap:
    """One trap: which side of the file it changes (two on the same side can't meet), and what should come of it."""

    name: str
    side: str
    lay: Callable[[Sheet], Sheet]
    stage: int = FINE
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A file with traps, its name, and the verdict it should get. Of several early codes, one may hide another."""

    name: str
    file: str
    make: Callable[[], bytes]
    outcome: str
    codes: frozenset[str]
    all_said: bool = True

    @cached_property
    def data(self) -> bytes:
        """Made when it is looked at: every worker collects these cases, and one tries them."""
        return self.make()


def as_text(sheet: Sheet, delimiter: str = ";", encoding: str = "utf-8", first: str = "") -> bytes:
    lines = [delimiter.join(line) for line in sheet.lines]
    return (first + "\r\n".join(lines) + "\r\n").encode(encoding)


def text(**how: str) -> Callable[[Sheet], Sheet]:
    return lambda sheet: replace(sheet, save=lambda each: as_text(each, **how))


def cells(sheet: Sheet) -> list[list[object]]:
    """As a spreadsheet keeps them: what looks like a number is one, and its leading zero is gone."""
    return [[int(cell) if cell.isdigit() else (cell or None) for cell in line] for line in sheet.lines]


def book(make: Callable[[list[list[object]]], bytes]) -> Callable[[Sheet], Sheet]:
    return lambda sheet: replace(sheet, save=lambda each: make(cells(each)))


def value(place: int, written: str) -> Callable[[Sheet], Sheet]:
    """Write another thing in one place of one's own row."""

    def lay(sheet: Sheet) -> Sheet:
        first, *rest = sheet.rows
        return replace(sheet, rows=((*first[:place], written, *first[place + 1 :]), *rest))

    return lay


def heading(place: int, written: str) -> Callable[[Sheet], Sheet]:
    def lay(sheet: Sheet) -> Sheet:
        last = sheet.header[-1]
        return replace(sheet, header=(*sheet.header[:-1], (*last[:place], written, *last[place + 1 :])))

    return lay


def more(**changes: tuple[tuple[str, ...], ...]) -> Callable[[Sheet], Sheet]:
    """Add lines above, below or among."""
    return lambda sheet: replace(sheet, **{key: (*getattr(sheet, key), *lines) for key, lines in changes.items()})


def two_rows(sheet: Sheet) -> Sheet:
    """Headings in two rows, the upper one merged over its columns."""
    upper = ("Ydernummer", "Periode", "Tilmeldte", "KOL", "", "")
    lower = ("", "", "", "Antal", "Spirometri", "Forløbsplan")
    return replace(sheet, header=(upper, lower))


SAVED = [
    Trap("windows-1252", "save", text(encoding="cp1252")),
    Trap("dos 850", "save", text(encoding="cp850")),
    Trap("mac", "save", text(encoding="mac_roman")),
    Trap("utf-16", "save", text(encoding="utf-16")),
    Trap("byte order mark", "save", text(encoding="utf-8-sig")),
    Trap("sep line", "save", text(first="sep=;\r\n")),
    Trap("tabs", "save", text(delimiter="\t")),
    Trap("pipes", "save", text(delimiter="|")),
    Trap("commas", "save", text(delimiter=",")),
    Trap("xlsx", "save", book(lambda rows: makers.xlsx(("Ark1", rows)))),
    Trap("xls", "save", book(lambda rows: makers.xls(("Ark1", rows)))),
    Trap("ods", "save", book(lambda rows: makers.ods(("Ark1", rows)))),
    Trap("hidden sheet", "save", book(lambda rows: makers.xlsx(("Ark1", rows), ("X", [["KOL"], [1]]), hidden="X"))),
    Trap(
        "person on a hidden sheet",
        "save",
        book(lambda rows: makers.xlsx(("Ark1", rows), ("X", [["010160-1234"]]), hidden="X")),
        PERSONAL,
        ("cpr",),
    ),
    Trap(
        "person in a comment",
        "save",
        book(lambda rows: makers.commented(rows, comment="ring til 010160-1234")),
        PERSONAL,
        ("cpr",),
    ),
    Trap(
        "person in a pivot's memory",
        "save",
        book(lambda rows: makers.commented(rows, left_over="0101601234")),
        PERSONAL,
        ("cpr",),
    ),
    Trap(
        "person in the footer",
        "save",
        book(lambda rows: makers.commented(rows, footer="010160-1234")),
        PERSONAL,
        ("cpr",),
    ),
    Trap(
        "two sheets that differ",
        "save",
        book(lambda rows: makers.xlsx(("A", rows), ("B", [[OTHER.get(cell, cell) for cell in row] for row in rows]))),
        UNCHOSEN,
        ("several_sheets",),
    ),
]
AROUND = [
    Trap("title lines", "above", more(titles=(("Udtræk fra lægesystemet", ""), ("Dannet af JH",), ("",)))),
    Trap("totals row", "below", more(tail=(("I alt", "", "6200", "130", "96", "70"),))),
    Trap("reference rows", "below", more(tail=(("Regionsgennemsnit", "", "7000", "150", "90", "60"),))),
    Trap("blank rows", "below", more(tail=(("", "", "", "", "", ""),) * 3)),
    Trap("another practice's row", "below", more(tail=(("061654", "2026K1", "4000", "80", "50", "40"),))),
    Trap(
        "own row twice",
        "below",
        more(tail=(("057584", "2026K1", "6200", "131", "96", "70"),)),
        UNCHOSEN,
        ("several_rows",),
    ),
    Trap("own row for another quarter", "below", more(tail=(("057584", "2025K4", "6200", "131", "95", "69"),))),
    Trap("a CPR number below", "below", more(tail=(("", "", "", "Jens 010160-1234", "", ""),)), PERSONAL, ("cpr",)),
    Trap(
        "a patient below",
        "below",
        more(tail=(("", "", "Jens Hansen", "12-05-1948", "", ""),)),
        PERSONAL,
        ("patient_list",),
    ),
]
HEADED = [
    Trap("other names", "header", heading(4, "LFU")),
    Trap("letters spelt out", "header", heading(5, "AKTIVE FORLOEBSPLANER")),
    Trap("number of", "header", heading(3, "KOL (antal)")),
    Trap("year in the heading", "header", heading(4, "Spirometri 2026")),
    Trap("two rows of headings", "header", two_rows),
    Trap("misspelt", "header", heading(4, "Spirometrri"), ASKED, ("heading_guessed",)),
    Trap("per 1,000", "header", heading(4, "Spirometri pr. 1.000"), REFUSED, ("unit_not_count",)),
    Trap("per cent", "header", heading(4, "Spirometri (%)"), REFUSED, ("unit_not_count",)),
    Trap("unknown", "header", heading(4, "Astma"), ASKED, ("missing_field",)),
    Trap("the opposite", "header", heading(4, "KOL uden spirometri"), ASKED, ("missing_field",)),
    Trap("patients' names", "header", heading(1, "Patientnavn"), PERSONAL, ("patient_list",)),
]
WRITTEN = [
    Trap("thousands", "value", value(2, "6.200")),
    Trap("narrow space", "value", value(2, "6\u202f200")),
    Trap("decimals of nothing", "value", value(4, "96,0")),
    Trap("English thousands", "value", value(2, "6,200"), ASKED, ("assumed",)),
    Trap("letter O", "value", value(3, "13O"), ASKED, ("assumed",)),
    Trap("about", "value", value(3, "ca. 130"), ASKED, ("assumed",)),
    Trap("hidden small number", "value", value(5, "<5"), REFUSED, ("suppressed",)),
    Trap("dots", "value", value(5, ".."), ASKED, ("not_shown",)),
    Trap("dash", "value", value(5, "-"), ASKED, ("not_shown",)),
    Trap("blank", "value", value(5, ""), ASKED, ("missing_value",)),
    Trap("zero", "value", value(5, "0"), ASKED, ("zero_count",)),
    Trap("below zero", "value", value(5, "-7"), REFUSED, ("negative",)),
    Trap("half a patient", "value", value(5, "70,5"), REFUSED, ("not_whole",)),
    Trap("percentage", "value", value(5, "54 %"), REFUSED, ("percent_not_count",)),
    Trap("broken formula", "value", value(5, "#DIV/0!"), REFUSED, ("formula_error",)),
    Trap("words", "value", value(5, "mange"), REFUSED, ("unreadable",)),
    Trap("part above whole", "value", value(5, "190"), REFUSED, ("part_larger_than_whole",)),
    Trap("other list size", "value", value(2, "4100"), ASKED, ("list_size_differs",)),
]
OWNED = [
    Trap("zero eaten", "owner", value(0, "57584")),
    Trap("letter O in the number", "owner", value(0, "O57584")),
    Trap("another practice", "owner", value(0, "061654"), UNCHOSEN, ("wrong_practice",)),
]
DATED = [
    Trap("quarter in words", "time", value(1, "1. kvartal 2026")),
    Trap("days", "time", value(1, "01.01.2026 - 30.04.2026")),
    Trap("last year", "time", value(1, "2025K1"), REFUSED, ("wrong_period",)),
    Trap("eleven years in one", "time", value(1, "2016-2026"), ASKED, ("period_lump",)),
    Trap("a whole year", "time", value(1, "2026"), ASKED, ("period_differs",)),
]
TRAPS = [*SAVED, *AROUND, *HEADED, *WRITTEN, *OWNED, *DATED]
MEETING = {
    *(
        "windows-1252",
        "sep line",
        "xlsx",
        "xls",
        "two sheets that differ",
        "title lines",
        "totals row",
    ),
    *("a CPR number below", "other names", "two rows of headings", "misspelt", "per cent", "thousands", "letter O"),
    *("hidden small number", "dots", "zero eaten", "another practice", "last year", "eleven years in one"),
}
"""Those that meet each other in pairs; the rest differ from one of them only in name."""

HOSTILE: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("nothing", "tal.csv", lambda: b"", "empty_file"),
    ("only delimiters", "tal.csv", lambda: b";;;\r\n;;\r\n", "empty_file"),
    ("PDF", "tal.pdf", lambda: b"%PDF-1.7\n1 0 obj", "wrong_kind_pdf"),
    ("PDF called xlsx", "tal.xlsx", lambda: b"%PDF-1.7\n1 0 obj", "wrong_kind_pdf"),
    ("photograph", "tal.jpg", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 200, "wrong_kind_image"),
    ("login page", "tal.csv", lambda: b"<!DOCTYPE html><html><body>Log ind</body></html>", "wrong_kind_web_page"),
    (
        "table as a web page",
        "tal.xls",
        lambda: b"<html><table><tr><td>KOL</td></tr></table></html>",
        "wrong_kind_web_page",
    ),
    (
        "XML of 2003",
        "tal.xml",
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
        "wrong_kind_xml_workbook",
    ),
    ("document", "tal.docx", lambda: makers.zipped({"word/document.xml": b"<w/>"}), "wrong_kind_document"),
    ("zip of files", "tal.zip", lambda: makers.zipped({"tal.csv": b"KOL\n130\n"}), "wrong_kind_archive"),
    ("macros by name", "tal.xlsm", lambda: makers.xlsx(("A", [["KOL"], [1]])), "wrong_kind_macros"),
    ("macros inside", "tal.xlsx", lambda: _with("xl/vbaProject.bin"), "wrong_kind_macros"),
    ("a file inside", "tal.xlsx", lambda: _with("xl/embeddings/oleObject1.bin"), "wrong_kind_embedded"),
    ("binary workbook", "tal.xlsb", lambda: makers.zipped({"xl/workbook.bin": b"x"}), "wrong_kind_binary_workbook"),
    ("password", "tal.xlsx", lambda: makers.xls(("A", [["x"]]), streams=("EncryptedPackage",)), "password"),
    ("old document", "tal.doc", lambda: makers.xls(("A", [["x"]]), streams=("WordDocument",)), "wrong_kind_document"),
    (
        "old macros",
        "tal.xls",
        lambda: makers.xls(("A", [["x"]]), streams=("Workbook", "_VBA_PROJECT_CUR")),
        "wrong_kind_macros",
    ),
    ("cut in half", "tal.xlsx", lambda: makers.xlsx(("A", [["KOL"], [1]]))[:2500], "broken_file"),
    ("noise", "tal.csv", lambda: bytes(range(256)) * 40, "wrong_kind_other"),
    ("too large", "tal.csv", lambda: b"1;2\n" * 3_000_000, "too_big"),
    ("too many rows", "tal.csv", lambda: b"KOL;Spirometri\n" + b"1;2\n" * 100_001, "too_many_rows"),
    ("cells in far corners", "tal.xlsx", makers.corner, "hostile_file"),
    ("zip bomb", "tal.xlsx", lambda: makers.zipped({"xl/workbook.xml": (b"", 210, b"")}), "too_much_inside"),
    ("string bomb", "tal.xlsx", lambda: makers.string_bomb(100), "hostile_file"),
    ("zip that lies", "tal.xlsx", makers.lying_zip, "broken_file"),
    ("billion laughs", "tal.xlsx", makers.entity_bomb, "broken_file"),
    ("endless rows", "tal.ods", lambda: makers.ods(("A", [["KOL"], [1]]), repeated=1_000_000), "broken_file"),
    (
        "ten thousand parts",
        "tal.xlsx",
        lambda: makers.zipped({f"xl/{n}.xml": b"" for n in range(10_000)}),
        "too_much_inside",
    ),
    ("patient records", "tal.txt", lambda: b"PLO-format v2.40\nkommune=851\n", "plo_format"),
    ("one long line", "tal.csv", lambda: b"KOL" + b";x" * 2_100_000, "too_many_rows"),
    ("one huge cell", "tal.csv", lambda: b'KOL\n"' + b"x" * 9_000_000, "hostile_file"),
]


def _with(part: str) -> bytes:
    return makers.zipped(makers.unzipped(makers.xlsx(("A", [["KOL"], [1]]))) | {part: b"x"})


def cases() -> Iterator[Case]:
    """Every trap alone, every two that can meet, and everything hostile."""
    yield _case("no trap", [])
    for trap in TRAPS:
        yield _case(trap.name, [trap])
    for one, other in combinations([trap for trap in TRAPS if trap.name in MEETING], 2):
        if one.side != other.side:
            yield _case(f"{one.name} + {other.name}", [one, other])
    for name, file, make, code in HOSTILE:
        codes = {code, "too_slow"} if code == "hostile_file" else {code}  # where much else goes on, time is up first
        yield Case(name, file, make, "refused", frozenset(codes), all_said=False)


def _case(name: str, traps: list[Trap]) -> Case:
    sheet = Sheet()
    for trap in traps:
        sheet = trap.lay(sheet)
    stage = min((trap.stage for trap in traps), default=FINE)
    codes = frozenset(code for trap in traps if trap.stage == stage for code in trap.codes)
    outcome = {ASKED: "needs_answer", FINE: "accepted"}.get(stage, "refused")
    make = partial(sheet.save, sheet)
    return Case(name, "tal.csv", make, outcome, codes, all_said=stage > UNCHOSEN or len(codes) < 2)
