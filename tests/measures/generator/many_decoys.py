"""What makes a file for all practices wrong, or unsure: numbers of another time, part, unit or practice."""

from __future__ import annotations

from measures.decimals import kept
from tests.measures.generator import pages
from tests.measures.generator.cluster import TOWNS, Line, Region, other, stranger
from tests.measures.generator.many_harmless import others
from tests.measures.generator.subjects import YEAR, is_about_people, is_about_women, kind_of


def _counts(r: Region) -> list[str]:
    return [key for key in r.subject.asked if kind_of(r.subject, key) == "count"]


def parts_only(r: Region) -> bool:
    """Rows for parts of the people, and none for all; the practice on every row or once."""
    if r.split or r.ragged:
        return False
    r.split = "sex"
    parts = r.dice.choice(
        (("Men", "Women"), ("18-64 years", "65+ years"))
        if r.english
        else (("Mænd", "Kvinder"), ("0-17 år", "18-64 år", "65+ år"), ("Nord", "Syd"), ("Ny", "Kontrol"))
    )
    r.add("sex", r.pick(("Køn", "Aldersgruppe", "Gruppe", "Afdeling", ""), ("Sex", "Group", "")), len(r.owners))
    once, lines = r.dice.random() < 0.5, []
    for facts in r.practices:
        rows = [other(r, facts) | {"sex": part} for part in parts]
        for line in rows[1:] if once else ():
            line.update(dict.fromkeys(r.owners))
        lines += rows
    r.lines = lines
    r.nothing_true()
    return True


def lost_total(r: Region) -> bool:
    """The row for all lacks a number that the parts have."""
    if "total_with_parts" not in r.made:
        return False
    facts, key = r.dice.choice(r.practices), r.dice.choice(r.subject.asked)
    for line in r.lines:
        if line.get("of") == facts.ydernummer and line["sex"] in ("I alt", "Alle", "Total", "All"):
            line[key] = None
    r.truth[facts.ydernummer][key] = None
    r.clear = False
    return True


def quarters(r: Region) -> bool:
    """A row for each quarter or month, none for the year."""
    if r.split or r.ragged or "period" in r.columns:
        return False
    r.split = "period"
    shape = r.dice.choice(("{y}K{n}", "{n}. kvartal {y}", "{y}-0{n}", "{y}0{n}", "Q{n} {y}"))
    r.add("period", r.pick(("Måned", "Kvartal", "TID", "Periode"), ("Quarter", "Month", "Period")), len(r.owners))
    r.lines = [
        other(r, facts) | {"period": shape.format(y=YEAR, n=number)} for facts in r.practices for number in (1, 2, 3)
    ]
    r.nothing_true()
    return True


def quarter_columns(r: Region) -> bool:
    """A column for each quarter of a field, none for the year."""
    if r.split:
        return False
    r.split = "columns"
    key = r.dice.choice(r.subject.asked)
    at, head = r.columns.index(key), r.heads[key]
    r.heads[key] = f"{head} 1. kvartal {YEAR}"
    r.add("second", f"{head} 2. kvartal {YEAR}", at + 1)
    for facts in r.practices:
        for line in r.of(facts):
            line["second"] = other(r, facts)[key]
    r.not_true(key)
    return True


def old_period(r: Region) -> bool:
    """A column that says that the numbers are from another time."""
    if r.split or "period" in r.columns:
        return False
    head, said = r.dice.choice(
        (
            ("Årstal", YEAR - 1),
            ("TID", f"{YEAR - 1}K1"),
            ("year_month", f"{YEAR - 1}11"),
            ("Year", YEAR - 2),
            ("Dato", f"31-12-{YEAR - 2}"),
            ("Opgørelsesår", YEAR - 1),
            ("Data fra", f"{YEAR - 1}"),
        )
    )
    r.add("period", head, r.dice.randint(0, len(r.columns)))
    for line in r.lines:
        line["period"] = said
    r.nothing_true()
    return True


def old_title(r: Region) -> bool:
    """A line over the table about another year."""
    said = r.pick(
        (f"Periode: 01.01.{YEAR - 1} - 31.12.{YEAR - 1}", f"Tal for {YEAR - 2}", f"Klyngens tal {YEAR - 1}"),
        (f"Period: 01-01-{YEAR - 1} - 31-12-{YEAR - 1}", f"Numbers for {YEAR - 2}", f"Cluster report {YEAR - 1}"),
    )
    r.titles = [[said], []]
    r.nothing_true()
    return True


def long_line(r: Region) -> bool:
    """A long line about the table, with another year in it."""
    words = (
        "Opgørelsen er lavet af regionens dataenhed på grundlag af de oplysninger, der er indberettet af praksis, og "
        "omfatter alle patienter, der var tilmeldt praksis på opgørelsestidspunktet; den dækker perioden 1. januar "
        f"{YEAR - 1} til 31. december {YEAR - 1} og er trukket efter de regler, der gælder for udtræk til klynger."
    )
    english = (
        "The table was made by the data office of the region from what practices have reported, and holds all patients "
        f"who were listed with the practice on the day of counting; it covers the period from 1 January {YEAR - 1} to "
        f"31 December {YEAR - 1} and was drawn by the rules that hold for extracts to clusters of general practices."
    )
    r.titles = [[r.say(words, english)], []]
    r.nothing_true()
    return True


def old_band(r: Region) -> bool:
    """A band over the headings that makes the numbers another year's."""
    if r.split or r.columns[0] in r.subject.fields:
        return False
    r.bands.append({r.columns[len(r.owners)]: r.dice.choice((str(YEAR - 1), f"Tal for {YEAR - 1}"))})
    if any(key in r.subject.fields for key in r.columns[: len(r.owners)]):
        return False
    r.nothing_true()
    return True


def draft_title(r: Region) -> bool:
    """A line over the table that says that the numbers are not the real ones."""
    said = r.pick(
        ("Foreløbige tal", "Udkast", f"Budget {YEAR}", "Kladde", "Testudtræk", f"Prognose {YEAR}", "Måltal"),
        ("Preliminary", "Draft", f"Budget {YEAR}", "Test data", "Provisional figures", f"Forecast {YEAR}", "Targets"),
    )
    r.titles = [[said], *([[]] if r.dice.random() < 0.5 else [])]
    r.nothing_true()
    return True


def part_title(r: Region) -> bool:
    """A line over the table that says that only some of the people, or another unit, were counted."""
    said = r.pick(
        ("Afdeling: Nord", "Kun kvinder", "Patienter over 65 år", "Køn: Kvinder", "Tal pr. 1.000 tilmeldte", "Procent"),
        ("Department: North", "Women only", "Patients over 65 years", "Sex: women", "Per 1,000 patients", "Per cent"),
    )
    cells: list = list(said.split(": ")) if ": " in said and r.dice.random() < 0.5 else [said]
    r.titles = [cells, *([[]] if r.dice.random() < 0.5 else [])]
    r.nothing_true()
    return True


def visits_band(r: Region) -> bool:
    """A line over one heading that makes it something else than what is asked for."""
    key = r.dice.choice(_counts(r))
    if (is_about_women(r.subject, key) or not is_about_people(r.subject, key)) or "second" in r.columns:
        return False
    said = r.pick(
        ("Antal besøg", "Antal ydelser", "Gennemsnitsalder", "Kvinder", "Region Midtjylland", "Ændring"),
        ("Number of visits", "Number of services", "Mean age", "Women", "Region", "Change"),
    )
    after = r.columns.index(key) + 1
    band: Line = {key: said}
    if after < len(r.columns):
        band[r.columns[after]] = r.say("Antal patienter", "Number of patients")
    r.bands.append(band)
    r.not_true(key)
    return True


def unit_row(r: Region) -> bool:
    """A row above or below the headings that says per cent or per 1,000 of one of them."""
    key = r.dice.choice(_counts(r))
    row: Line = {each: r.say("antal", "number") for each in r.subject.fields if kind_of(r.subject, each) == "count"}
    row[key] = r.pick(("pct.", "%", "pr. 1.000", "andel"), ("per cent", "%", "per 1,000", "share"))
    (r.bands if r.dice.random() < 0.5 else r.units).append(row)
    r.not_true(key)
    return True


def negated(r: Region) -> bool:
    """The opposite of what is asked for."""
    key = r.dice.choice(_counts(r))
    word = r.pick(("Uden", "Ikke", "Mangler", "Ej"), ("Without", "Not", "No"))
    r.heads[key] = f"{word} {r.heads[key]}"
    r.not_true(key)
    return True


def one_old(r: Region) -> bool:
    """One field is there for last year only."""
    key = r.dice.choice(r.subject.asked)
    if r.split == "columns" or str(YEAR) in r.heads[key]:
        return False
    r.heads[key] += f" {YEAR - 1}"
    r.not_true(key)
    return True


def lost_year(r: Region) -> bool:
    """One practice has no number of this year, but of last."""
    if "years_beside" not in r.made:
        return False
    facts, key = r.dice.choice(r.practices), r.dice.choice(r.subject.asked)
    for line in r.of(facts):
        line[key] = None
    r.truth[facts.ydernummer][key] = None
    r.clear = False
    return True


def namesake(r: Region) -> bool:
    """A practice of the same name from another town, and its own one is not in the file."""
    if r.whose != "name" or r.split or len(r.practices) < 5 or r.subject.listed:
        return False
    town, away = r.dice.sample(TOWNS, 2)
    r.add("town", r.pick(("By", "Kommune"), ("Town", "Municipality")), 1)
    facts = r.dice.choice(r.practices)
    for line in r.lines:
        line["town"] = away if line.get("of") == facts.ydernummer else town
    r.nothing_true(facts)
    return True


def wrong_number(r: Region) -> bool:
    """A row with one practice's name and another's number: of the cluster, or of nobody in it."""
    if r.whose not in ("two", "both") or r.split:
        return False
    facts, other_one = r.dice.sample(r.practices, 2)
    if r.dice.random() < 0.5:
        other_one = stranger(r)
    mixed = type(facts)(other_one.ydernummer, None, None, facts.name)
    for line in r.of(facts):
        line.update(r.owner(mixed))
    r.nothing_true(facts)
    if other_one.ydernummer in r.truth:
        r.nothing_true(other_one)
    return True


def near_name(r: Region) -> bool:
    """A practice's name misspelt."""
    if r.whose != "name" or r.split:
        return False
    facts = r.dice.choice(r.practices)
    at = r.dice.randint(len(facts.name) - 4, len(facts.name) - 2)
    for line in r.of(facts):
        line["name"] = facts.name[:at] + facts.name[at + 1 :]
    r.clear = False
    return True


def ragged(r: Region) -> bool:
    """Rows that don't fit their headings: one with a comma in a number, or all of them shifted."""
    if r.book or r.split:
        return False
    if r.dice.random() < 0.4:
        for number, line in enumerate(r.lines, start=1):
            r.ragged.append((line, 0, str(number)))
        r.nothing_true()
        return True
    facts = r.dice.choice(r.practices)
    at = r.columns.index(r.dice.choice(r.subject.fields))
    r.ragged.append((r.of(facts)[0], at + 1, 5))
    r.nothing_true(facts)
    return True


def twice(r: Region) -> bool:
    """A practice in two rows with other numbers, and nothing that tells them apart."""
    if r.split:
        return False
    facts = r.dice.choice(r.practices)
    r.lines.insert(r.dice.randint(0, len(r.lines)), other(r, facts))
    r.nothing_true(facts)
    return True


def branch(r: Region) -> bool:
    """A practice with a branch in a row of its own."""
    if r.whose not in ("name", "two") or r.split:
        return False
    facts = r.dice.choice(r.practices)
    line = other(r, facts)
    line["name"] = f"{facts.name} {r.dice.choice(('afdeling Nord', 'filial', 'afd. 2', '(satellit)'))}"
    r.lines.append(line)
    r.nothing_true(facts)
    return True


def second_column(r: Region) -> bool:
    """The same heading twice with other numbers; perhaps one of them hidden."""
    if r.split or r.bands:
        return False
    r.split = "columns"
    key = r.dice.choice(r.subject.asked)
    r.add("second", r.heads[key], r.dice.randint(len(r.owners), len(r.columns)))
    for facts in r.practices:
        for line in r.of(facts):
            line["second"] = other(r, facts)[key]
    if r.book:
        r.book = "xlsx"
        r.hidden_columns = {r.dice.choice((key, "second"))}
    r.not_true(key)
    return True


def hidden_twin(r: Region) -> bool:
    """Practices twice, once in hidden rows."""
    if r.split:
        return False
    r.book = "xlsx"
    twins = [other(r, facts) for facts in r.practices]
    r.lines += twins
    r.hidden_lines = twins
    r.clear = False
    return True


def other_sheet(r: Region) -> bool:
    """A second sheet with other numbers: one that says that it is not meant, or one that says nothing."""
    if r.split:
        return False
    r.split = "sheets"
    r.book = r.book or r.dice.choice(pages.BOOKS)
    name = r.pick(
        (
            "Eksempel",
            "Gammel",
            "Kladde",
            "Arkiv",
            "Kopi af Ark1",
            "Ark2",
            "Backup",
            f"Budget {YEAR}",
            "Kvinder",
            "Udkast",
        ),
        ("Example", "Old", "Draft", "Archive", "Copy", "Sheet2", "Backup", f"Budget {YEAR}", "Women"),
    )
    hidden = r.dice.random() < 0.2 and r.book == "xlsx"
    r.sheets.append(pages.Page(name, others(r), hidden))
    r.clear = False
    return True


def only_draft(r: Region) -> bool:
    """The only sheet says of itself that it is not meant."""
    if r.split:
        return False
    r.split = "sheets"
    r.book = r.book or r.dice.choice(pages.BOOKS)
    r.sheet = r.pick(
        ("Eksempel", "Gammel", "Kladde", "Arkiv", f"Budget {YEAR}", "Kvinder", "Udkast", str(YEAR - 1), "Pr. 1.000"),
        ("Example", "Old", "Draft", "Archive", f"Budget {YEAR}", "Women", "Test", str(YEAR - 1), "Per 1,000"),
    )
    r.nothing_true()
    return True


def table_below(r: Region) -> bool:
    """Last year's table below this year's."""
    if r.split:
        return False
    r.tail += [[], [r.say(f"Sidste år ({YEAR - 1})", f"Last year ({YEAR - 1})")], *others(r)]
    r.clear = False
    return True


def table_above(r: Region) -> bool:
    """Last year's table above this year's."""
    if r.split or r.titles:
        return False
    r.titles = [[str(YEAR - 1)], *others(r), [], [str(YEAR)]]
    r.clear = False
    return True


def noted(r: Region) -> bool:
    """One practice's number is hidden, unknown, about, two, in another unit, or has a mark of a note behind it."""
    facts, key = r.dice.choice(r.practices), r.dice.choice(_counts(r))
    number = r.real[facts.ydernummer][key]
    said = r.dice.choice(
        (
            *("<5", "i.o.", "–", f"ca. {number}", f"{number},5", "#DIV/0!", f"{number} %", f"{number} kr.", "?", "n/a"),
            *(f"{number};{number};{number}", f"{number} {number}", f"{number}/{number}", f"{number}-{number}", "(12)"),
            *(f"{number} min", f"{number} DDD", f"{number}+4", f"-{number}", f"{number} (50 %)", "1e3", f"{number}x"),
        )
    )
    for line in r.of(facts):
        line[key] = said
    r.truth[facts.ydernummer][key] = None
    r.clear = False
    return True


def percent_cells(r: Region) -> bool:
    """Cells in per cent instead of counts."""
    if r.split:
        return False
    r.book = "xlsx"
    key = r.dice.choice(_counts(r))
    for line in r.lines:
        line[key] = r.dice.choice((0.74, 1, 0.5, 0.25))
    r.percent = {key}
    r.not_true(key)
    return True


def three_decimals(r: Region) -> bool:
    """Amounts with three decimals behind a point, and nothing that shows what the point is."""
    amounts = [key for key in r.subject.asked if kind_of(r.subject, key) == "amount"]
    if not amounts or r.book or r.split:
        return False
    for line in r.lines:
        for key in amounts:
            line[key] = f"{r.dice.randint(20, 900)}.{r.dice.randint(100, 449)}"
            if line.get("of"):
                r.truth[str(line["of"])][key] = kept(float(str(line[key])), r.subject.package.places(key))
    r.clear = False
    return True


DECOYS = (
    *(parts_only, lost_total, quarters, quarter_columns, old_period, old_title, long_line, old_band, draft_title),
    *(part_title, visits_band, unit_row, negated, one_old, lost_year, namesake, wrong_number, near_name, ragged, twice),
    *(branch, second_column, hidden_twin, other_sheet, only_draft, table_below, table_above, noted, percent_cells),
    three_decimals,
)
