"""Words, lines and cells that say something of some numbers of a long or a turned table are never read past."""

import pytest

from measures.bundles.bundle import read_many
from measures.reading.intake import read_table
from tests.measures.bundles.test_virtual import FIELDS, NAMES, NUMBERS, PRACTICES, lines, numbers, tall, turned
from tests.measures.generator.draft import PERIOD

FACTS = [type(each)(each.ydernummer, None, None, each.name) for each in PRACTICES]
"""Without list sizes on file, that would be asked about."""
TURNED = [list(line.split(";")) for line in turned().split()]


@pytest.fixture
def silent(kol):
    """The numbers that nobody is asked about, by practice."""

    def read(text):
        bundle = read_many(read_table(text.encode(), "r.csv"), kol, FACTS, period=PERIOD)
        return {number: values for number, values in numbers(bundle).items() if not bundle.verdicts[number].questions}

    return read


@pytest.mark.parametrize("heading", ["Antal", "Værdi", "Antal patienter", "Antal 2026", "I alt"])
def test_a_heading_that_says_numbers_is_one(silent, heading):
    assert silent(tall().replace("Antal", heading)) == NUMBERS


HEADINGS = (
    *("Antal 2025", "2025", "Sidste år", "Andel", "Pct.", "Pr. 1.000", "Region", "Mænd", "Måltal", "Budget", "Ændring"),
    *("Antal uden", "Ydelser", "Antal konsultationer", "Eksempel"),
)


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_that_says_more_of_all_numbers_is_heard(silent, heading):
    assert silent(tall().replace("Antal", heading)) == {}


@pytest.mark.parametrize("corner", ["", "Praksis", "Indikator", "Nøgletal 2026"])
def test_a_corner_may_name_what_is_below(silent, corner):
    assert silent(turned().replace("Indikator", corner)) == NUMBERS


@pytest.mark.parametrize("corner", ["2025", "Andel i pct.", "Pr. 1.000", "Kvinder", "Budget 2026", "Eksempel"])
def test_a_corner_that_says_more_of_all_numbers_is_heard(silent, corner):
    assert silent(turned().replace("Indikator", corner)) == {}


def before(head, *cells):
    """A turned table with a column before its fields."""
    return lines([(head, *TURNED[0]), *((cell, *row) for cell, row in zip(cells, TURNED[1:], strict=True))])


def after(head, *cells):
    return lines([(*TURNED[0], head), *((*row, cell) for cell, row in zip(cells, TURNED[1:], strict=True))])


def test_running_numbers_before_the_fields_are_none_of_theirs(silent):
    assert silent(before("Nr.", 1, 2, 3, 4)) == NUMBERS


COLUMNS = [
    *(("Enhed", "antal", "antal", "pct.", "pct."), ("Køn", *["Kvinder"] * 4), ("Type", *["Budget"] * 4)),
    *(("År", *[2025] * 4), ("År", 2025, "", "", ""), ("År", 2026, 2026, 2025, 2025), ("Gruppe", "", "", "Heraf x", "")),
]


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("place", [before, after])
def test_a_column_beside_the_fields_is_not_read_past(silent, place, column):
    assert silent(place(*column)) == {}


def within(*row, at=3):
    return lines([*TURNED[:at], row, *TURNED[at:]])


HEAD = tuple(NUMBERS)
ROWS = [
    *(within("2025", 0, 0, 0), within("Kvinder", 60, 40, 30), within("Heraf kvinder", 60, 40, 30)),
    *(within("2025", *HEAD), within("Ydernummer", *HEAD[::-1]), within("Indikator", *HEAD[::-1])),
    *(within("År", 2025, "", "", at=1), within("År", *[2025] * 3, at=5), within("Køn", *["Kvinder"] * 3, at=5)),
    *(within("", "Kvinder", "I alt", "I alt", at=0), within("", 2025, 2026, 2026, at=0)),
    *(within("Periode", 2025, at=5), within("Periode", "1.1.2025", "31.12.2025", at=5), within("KOL", 9, at=0)),
]


@pytest.mark.parametrize("text", ROWS)
def test_a_row_in_a_turned_table_is_not_read_past(silent, text):
    assert silent(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        lines([("Indikator", "", *HEAD), *TURNED[1:]]),
        lines([*TURNED[:3], ("Spirometri", 95, 96, 40, 50), TURNED[4]]),
        turned().replace("Spirometri;", "Spirometri;;"),
    ],
)
def test_numbers_that_stand_under_another_heading_are_nobodys(silent, text):
    assert silent(text) == {}


def test_numbers_over_names_must_agree(silent):
    named = ("Praksis", *NAMES.values())
    assert silent(within(*named, at=1).replace("Indikator", "Ydernummer")) == NUMBERS
    crossed = within("Praksis", *list(NAMES.values())[::-1], at=1)
    assert silent(crossed.replace("Indikator", "Ydernummer")).keys() == {HEAD[1]}
    assert silent(crossed) == {}


@pytest.mark.parametrize(
    "text",
    [
        tall()
        .replace("Forløbsplan", "Plan")
        .replace("069701;Tilmeldte", "Ydernummer;Indikator;Kvinder\n069701;Tilmeldte"),
        tall().replace("Spirometri;96", "Spirometri;96;kvinder"),
        tall().replace("061654;Tilmeldte", "Heraf kvinder;;\n061654;Tilmeldte"),
        tall().replace("061654;Tilmeldte", ";Kvinder;x\n061654;Tilmeldte"),
        tall() + "\nPeriode;1.1.2025;31.12.2025\n",
        ";;Kvinder\n" + tall(),
    ],
)
def test_a_line_in_a_long_table_is_not_read_past(silent, text):
    assert silent(text) == {}


def test_the_fields_of_these_tests_are_the_package_s(kol):
    assert [item.short.da for item in kol.fields] == list(FIELDS)
