"""What makes a file harder: harmless things around the numbers, and things that look like the numbers."""

from __future__ import annotations

from collections.abc import Callable

from tests.measures.generator.draft import YEAR, Cell, Draft
from tests.measures.generator.said import SAID, SAID_OF_A_FIELD, laid_aside, old_sheet
from tests.measures.generator.subjects import kind_of

Change = Callable[[Draft], bool]
"""Changes a draft; False when it doesn't go with what the draft is already."""


def places(d: Draft) -> list[int]:
    """The columns with fields."""
    return [at for at, key in enumerate(d.keys) if key in d.subject.fields]


def other(d: Draft) -> list[Cell]:
    """A row of somebody else's, or of another time: no number is the true one."""
    them = d.subject.near(d.real, d.dice)
    return [d.cell(key, them[key]) if key in them else None for key in d.keys]


def title(d: Draft) -> bool:
    """A title that says what is true."""
    said = d.pick(
        ("KOL", f"Indberetning {YEAR}", f"Periode: 01.01.{YEAR} - 31.12.{YEAR}", "Udtræk fra lægesystemet"),
        ("COPD", f"Report {YEAR}", f"Period: 01-01-{YEAR} - 31-12-{YEAR}", "Extract from the record system"),
    )
    d.titles = [[said], *([[]] if d.dice.random() < 0.5 else [])]
    return True


def print_date(d: Draft) -> bool:
    """The day that the file was made."""
    day = f"{d.dice.randint(1, 28)}-1-{YEAR + 1}"
    d.titles.append([d.say(f"Udskrevet {day}", f"Printed {day}")])
    return True


def thousands(d: Draft) -> bool:
    """The list size as people write it."""
    if d.mark == "," and not d.book:
        return False
    large = [key for key, value in d.real.items() if (value or 0) >= 1000 and kind_of(d.subject, key) == "count"]
    for key in large[:1]:
        d.own[d.column(key)] = f"{d.real[key]:,}".replace(",", d.dice.choice((".", " ", "\u00a0")))
    return bool(large)


def unknown_column(d: Draft) -> bool:
    """A column that nobody asks for."""
    d.add(
        "",
        d.pick(("Høreapparater", "Lægekapaciteter", "Bemærkning"), ("Hearing aids", "Remark")),
        d.dice.randint(50, 900),
        d.dice.randint(1, len(d.keys)),
    )
    return not d.tall


def own_year(d: Draft) -> bool:
    """Headings with the year that is asked for."""
    for at in places(d):
        d.heads[at] += f" {YEAR}" if str(YEAR) not in d.heads[at] else ""
    return True


def others_below(d: Draft) -> bool:
    """Rows of other practices, known by their numbers."""
    if "owner" not in d.keys or d.tall:
        return False
    for number in ("061654", "070913"):
        row = other(d)
        row[d.column("owner")] = number
        d.rows.append(row)
    return True


def sum_below(d: Draft) -> bool:
    """A sum or a mean below one's own row."""
    if "owner" not in d.keys or d.tall:
        return False
    row = other(d)
    row[d.column("owner")] = d.pick(
        ("I alt", "Hovedtotal", "Regionsgennemsnit", "Hele klyngen"), ("Total", "Grand total", "Average", "Mean")
    )
    d.rows.append(row)
    return True


def old_columns(d: Draft) -> bool:
    """Last year's number beside this year's."""
    if d.tall:
        return False
    for at in places(d):
        d.heads[at] += f" {YEAR}" if str(YEAR) not in d.heads[at] else ""
    for key in d.dice.sample(d.subject.fields, d.dice.randint(1, len(d.subject.fields))):
        at = d.column(key)
        d.add("", d.heads[at].replace(str(YEAR), str(YEAR - 1)), other(d)[at], d.dice.choice((at, at + 1, len(d.keys))))
    return True


def old_row(d: Draft) -> bool:
    """Last year's numbers in a column of their own, in a tall table."""
    if not d.tall or len(d.rows) > 1:
        return False
    d.bands.append([])
    d.bands = [[]]
    years = [YEAR, YEAR - 1] if d.dice.random() < 0.5 else [YEAR - 1, YEAR]
    now, then = d.own, other(d)
    lost = d.dice.choice([None, *places(d)])
    if lost is not None:
        now[lost], d.truth[d.keys[lost]] = None, None
        d.clear = False
    d.bands = []
    d.keys.insert(0, "head")
    d.heads.insert(0, "Hvad")
    d.rows = [[year, *(now if year == YEAR else then)] for year in years]
    return True


def sexes(d: Draft) -> bool:
    """Men, women and all."""
    if not d.tall or len(d.rows) > 1:
        return False
    d.keys.insert(0, "head")
    d.heads.insert(0, "Hvad")
    parts = [[d.say("Mænd", "Men"), *other(d)[1:]], [d.say("Kvinder", "Women"), *other(d)[1:]]]
    for part in parts:
        for at in range(1, len(part)):
            part[at] = (d.rows[0][at - 1] if isinstance(d.rows[0][at - 1], int) else 40) // 2 - 3  # type: ignore[operator]
    d.rows = [*parts, [d.say("I alt", "Total"), *d.rows[0]]]
    d.clear = False
    return True


def wrong_band(d: Draft) -> bool:
    """A band over all headings that makes the numbers another year's."""
    if d.tall:
        return False
    first = places(d)[0]
    band: list[Cell] = [None] * len(d.keys)
    band[first] = str(YEAR - 1)
    for at in range(first):
        d.clear = d.clear and d.keys[at] not in d.subject.fields
    d.bands.append(band)
    d.nothing_true()
    return True


def unit_band(d: Draft) -> bool:
    """A band, or a row below, that says per cent or per 1,000 over some headings."""
    if d.tall:
        return False
    at = d.dice.choice([place for place in places(d) if d.keys[place] in d.counts])
    unit = d.pick(("pct.", "%", "pr. 1.000", "andel"), ("per cent", "%", "per 1,000", "share"))
    row: list[Cell] = [None] * len(d.keys)
    for place in places(d):
        row[place] = unit if place == at else d.say("antal", "number")
    if d.dice.random() < 0.5:
        d.bands.append(row)
    else:
        d.rows.insert(0, row)
    d.truth[d.keys[at]] = None
    d.clear = False
    return True


def negated(d: Draft) -> bool:
    """The opposite of what is asked for."""
    key = d.dice.choice(d.counts)
    at, word = d.column(key), d.pick(("Uden", "Ikke", "Mangler", "Ej"), ("Without", "Not", "No"))
    d.heads[at] = f"{word} {d.heads[at]}"
    d.truth[key], d.clear = None, False
    return True


def wrong_title(d: Draft) -> bool:
    """A title about another year."""
    d.titles = [
        [
            d.pick(
                (f"Periode: 01.01.{YEAR - 1} - 31.12.{YEAR - 1}", f"KOL {YEAR - 1}", f"Tal for {YEAR - 2}"),
                (f"Period: 01-01-{YEAR - 1} - 31-12-{YEAR - 1}", f"COPD {YEAR - 1}", f"Numbers for {YEAR - 2}"),
            )
        ]
    ]
    d.nothing_true()
    return True


def wrong_owner(d: Draft) -> bool:
    """Another practice's number or name at the top."""
    said: list[Cell] = d.dice.choice(
        (["Ydernummer", "061654"], ["Ydernummer: 061654"], ["Praksis", "Lægerne Torvet"], ["Lægerne Torvet"])
    )
    d.titles = [said, []]
    if "owner" in d.keys:
        d.clear = False
        return False
    d.nothing_true()
    return True


def torn(d: Draft) -> bool:
    """A row that doesn't fit its headings: names of rows without a heading, or a comma in a number."""
    if d.tall or d.book:
        return False
    if d.dice.random() < 0.5:
        d.rows = [[str(number), *row] for number, row in enumerate(d.rows, start=1)]
    else:
        at = d.dice.choice(places(d))
        d.rows[0][at : at + 1] = [d.rows[0][at], 5]
    d.nothing_true()
    return True


def two_in_one(d: Draft) -> bool:
    """Two numbers in one cell."""
    key = d.dice.choice(d.counts)
    at = d.column(key)
    d.own[at] = f"{d.own[at]} {d.dice.randint(10, 99)}"
    d.truth[key], d.clear = None, False
    return True


def mean_alone(d: Draft) -> bool:
    """Nothing but a mean."""
    if d.tall or "owner" in d.keys:
        return False
    d.add(
        "label",
        "Enhed",
        d.pick(("Gennemsnit pr. praksis", "Region Midtjylland", "Hele landet"), ("Average", "Mean of all")),
        0,
    )
    d.nothing_true()
    return True


def example_sheet(d: Draft) -> bool:
    """A sheet of invented numbers beside one's own."""
    d.book = d.book or "xlsx"
    d.sheets.append((d.pick(("Eksempel", "Eksempel på udfyldning"), ("Example",)), [list(d.heads), other(d)]))
    d.sheet = d.dice.choice(("Vores tal", "Ark1", str(YEAR)))
    return not d.tall


def year_sheets(d: Draft) -> bool:
    """A sheet a year; the right one may lack a number."""
    d.book = d.book or "xlsx"
    d.sheet = str(YEAR)
    d.sheets.append((str(YEAR - 1), [list(d.heads), other(d)]))
    return not d.tall


def other_sheet(d: Draft) -> bool:
    """A second sheet with other numbers, and nothing that says which is meant."""
    d.book = d.book or "xlsx"
    d.sheets.append(("Ark2", [list(d.heads), other(d)]))
    d.clear = False
    return not d.tall


def hidden_twin(d: Draft) -> bool:
    """One's own row twice, one of them hidden."""
    if d.tall or d.titles or d.bands or len(d.rows) > 1:
        return False
    d.book = d.book or "xlsx"
    twin = other(d)
    if "owner" in d.keys:
        twin[d.column("owner")] = d.facts.ydernummer
    d.rows.insert(d.dice.randint(0, 1), twin)
    d.hidden_rows.add(1 + d.rows.index(twin))
    d.clear = False
    return True


def shares(d: Draft) -> bool:
    """Cells in per cent instead of counts."""
    if d.tall:
        return False
    d.book = d.book or "xlsx"
    key = d.dice.choice(d.counts)
    at = d.column(key)
    d.own[at] = d.dice.choice((0.74, 1.0, 0.5))
    d.percent.add(at)
    d.truth[key], d.clear = None, False
    return True


def one_old(d: Draft) -> bool:
    """One field is there for last year only."""
    key = d.dice.choice(d.counts)
    at = d.column(key)
    if str(YEAR) in d.heads[at]:
        return False
    d.heads[at] += f" {YEAR - 1}"
    d.truth[key], d.clear = None, False
    return True


def table_below(d: Draft) -> bool:
    """Last year's table below this year's."""
    if d.tall or len(d.rows) > 1:
        return False
    then = other(d)
    if "owner" in d.keys:
        then[d.column("owner")] = d.facts.ydernummer
    d.tail += [[], [f"Sidste år ({YEAR - 1})"], list(d.heads), then]
    d.clear = False
    return True


def twice(d: Draft) -> bool:
    """The same field under a second known name, with another number."""
    at = d.column(d.dice.choice(d.subject.fields))
    d.add("", d.heads[at], other(d)[at])
    d.clear = False
    return True


def compared(d: Draft) -> bool:
    """A column with a region's or the country's numbers beside one's own."""
    if not d.tall or len(d.rows) > 1:
        return False
    d.keys.insert(0, "head")
    d.heads.insert(0, "Hvad")
    names = d.dice.sample(
        ("Region", "Average", "Target") if d.english else ("Region", "Landsgennemsnit", "Klyngen", "Mål"),
        d.dice.randint(1, 2),
    )
    d.rows = [
        [d.pick(("Jeres tal", "Antal", "Praksis"), ("Number", "Practice")), *d.own],
        *([name, *other(d)[1:]] for name in names),
    ]
    return True


def beside_region(d: Draft) -> bool:
    """The same headings once for the practice and once for the region, told apart by a band."""
    if d.tall or d.bands or "owner" in d.keys:
        return False
    width = len(d.keys)
    d.bands.append(["Jeres praksis", *[None] * (width - 1)])
    them = other(d)
    for at in places(d):
        d.add("", d.heads[at], them[at])
    d.bands[-1][width] = d.dice.choice(("Region Midtjylland", "Hele landet", "Gennemsnit"))
    return True


def months(d: Draft) -> bool:
    """A row for each month or quarter, none for the year."""
    if d.tall or len(d.rows) > 1:
        return False
    d.add("period", d.dice.choice(("Måned", "Kvartal", "TID", "Periode")), f"{YEAR}K1", 0)
    for quarter in (2, 3):
        row = other(d)
        row[0] = f"{YEAR}K{quarter}"
        if "owner" in d.keys:
            row[d.column("owner")] = d.facts.ydernummer
        d.rows.append(row)
    d.nothing_true()
    return True


def old_period(d: Draft) -> bool:
    """A column that says that the numbers are from another time."""
    if d.tall:
        return False
    head, said = d.dice.choice(
        (
            ("Årstal", YEAR - 1),
            ("TID", f"{YEAR - 1}K1"),
            ("year_month", f"{YEAR - 1}11"),
            ("Year", YEAR - 2),
            ("Dato", f"31-12-{YEAR - 2}"),
        )
    )
    d.add("period", head, said, d.dice.randint(0, len(d.keys)))
    d.nothing_true()
    return True


def example_row(d: Draft) -> bool:
    """Nothing but a row that says that it is an example."""
    if d.tall or "owner" in d.keys:
        return False
    d.add("label", "Praksis", d.dice.choice(("Eksempel", "Eksempelpraksis", "Mål", "Lægerne Torvet")), 0)
    d.nothing_true()
    return True


def sections(d: Draft) -> bool:
    """A tall table with a line over each year's numbers."""
    if not d.tall or len(d.rows) > 1 or d.bands:
        return False
    d.tall = False
    now = [[head, cell] for head, cell in zip(d.heads, d.own, strict=True)]
    then = [[head, cell] for head, cell in zip(d.heads, other(d), strict=True)]
    lines: list[list[Cell]] = [[f"{YEAR - 1}"], *then, [f"{YEAR}"], *now]
    d.heads, d.rows, d.keys = lines[0], lines[1:], ["tall"]
    return True


def noted(d: Draft) -> bool:
    """A number that is hidden, unknown, about, or has a mark of a note behind it."""
    key = d.dice.choice(d.counts)
    at, number = d.column(key), d.own[d.column(key)]
    d.own[at] = d.dice.choice(
        (
            *("<5", "i.o.", "–", f"{number}*", f"ca. {number}", f"{number},5", "#DIV/0!", f"{number} %", "?", "n/a"),
            *(f"{number};{number};{number}", f"{number}/{number}", f"{number}-{number}", f"{number} (50 %)", "1e3"),
            *(f"{number} DDD", f"{number} min", f"{number} kr.", f"{number}+4", f"-{number}", f"{number}x"),
        )
    )
    d.truth[key], d.clear = None, False
    return True


HARMLESS: tuple[Change, ...] = (title, print_date, thousands, unknown_column, own_year, others_below, sum_below)
DECOYS: tuple[Change, ...] = (
    *(old_columns, old_row, sexes, wrong_band, unit_band, negated, wrong_title, wrong_owner, torn, two_in_one),
    *(mean_alone, example_sheet, year_sheets, other_sheet, hidden_twin, shares, one_old, table_below, twice),
    *(compared, beside_region, months, old_period, example_row, sections, noted, *SAID),
)
ABOUT_A_FIELD = frozenset(
    (
        old_columns,
        old_row,
        sexes,
        unit_band,
        negated,
        one_old,
        twice,
        two_in_one,
        shares,
        compared,
        beside_region,
        sections,
        noted,
        *SAID_OF_A_FIELD,
    )
)
"""Of these only one in a file: each says what is true of a field."""
ABOUT_SHEETS = frozenset((example_sheet, year_sheets, other_sheet, laid_aside, old_sheet))
"""As many: each says which of the sheets is meant."""
