"""What stands in files for all practices and changes nothing: a careful person takes the numbers without asking."""

from __future__ import annotations

from measures.reading.headers import normal
from measures.tables.fields import names_of
from tests.measures.generator import pages
from tests.measures.generator.cluster import TOWNS, Region, other, stranger
from tests.measures.generator.subjects import YEAR, kind_of


def title(r: Region) -> bool:
    """A title that says what is true."""
    said = r.pick(
        (
            f"Indberetning {YEAR}",
            f"Periode: 01.01.{YEAR} - 31.12.{YEAR}",
            "Udtræk fra Region Midtjylland",
            "Klynge Nord",
        ),
        (f"Report {YEAR}", f"Period: 01-01-{YEAR} - 31-12-{YEAR}", "Extract for the cluster"),
    )
    r.titles[:0] = [[said], *([[]] if r.dice.random() < 0.5 else [])]
    return True


def print_date(r: Region) -> bool:
    """The day that the file was made."""
    day = f"{r.dice.randint(1, 28)}-1-{YEAR + 1}"
    r.titles.append([r.say(f"Udskrevet {day}", f"Printed {day}")])
    return True


def thousands(r: Region) -> bool:
    """Counts as people write them."""
    mark = r.dice.choice((" ", "\u00a0", "."))
    if r.mark == "," and not r.book:
        return False
    key = r.dice.choice([key for key in r.subject.fields if kind_of(r.subject, key) == "count"])
    for line in r.lines:
        if isinstance(value := line.get(key), int) and value >= 1000:
            line[key] = f"{value:,}".replace(",", mark)
    return True


def unknown_column(r: Region) -> bool:
    """A column that nobody asks for."""
    r.add(
        "unknown", r.dice.choice(("Høreapparater", "Bemærkning", "Lægekapaciteter")), r.dice.randint(1, len(r.columns))
    )
    for line in r.lines:
        line["unknown"] = r.dice.randint(1, 900)
    return True


def town_column(r: Region) -> bool:
    """The town of each practice, the same for most."""
    town = r.dice.choice(TOWNS)
    head = r.pick(("By", "Kommune"), ("Town", "Municipality"))
    if any(normal(head) in names_of(field) for field in r.subject.package.fields):
        return False
    r.add("town", head, 1)
    for line in r.lines:
        line["town"] = town
    return True


def own_year(r: Region) -> bool:
    """Headings with the year that is asked for."""
    if r.split:
        return False
    for key in r.subject.fields:
        r.heads[key] += f" {YEAR}"
    return True


def year_column(r: Region) -> bool:
    """A column with the time, the one that is asked for."""
    if "period" in r.columns:
        return False
    head = r.pick(("År", "Periode", "Årstal", "TID"), ("Year", "Period"))
    r.add("period", head, r.dice.randint(0, 2))
    said = r.dice.choice((YEAR, str(YEAR)))
    for line in r.lines:
        line["period"] = said
    return True


def strangers(r: Region) -> bool:
    """Rows of practices elsewhere, among the others."""
    for _ in range(r.dice.randint(1, 5)):
        them = stranger(r)
        line = {**r.owner(them), **r.numbers(r.subject.draw(r.dice))}
        r.lines.insert(r.dice.randint(0, len(r.lines)) if not r.split else len(r.lines), line)
    return True


def sums(r: Region) -> bool:
    """A sum, a mean or a region's numbers at the end."""
    words = r.dice.sample(
        ("I alt", "Hovedtotal", "Gennemsnit", "Region Midtjylland", "Hele landet", "Klyngen")
        if not r.english
        else ("Total", "Grand total", "Average", "Mean", "All"),
        r.dice.randint(1, 2),
    )
    for word in words:
        r.lines.append({r.label: word, **r.numbers(r.subject.draw(r.dice))})
    return True


def shares(r: Region) -> bool:
    """The same in per cent beside a count."""
    key = r.dice.choice([key for key in r.subject.asked if kind_of(r.subject, key) == "count"])
    unit = r.dice.choice(("(%)", "pct.", "i procent") if not r.english else ("(%)", "per cent"))
    r.add("share", f"{r.heads[key]} {unit}", r.columns.index(key) + 1)
    pairs = [m.denominator for m in r.subject.package.measures if m.numerator == key and m.per == 100]
    for line in r.lines:
        of = r.real.get(str(line.get("of")), {})
        whole, part = next((of.get(name) for name in pairs), None), of.get(key)
        line["share"] = round(100 * (part or 0) / whole, 1) if whole else r.dice.randint(10, 90)
    return True


def year_band(r: Region) -> bool:
    """The year that is asked for over the headings."""
    if r.split or r.columns[0] in r.subject.fields:
        return False
    r.bands.append({r.columns[len(r.owners)]: r.dice.choice((str(YEAR), f"Tal for {YEAR}"))})
    return True


def counted(r: Region) -> bool:
    """A row that says that these are numbers of people."""
    if any(kind_of(r.subject, key) != "count" for key in r.subject.fields):
        return False
    r.units.append(dict.fromkeys(r.subject.fields, r.pick(("antal", "stk."), ("number", "n"))))
    return True


def total_with_parts(r: Region) -> bool:
    """Men, women and all of each practice; the label of the practice on every row, or once."""
    if r.split or "thousands" in r.made:
        return False
    r.split = "sex"
    once = r.dice.random() < 0.5
    r.add("sex", r.pick(("Køn", "Gruppe"), ("Sex", "Group")), len(r.owners))
    whole = r.pick(("I alt", "Alle", "Total"), ("Total", "All"))
    parts = [r.say("Mænd", "Men"), r.say("Kvinder", "Women")]
    first = r.dice.random() < 0.4
    lines = []
    for line in r.lines:
        line["sex"] = whole
        own = next(iter(r.real.values()))
        values = r.real.get(str(line.get("of")), own)
        rows = []
        for part in parts:
            half = {key: max(0, (value or 0) // 2 - (1 if part == parts[0] else 0)) for key, value in values.items()}
            rows.append({**{key: line.get(key) for key in ("of", *r.owners)}, "sex": part, **half})
        rows.insert(0 if first else 2, line)
        for each in rows[1:] if once else ():
            each.update(dict.fromkeys(r.owners))
        lines += rows
    r.lines = lines
    return True


def two_years(r: Region) -> bool:
    """Last year's row and this year's of each practice."""
    if r.split or "period" in r.columns or "thousands" in r.made:
        return False
    r.split = "period"
    r.add("period", r.pick(("År", "Årstal", "Periode"), ("Year", "Period")), len(r.owners))
    lines = []
    last_first = r.dice.random() < 0.6
    for facts in r.practices:
        now, then = r.of(facts)[0], other(r, facts)
        now["period"], then["period"] = YEAR, YEAR - 1
        lines += [then, now] if last_first else [now, then]
    if r.dice.random() < 0.4:  # all of a year before all of the other
        lines.sort(key=lambda line: str(line["period"]), reverse=not last_first)
    r.lines = lines
    return True


def years_beside(r: Region) -> bool:
    """Last year's column beside this year's."""
    if r.split or "thousands" in r.made:
        return False
    r.split = "columns"
    first = r.dice.random() < 0.6
    for key in r.subject.fields:
        at = r.columns.index(key)
        r.add(f"old {key}", f"{r.heads[key]} {YEAR - 1}", at if first else at + 1)
        r.heads[key] += f" {YEAR}"
    for facts in r.practices:
        then = other(r, facts)
        for line in r.of(facts):
            line.update({f"old {key}": then[key] for key in r.subject.fields})
    return True


def year_sheets(r: Region) -> bool:
    """A sheet a year."""
    if r.split:
        return False
    r.split = "sheets"
    r.book, r.sheet = r.book or r.dice.choice(pages.BOOKS), str(YEAR)
    r.sheets.append(pages.Page(str(YEAR - 1), others(r)))
    return True


def others(r: Region) -> pages.Rows:
    """A table like the file's own with other numbers of the same practices."""
    lines = [other(r, facts) for facts in r.practices]
    return [[r.heads[key] for key in r.columns], *([line.get(key) for key in r.columns] for line in lines)]


HARMLESS = (
    *(title, print_date, unknown_column, town_column, own_year, year_column, strangers, sums, shares, year_band),
    *(counted, total_with_parts, two_years, years_beside, year_sheets, thousands),
)
