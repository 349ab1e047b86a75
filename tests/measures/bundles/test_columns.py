"""What is true of a whole column of a file for all practices is asked about once, not for every practice."""

from datetime import date

import pytest

from measures.bundles.bundle import read_many
from measures.checking.sentences import describe
from measures.checking.validation import PracticeFacts, check
from measures.packages.package import load, parse
from measures.reading.intake import read_table
from measures.tables.period import nearest
from tests.measures.makers import xlsx

PRACTICES = [
    PracticeFacts(number, 6200, name=f"Lægerne {name}")
    for number, name in (("057584", "Nord og Syd"), ("061654", "Øst og Vest"), ("069701", "ved Åen og Søen"))
]
YEAR = (date(2018, 1, 1), date(2018, 12, 31))


def split(content, package, period=None):
    data, name = (content, "r.xlsx") if isinstance(content, bytes) else (content.encode(), "r.csv")
    return read_many(read_table(data, name), package, PRACTICES, period=period)


def asked(bundle):
    """Each question once, as whoever sent the file sees them."""
    return {
        (each.code, each.where and each.where.cell, str(each.params))
        for verdict in bundle.verdicts.values()
        for each in verdict.questions
    }


def values(bundle, name):
    return [verdict.values[name] for verdict in bundle.verdicts.values()]


def test_rounding_is_asked_about_once_for_the_column_and_kept_for_each_number(da):
    ppi = load("ppi")
    rows = "057584;6200;3,4\n061654;6200;5,6\n069701;6200;2,5\n"
    bundle = split(f"Ydernummer;Tilmeldte;DDD\n{rows}", ppi)
    about = [each for verdict in bundle.verdicts.values() for each in verdict.questions if "ounded" in each.code]
    assert {describe(each, da) for each in about} == {
        "Kolonne C: »DDD af PPI« har decimaler, og jeg runder dem af. "
        "Det ændrer små tal med mere end 1 %. Er det i orden?"
    }
    assert values(bundle, "ddd") == [3, 6, 3]
    notes = [(each.code, each.found) for verdict in bundle.verdicts.values() for each in verdict.notes]
    assert notes == [("rounded", "3,4"), ("rounded", "5,6"), ("rounded", "2,5")]


@pytest.mark.parametrize("rows", [("1.234", "163.97"), ("2.100", "35.09")])
def test_points_that_can_be_thousands_are_asked_about_once_for_the_column(kol, rows):
    text = (
        f"Ydernummer,KOL,Spirometri,Forløbsplan\n057584,{rows[0]},96,70\n061654,1.100,60,50\n069701,{rows[1]},50,20\n"
    )
    found = [each for each in asked(split(text, kol)) if each[0] == "point_thousands"]
    assert [each[:2] for each in found] == [("point_thousands", "B")]


def test_a_column_that_is_a_rate_is_left_out_and_the_rest_can_be_used(kol):
    text = "Ydernummer;KOL;Spirometri pct.;Forløbsplan\n057584;130;74;70\n061654;80;60;40\n069701;50;40;20\n"
    bundle = split(text, kol)
    assert (values(bundle, "copd"), values(bundle, "spirometry")) == ([130, 80, 50], [None, None, None])
    assert {(code, cell) for code, cell, _ in asked(bundle)} == {("unit_left_out", "C")}


def test_a_heading_over_an_empty_column_is_the_next_column_s_once_somebody_says_so(kol, da):
    rows = [["Ydernummer", "KOL", "Spirometri", None, "Forløbsplan"], ["057584", 130, None, 96, 70]]
    bundle = split(xlsx(("Ark1", [*rows, ["061654", 80, None, 60, 50], rows[0], ["069701", 50, None, 30, 20]])), kol)
    assert values(bundle, "spirometry") == [96, 60, 30]
    assert {each[:2] for each in asked(bundle)} == {("heading_beside", "C1")}
    [question] = bundle.verdicts["057584"].questions
    assert describe(question, da) == (
        "Arket »Ark1«, række 1, kolonne C: »KOL-patienter med spirometri inden for 12 måneder« står over "
        "en tom kolonne, og der er tal i den næste. Er det de rigtige?"
    )


def test_a_column_that_is_only_blank_for_some_keeps_its_own_numbers(kol):
    text = "Ydernummer;KOL;Spirometri;;Forløbsplan\n057584;130;96;12;70\n061654;80;;11;50\n069701;50;30;10;20\n"
    assert values(split(text, kol), "spirometry") == [96, None, 30]


CODES = """
id = "koder"
version = "1.0"
owner = "x"
authored_by = "x"
checked_by = "x"
reviewed = 2026-09-01
next_review = 2027-09-01
sensitivity = "low"
lead_time_days = 14
follow_up_after_days = 180
topics = ["test"]
title = { da = "a", en = "a" }
why = { da = "a", en = "a" }
population = { da = "a", en = "a" }
source = { da = "a", en = "a" }
[[fields]]
id = "all"
label = { da = "Ansatte", en = "Staff" }
short = { da = "Ansatte", en = "Staff" }
help = { da = "Antal", en = "Count" }
[[fields]]
id = "lung"
label = { da = "Lungeprøver", en = "Lung tests" }
short = { da = "Lungeprøver", en = "Lung tests" }
help = { da = "Antal", en = "Count" }
aliases = ["7113", "tests_2017_18", "tests_2018_19"]
[[measures]]
id = "a"
kind = "count"
title = { da = "a", en = "a" }
sentence = { da = "I har {value}", en = "You have {value}" }
definition = { da = "a", en = "a" }
caution = { da = "a", en = "a" }
numerator = "lung"
[[measures]]
id = "b"
kind = "count"
title = { da = "b", en = "b" }
sentence = { da = "I har {value}", en = "You have {value}" }
definition = { da = "b", en = "b" }
caution = { da = "b", en = "b" }
numerator = "all"
[[questions]]
da = "a"
en = "a"
[[agenda]]
minutes = 20
title = { da = "a", en = "a" }
[[cautions]]
da = "a"
en = "a"
[find.region]
da = ["a"]
en = ["a"]
"""


@pytest.fixture(scope="module")
def codes():
    return parse(CODES)


def test_a_heading_of_figures_is_read_where_the_package_has_it(codes):
    rows = [["Ydernummer", "Ansatte", 7113], ["057584", 12, 96], ["061654", 9, 60], ["069701", 7113, 30]]
    bundle = split(xlsx(("Ark1", rows)), codes)
    assert (values(bundle, "all"), values(bundle, "lung")) == ([12, 9, 7113], [96, 60, 30])


def test_of_two_years_that_touch_the_period_the_one_with_most_of_it_is_read(codes):
    text = "Ydernummer;Ansatte;tests_2017_18;tests_2018_19\n057584;12;90;96\n061654;9;55;60\n069701;7;29;30\n"
    assert values(split(text, codes, YEAR), "lung") == [96, 60, 30]


def test_nearest_leaves_what_nobody_can_tell_apart():
    halves = {name: (date(2018, first, 1), date(2018, last, 30)) for name, first, last in (("a", 1, 6), ("b", 7, 12))}
    assert nearest(halves, YEAR) == ["a", "b"]
    assert nearest({"lump": (date(2008, 1, 1), date(2018, 12, 31)), "b": halves["b"]}, YEAR) == ["lump", "b"]
    assert nearest({"year": YEAR, "lump": (date(2017, 4, 1), date(2018, 12, 31))}, YEAR) == ["year"]


def doses(*cells):
    rows = zip(PRACTICES, cells, strict=True)
    return "Ydernummer;Tilmeldte;DDD\n" + "".join(f"{each.ydernummer};5000;{cell}\n" for each, cell in rows)


NEITHER = [("720.186", "1807,8", "903,4"), ("720.186", "903,4", "1807,8"), ("720.186", "1807", "903,4")]
THOUSANDS = [("720.186", "807,8", "903,4"), ("720.186", "1.807,8", "903,4"), ("1.234", "2.345,5", "6,5")]


@pytest.mark.parametrize(
    ("cells", "asks"), [*((each, True) for each in NEITHER), *((each, False) for each in THOUSANDS)]
)
def test_a_point_among_thousands_without_a_mark_is_asked_about(cells, asks):
    ppi, text = load("ppi"), doses(*cells)
    assert bool([each for each in asked(split(text, ppi)) if each[0] == "point_thousands"]) is asks
    own = check(read_table(text.encode(), "r.csv"), ppi, PRACTICES[0])
    assert bool([each for each in own.questions if each.code == "assumed"]) is asks


@pytest.mark.parametrize(("other", "asks"), [("1807", True), ("807", False), ("1.807", False)])
def test_people_among_thousands_without_a_mark_are_asked_about(kol, other, asks):
    text = f"Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan\n057584;6.200;130;96;70\n061654;{other};80;60;40\n"
    own = check(read_table(text.encode(), "r.csv"), kol, PRACTICES[0])
    assert bool([each for each in own.questions if each.code == "assumed"]) is asks
    assert bool([each for each in asked(split(text, kol)) if each[0] == "point_thousands"]) is asks
