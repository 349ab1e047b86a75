"""A field that one sheet names in two shapes, and own tables whose headings or rows are shifted, are not read past."""

import pytest

from measures.bundles.bundle import read_many
from measures.checking.validation import check
from measures.reading.intake import read_table
from tests.measures.bundles.test_irregular import FACTS
from tests.measures.bundles.test_virtual import FIELDS, NUMBERS, lines, tall, turned
from tests.measures.generator.draft import PERIOD

OWN = "Indikator;Antal\nTilmeldte;6200\nKOL;130\nSpirometri;96\nForløbsplan;70\n"
YEARS = "Indikator;2025;2026\nTilmeldte;6100;6200\nKOL;120;130\nSpirometri;46;96\nForløbsplan;30;70\n"


def wide(more=0, fields=FIELDS):
    places = [FIELDS.index(field) for field in fields]
    rows = [(number, *(values[place] + more for place in places)) for number, values in NUMBERS.items()]
    return lines([("Ydernummer", *fields), *rows])


@pytest.fixture
def many(kol):
    return lambda text: read_many(read_table(text.encode(), "r.csv"), kol, FACTS, period=PERIOD)


@pytest.fixture
def own(kol):
    return lambda text: check(read_table(text.encode(), "r.csv"), kol, FACTS[0], period=PERIOD)


@pytest.mark.parametrize("other", [tall(), turned()])
@pytest.mark.parametrize("fields", [FIELDS, FIELDS[1:2]])
@pytest.mark.parametrize("first", [True, False])
def test_a_field_in_two_shapes_is_refused(many, own, other, fields, first):
    pair = [wide(1, fields), other]
    text = "\n".join(pair if first else pair[::-1])
    assert [each.code for each in many(text).problems] == ["named_twice"]
    assert [each.code for each in own(text).problems] == ["named_twice"]


def test_a_practice_s_own_numbers_in_two_shapes_are_refused_unless_they_are_the_same(own):
    table = "Tilmeldte;KOL;Spirometri;Forløbsplan\n6200;130;96;70\n\n"
    assert own(table + OWN).ok
    assert [each.code for each in own(table.replace("96", "95") + OWN).problems] == ["named_twice"]


@pytest.mark.parametrize("other", [tall(), turned()])
def test_the_same_numbers_in_two_shapes_are_not_refused_for_it(many, other):
    assert "named_twice" not in {each.code for each in many(f"{wide()}\n{other}").problems}


@pytest.mark.parametrize("text", ["KOL\n" + OWN, OWN.replace("Antal", "KOL"), YEARS, wide(), tall(), turned()])
def test_one_shape_is_no_two(own, text):
    assert "named_twice" not in {each.code for each in own(text).problems}


@pytest.mark.parametrize(
    "text",
    [
        YEARS.replace("Indikator;", "Indikator;;"),
        turned(("", *NUMBERS)),
        turned().replace("Spirometri;96", "Spirometri;95;96"),
        turned() + "Køn;Kvinder;Kvinder;Kvinder\n",
        YEARS + "Køn;Kvinder;Kvinder\n",
    ],
)
def test_shifted_headings_and_a_last_row_of_who_was_counted_are_asked_about(own, text):
    assert {each.code for each in own(text).questions} == {"title_doubt"}


@pytest.mark.parametrize("text", [OWN, YEARS, turned(), YEARS + "Kilde;Regionen;Regionen\n", YEARS + "Køn;Alle;Alle\n"])
def test_plain_tables_are_asked_nothing(own, text):
    verdict = own(text)
    assert (verdict.ok, {each.code for each in verdict.questions}) == (True, set())
