"""Words of a practice's own file that make its numbers something else: a draft, a part, visits, another year's."""

from __future__ import annotations

from measures.decimals import kept
from tests.measures.generator.draft import YEAR, Cell, Draft
from tests.measures.generator.subjects import is_about_people, is_about_women, kind_of


def draft_title(d: Draft) -> bool:
    """A line over the table that says that the numbers are not the real ones."""
    said = d.pick(
        ("Foreløbige tal", "Udkast", f"Budget {YEAR}", "Kladde", "Testudtræk", f"Prognose {YEAR}", "Måltal"),
        ("Preliminary", "Draft", f"Budget {YEAR}", "Test data", "Provisional figures", f"Forecast {YEAR}", "Targets"),
    )
    d.titles = [[said], *([[]] if d.dice.random() < 0.5 else [])]
    d.nothing_true()
    return True


def part_title(d: Draft) -> bool:
    """A line over the table that says that only some of the people, or another unit, were counted."""
    said = d.pick(
        ("Afdeling: Nord", "Kun kvinder", "Patienter over 65 år", "Køn: Kvinder", "Tal pr. 1.000 tilmeldte", "Procent"),
        ("Department: North", "Women only", "Patients over 65 years", "Sex: women", "Per 1,000 patients", "Per cent"),
    )
    cells: list[Cell] = [*said.split(": ")] if ": " in said and d.dice.random() < 0.5 else [said]
    d.titles = [cells, *([[]] if d.dice.random() < 0.5 else [])]
    d.nothing_true()
    return True


def long_line(d: Draft) -> bool:
    """A long line about the table, with another year in it."""
    danish = (
        "Opgørelsen er lavet i lægesystemet på grundlag af de diagnoser og ydelser, der er registreret, og omfatter "
        "alle patienter, der var tilmeldt praksis; den dækker perioden "
        f"1. januar {YEAR - 1} til 31. december {YEAR - 1} og er trukket efter de regler, "
        "der gælder for udtræk til klynger."
    )
    english = (
        "The table was made in the record system from the diagnoses and services that were recorded, and holds all who "
        f"were listed with the practice; it covers the period from 1 January {YEAR - 1} to 31 December {YEAR - 1} and "
        "was drawn by the rules that hold for extracts to clusters."
    )
    d.titles = [[d.say(danish, english)], []]
    d.nothing_true()
    return True


def visits_band(d: Draft) -> bool:
    """A heading row above, with something else than what is asked for over one column."""
    if d.tall:
        return False
    key = d.dice.choice(d.counts)
    at = d.column(key)
    if is_about_women(d.subject, key) or not is_about_people(d.subject, key):
        return False
    band: list[Cell] = [None] * len(d.keys)
    band[at] = d.pick(
        ("Antal besøg", "Antal ydelser", "Gennemsnitsalder", "Kvinder", "Region Midtjylland", "Ændring"),
        ("Number of visits", "Number of services", "Mean age", "Women", "Region", "Change"),
    )
    for place in range(at + 1, len(d.keys)):
        band[place] = d.say("Antal patienter", "Number of patients")
    d.bands.append(band)
    d.truth[key], d.clear = None, False
    return True


def laid_aside(d: Draft) -> bool:
    """The only sheet says of itself that it is not meant."""
    d.book = d.book or "xlsx"
    d.sheet = d.pick(
        ("Eksempel", "Gammel", "Kladde", "Arkiv", f"Budget {YEAR}", "Kvinder", "Udkast", str(YEAR - 1), "Pr. 1.000"),
        ("Example", "Old", "Draft", "Archive", f"Budget {YEAR}", "Women", "Test", str(YEAR - 1), "Per 1,000"),
    )
    d.nothing_true()
    return True


def old_sheet(d: Draft) -> bool:
    """A sheet that was kept for its own sake beside one's own."""
    d.book = d.book or "xlsx"
    them = d.subject.near(d.real, d.dice)
    rows: list[list[Cell]] = [list(d.heads), [d.cell(key, them[key]) if key in them else None for key in d.keys]]
    d.sheets.append((d.pick(("Gammel", "Kladde", "Arkiv", "Backup"), ("Old", "Draft", "Archive", "Backup")), rows))
    d.clear = False
    return not d.tall


def three_decimals(d: Draft) -> bool:
    """An amount with three decimals behind a point, and nothing that shows what the point is."""
    amounts = [key for key in d.subject.asked if kind_of(d.subject, key) == "amount"]
    if not amounts or d.book or len(d.rows) > 1:  # another row may show that the point makes thousands
        return False
    for key in amounts:
        d.own[d.column(key)] = f"{d.dice.randint(20, 900)}.{d.dice.randint(100, 449)}"
        d.truth[key] = kept(float(str(d.own[d.column(key)])), d.subject.package.places(key))
    d.clear = False
    return True


SAID = (draft_title, part_title, long_line, visits_band, laid_aside, old_sheet, three_decimals)
SAID_OF_A_FIELD = (visits_band, three_decimals)
