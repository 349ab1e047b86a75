"""Persons are found wherever and however they are written, and nowhere else: two runs, counted.

`figures(size)` makes that many files of regions for 15 and for 61 practices each and counts those called a list of
patients or holding a CPR number, and writes a CPR number in every spelling at every place of a file and counts those
found. All that looks like a person here is drawn at random.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from random import Random

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference, Series
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from measures.reading.cpr import has_cpr
from measures.reading.limits import Limits
from measures.reading.patients import row_of_patients
from measures.reading.personal import places_of
from measures.reading.reader import read
from measures.reading.table import Cell, SheetCells, Table
from tests.bench.row import Row
from tests.measures import makers

SEED = 20261130
REGIONS = (15, 61)
FIRST = ("Jens", "Anne", "Mette", "Søren", "Åse", "Niels", "Karen", "Bjørn", "Ida", "Ole")
LAST = ("Hansen", "Holm", "Jørgensen", "Østergaard", "Krogh", "Ågård", "Møller", "Dahl")
TOWNS = ("Ry", "Skanderborg", "Vejle", "Odder", "Horsens", "Give", "Them", "Hørning")


def figures(size: int, seed: int = SEED) -> list[Row]:
    """The rows of both runs, with `size` files for each number of practices."""
    return [*(called(size, practices, alarms(size, practices, seed)) for practices in REGIONS), found(seed)]


def alarms(size: int, practices: int, seed: int = SEED) -> int:
    """How many of that many files of regions are called a list of patients."""
    return sum(1 for data in regions(size, practices, seed) if is_alarm(data))


def called(size: int, practices: int, wrong: int) -> Row:
    """The row about files of that many practices."""
    return Row(f"personal data: false alarms, files of {practices} practices", f"{wrong} of {size}", "0", wrong == 0)


def found(seed: int = SEED) -> Row:
    """The row about numbers written in every way at every place."""
    tried = [was_found for _, _, was_found in detections(seed)]
    name = "personal data: numbers found, spellings at places"
    return Row(name, f"{sum(tried)} of {len(tried)}", "all", all(tried))


def is_alarm(rows: list[list[Cell]]) -> bool:
    """Whether a table of counts is taken for one about patients, as a workbook keeps its cells or as text."""
    sheet = SheetCells(None, tuple(map(tuple, rows)))
    lines = (";".join("" if cell is None else str(cell) for cell in row) for row in rows)
    return bool(places_of(sheet)) or row_of_patients(sheet) is not None or _held("\n".join(lines).encode())


def born(chance: Random) -> date:
    return date(1920, 1, 1) + timedelta(days=chance.randrange(38000))


def regions(size: int, practices: int, seed: int = SEED) -> Iterator[list[list[Cell]]]:
    """Files of regions about that many practices: a practice's number and what else such files hold, at random."""
    chance = Random(seed + practices)
    for _ in range(size):
        yield region(chance, practices)


def region(chance: Random, practices: int) -> list[list[Cell]]:
    """One such file: titles and a total now and then, a heading row, a row a practice, in random columns."""
    as_text = chance.random() < 0.5
    numbers = chance.sample(range(1000, 99999), practices)
    columns = chance.sample(list(COLUMNS), chance.randrange(4, min(10, len(COLUMNS))))
    head: list[Cell] = [chance.choice(("Ydernummer", "Ydernr", "Yder nr.", "Praksis nr", "Nummer"))]
    rows: list[list[Cell]] = [[f"{number:06d}" if as_text else number] for number in numbers]
    makers_of = [COLUMNS[name](chance) for name in columns]
    for row in rows:
        row += [make() for make in makers_of]
    titles: list[list[Cell]] = [[make(chance)] for make in TITLES if chance.random() < 0.3]
    total: list[list[Cell]] = []
    if chance.random() < 0.4:
        below = list(zip(*rows, strict=True))[1:]
        total = [["I alt", *(sum(map(int, each)) if all(isinstance(n, int) for n in each) else None for each in below)]]
    return [*titles, [*head, *columns], *rows, *total]


def _count(least: int, most: int) -> Callable[[Random], Callable[[], Cell]]:
    def column(chance: Random) -> Callable[[], Cell]:
        text = chance.random() < 0.3

        def cell() -> Cell:
            number = chance.randrange(least, most)
            return f"{number:,}".replace(",", ".") if text else number

        return cell

    return column


def _each(make: Callable[[Random], Cell]) -> Callable[[Random], Callable[[], Cell]]:
    return lambda chance: lambda: make(chance)


COLUMNS: dict[str, Callable[[Random], Callable[[], Cell]]] = {
    "Tilmeldte": _count(1000, 9999),
    "Sikrede": _count(900, 19999),
    "Antal": _count(1000, 9999),
    "KOL": _count(5, 400),
    "Spirometri": _count(5, 300),
    "Født 1950-1959": _count(50, 900),
    "Kontakter": _count(10_000, 99_999),
    "Konsultationer 2025": _count(2000, 9999),
    "Bruttohonorar": _count(100_000, 999_999),
    "Honorar i alt": _count(1_000_000, 9_999_999),
    "Omsætning": _count(100_000_000, 999_999_999),
    "Andel": _each(lambda c: c.random()),
    "Pr. 1.000": _each(lambda c: round(c.random() * 1000, 4)),
    "DDD": _each(lambda c: c.random() * 10 ** c.randrange(3, 7)),
    "DDD afrundet": _each(lambda c: round(c.random() * 10**6, 4)),
    "Indeks": _each(lambda c: f"{c.random() * 1000:.10f}".replace(".", ",")),
    "P-nummer": _each(lambda c: c.randrange(1_000_000_000, 1_031_999_999)),
    "P-nr.": _each(lambda c: str(c.randrange(1_000_000_000, 1_031_999_999))),
    "CVR": _each(lambda c: c.randrange(10_000_000, 45_000_000)),
    "Telefon": _each(lambda c: " ".join(f"{c.randrange(20, 100):02d}" for _ in range(4))),
    "Tlf.": _each(lambda c: f"+45 {c.randrange(20_000_000, 99_999_999)}"),
    "Postnr.": _each(lambda c: f"{c.randrange(1000, 9991):04d}"),
    "By": _each(lambda c: c.choice(TOWNS)),
    "Etableret": _each(lambda c: f"{born(c):%d-%m-%Y}"),
    "Oprettet": _each(lambda c: f"{born(c):%Y-%m-%d}"),
    "Stiftet": _each(lambda c: f"{born(c):%d.%m.%Y}"),
    "Opgjort": _each(lambda c: f"{born(c) + timedelta(days=25000):%d-%m-%Y}"),
    "Læge": _each(lambda c: f"{c.choice(FIRST)} {c.choice(LAST)}"),
    "Praksis": _each(lambda c: f"Lægerne {c.choice(TOWNS)}"),
    "SOR": _each(lambda c: f"{c.randrange(10**5, 10**8)}1000016{c.randrange(1000):03d}"),
    "EAN": _each(lambda c: f"57900{c.randrange(10**8):08d}"),
}
TITLES: tuple[Callable[[Random], str], ...] = (
    lambda c: (
        f"Udtræk {c.randrange(1, 29):02d}.{c.randrange(1, 13):02d}.2026 kl. {c.randrange(24):02d}.{c.randrange(60):02d}"
    ),
    lambda c: f"Periode: 01.{c.randrange(1, 13):02d}.2025 - 31.12.2025",
    lambda c: f"Lægerne {c.choice(TOWNS)} {c.randrange(100000):06d} - 2026",
    lambda c: f"Borgere født {1940 + c.randrange(50)}–{1990 + c.randrange(10)}",
    lambda c: f"Regionens tal for {2020 + c.randrange(6)}, {2020 + c.randrange(6)} og {2020 + c.randrange(6)}",
    lambda c: f"Ydernr. {c.randrange(100000):06d}, {c.randrange(1000, 9999)} sikrede",
)

SPELLINGS: dict[str, Callable[[date, str], str]] = {
    "251248-4916": lambda d, s: f"{d:%d%m%y}-{s}",
    "2512484916": lambda d, s: f"{d:%d%m%y}{s}",
    **{
        f"251248{sign}4916": (lambda d, s, sign=sign: f"{d:%d%m%y}{sign}{s}")
        for sign in (
            " ",
            "    ",
            ".",
            "/",
            "_",
            ",",
            ", ",
            " - ",
            "–",
            "—",
            "−",
            "\u00a0",
            "\u2009",
            "\u202f",
            "·",
            "'",
            "\u200b",
        )
    },
    "25.12.48-4916": lambda d, s: f"{d:%d.%m.%y}-{s}",
    "25.12.48 4916": lambda d, s: f"{d:%d.%m.%y} {s}",
    "25-12-48 4916": lambda d, s: f"{d:%d-%m-%y} {s}",
    "25/12-48 4916": lambda d, s: f"{d:%d/%m-%y} {s}",
    "25 12 48 4916": lambda d, s: f"{d:%d %m %y} {s}",
    "2512 48 4916": lambda d, s: f"{d:%d%m %y} {s}",
    "25_12_48_4916": lambda d, s: f"{d:%d_%m_%y}_{s}",
    "25121948-4916": lambda d, s: f"{d:%d%m%Y}-{s}",
    "25.12.1948 4916": lambda d, s: f"{d:%d.%m.%Y} {s}",
    "25/12/1948 4916": lambda d, s: f"{d:%d/%m/%Y} {s}",
    "25.12.1948-4916": lambda d, s: f"{d:%d.%m.%Y}-{s}",
    "1948-12-25-4916": lambda d, s: f"{d:%Y-%m-%d}-{s}",
    "1948-12-25 4916": lambda d, s: f"{d:%Y-%m-%d} {s}",
    "19481225-4916": lambda d, s: f"{d:%Y%m%d}-{s}",
    "2.512.484.916": lambda d, s: f"{int(f'{d:%d%m%y}{s}'):,}".replace(",", "."),
    "2 512 484 916": lambda d, s: f"{int(f'{d:%d%m%y}{s}'):,}".replace(",", " "),
    "5.2.48-4916": lambda d, s: f"{d.day}.{d.month}.{d:%y}-{s}",
    "50248-4916": lambda d, s: f"{int(f'{d:%d%m%y}')}-{s}",
    "251248-xxxx": lambda d, _: f"{d:%d%m%y}-xxxx",
    "2512484AB6": lambda d, s: f"{d:%d%m%y}{s[0]}AB{s[3]}",
    "251248&#8211;4916": lambda d, s: f"{d:%d%m%y}&#8211;{s}",
}
"""Ways of writing. Those born in the years of two digits only: a late full year beside a time is a day of counting."""


def detections(seed: int = SEED) -> Iterator[tuple[str, str, bool]]:
    """Spelling, place, and whether it was found there."""
    chance = Random(seed)
    for (spelling, write), (place, make) in itertools.product(SPELLINGS.items(), PLACES.items()):
        day = date(1930, 1, 1) + timedelta(days=chance.randrange(29000))
        serial = f"{chance.randrange(1000, 2000) if chance.random() < 0.5 else chance.randrange(3000, 9999):04d}"
        yield spelling, place, make(write(day, serial))


def _held(data: bytes) -> bool:
    table: Table = read(data, Limits())
    return bool(table.personal) or table.suspicion is not None


def _workbook(put: Callable[[openpyxl.Workbook, str], None]) -> Callable[[str], bool]:
    def found(words: str) -> bool:
        book = openpyxl.Workbook()
        book.active.append(["Ydernummer", "KOL", "Note"])
        book.active.append(["057584", 130, "fint"])
        put(book, words)
        buffer = BytesIO()
        book.save(buffer)
        return _held(buffer.getvalue())

    return found


def _cell(book: openpyxl.Workbook, words: str) -> None:
    book.active["C2"] = f"Jens {words}"


def _comment(book: openpyxl.Workbook, words: str) -> None:
    book.active["A1"].comment = Comment(f"Jens {words}", "x")


def _footer(book: openpyxl.Workbook, words: str) -> None:
    book.active.oddFooter.center.text = f"Jens {words}"


def _title(book: openpyxl.Workbook, words: str) -> None:
    book.properties.title = f"Jens {words}"


def _name(book: openpyxl.Workbook, words: str) -> None:
    book.defined_names["navn"] = DefinedName("navn", attr_text=f'"Jens {words}"')


def _link(book: openpyxl.Workbook, words: str) -> None:
    book.active["C2"].hyperlink = f"https://x.dk/?pt={words}"


def _series(book: openpyxl.Workbook, words: str) -> None:
    chart = BarChart()
    chart.append(Series(Reference(book.active, min_col=2, min_row=2), title=f"Jens {words}"))
    book.active.add_chart(chart)


def _filter(book: openpyxl.Workbook, words: str) -> None:
    book.active.auto_filter.ref = "A1:C2"
    book.active.auto_filter.add_filter_column(2, [words])


def _formula(words: str) -> bool:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Ydernummer", "KOL"])
        page.write_row(1, 0, ["057584", 130])
        page.write_formula(1, 2, f'=IF(A2="Jens {words}",1,0)', None, 0)
    return _held(buffer.getvalue())


def _alt_text(words: str) -> bool:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["KOL", 130])
        page.insert_textbox(3, 3, "hej", {"description": f"Jens {words}"})
    return _held(buffer.getvalue())


def _text_box(words: str) -> bool:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["KOL", 130])
        page.insert_textbox(3, 3, f"Jens {words}")
    return _held(buffer.getvalue())


def _sheet_name(words: str) -> bool:
    name = "".join("-" if each in "[]:*?/\\" else each for each in words)
    return _held(makers.xlsx((name.strip("'")[:31], [["KOL"], [130]])))


def _runs(words: str) -> bool:
    half = len(words) // 2
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        bold = book.add_format({"bold": True})
        page.write_row(0, 0, ["KOL", 130])
        page.write_rich_string(1, 0, words[:half], bold, words[half:])
    return _held(buffer.getvalue())


def _ods(words: str, inside: str) -> bool:
    safe = words.replace("&", "&amp;")
    cell = f'<table:table-cell office:value-type="string">{inside.format(safe)}</table:table-cell>'
    row = f"<table:table-row>{cell}</table:table-row>"
    return _held(makers.ods_of(f'<table:table table:name="A">{row}</table:table>'))


PLACES: dict[str, Callable[[str], bool]] = {
    "text of a message": lambda words: has_cpr(f"nej, skal se Jens {words} i dag"),
    "cell of a text file": lambda words: _held(f'Ydernummer;KOL;Note\n057584;130;"Jens {words}"\n'.encode()),
    "cell of .xlsx": _workbook(_cell),
    "cell in two runs": _runs,
    "cell of .xls": lambda words: _held(makers.xls(("A", [["KOL", "Note"], [130, f"Jens {words}"]]))),
    "cell of .ods": lambda words: _ods(words, "<text:p>Jens {}</text:p>"),
    "comment of .xlsx": _workbook(_comment),
    "comment of .ods": lambda words: _ods(
        words, "<office:annotation><text:p>{}</text:p></office:annotation><text:p>x</text:p>"
    ),
    "formula": _formula,
    "filter": _workbook(_filter),
    "link": _workbook(_link),
    "name": _workbook(_name),
    "footer": _workbook(_footer),
    "alternative text": _alt_text,
    "text box": _text_box,
    "name of a chart's series": _workbook(_series),
    "sheet's name": _sheet_name,
    "properties": _workbook(_title),
    "file's name": lambda words: has_cpr(f"Jens {words}.xlsx"),
}
