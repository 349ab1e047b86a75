"""Kinds of wrong numbers that random files for all practices found kept in silence; each a file of its own here."""

import pytest

from measures.bundles.bundle import read_many
from measures.checking.validation import PracticeFacts, check
from measures.packages.package import load
from measures.reading.intake import read_table
from measures.tables.period import span_of
from tests.measures.makers import xlsx

NORTH = PracticeFacts("057584", 6200, name="Lægerne Nord og Syd")
EAST = PracticeFacts("061654", 4100, name="Lægerne Øst og Vest")
PRACTICES = [NORTH, EAST]
HEAD = "Ydernummer;KOL;Spirometri;Forløbsplan"
OWN = "057584;130;96;70\n061654;80;60;50\n"
NAMED = f"Praksis;KOL;Spirometri;Forløbsplan\n{NORTH.name};130;96;70\n{EAST.name};80;60;50\n"


@pytest.fixture
def split(kol):
    def many(content, name="region.csv"):
        data = content if isinstance(content, bytes) else content.encode()
        return read_many(read_table(data, name), kol, PRACTICES, period=span_of("2026"))

    return many


def kept(bundle):
    """The first field by practice, where nobody is asked."""
    quiet = {number: each for number, each in bundle.verdicts.items() if each.ok and not each.questions}
    return {number: each.values["copd"] for number, each in quiet.items() if number not in bundle.guessed.values()}


def test_the_files_below_are_clear_without_what_is_odd_in_them(split):
    assert kept(split(f"{HEAD}\n{OWN}")) == kept(split(NAMED)) == {"057584": 130, "061654": 80}


def test_a_name_before_anothers_number_is_a_clash(split):
    text = f"Praksis;{HEAD}\n{NORTH.name};061654;130;96;70\n{EAST.name};061654;80;60;50\n"
    assert kept(split(text)) == {}
    assert split(text).verdicts["057584"].problems[0].code == "owner_clash"


@pytest.mark.parametrize("group", ["Gruppe", "Grupp", "Gruppe 2"])
def test_a_label_column_that_is_spelt_nearly_as_a_field_still_tells_rows_apart(split, group):
    text = (
        f"Ydernummer;{group};Tilmeldte;KOL;Spirometri;Forløbsplan\n057584;Mænd;3100;60;40;30\n;Kvinder;3100;70;56;40\n"
        "061654;Mænd;2050;30;20;10\n;Kvinder;2050;50;40;40\n"
    )
    assert kept(split(text)) == {}


@pytest.mark.parametrize(
    "heading", ["Opgørelsesår", "Dataår", "Opgørelsesperiode", "Reporting year", "Indberetningsår"]
)
def test_a_heading_about_the_time_of_the_numbers_is_read(split, heading):
    for year, expected in (("2025", {}), ("2026", {"057584": 130, "061654": 80})):
        text = f"{HEAD};{heading}\n057584;130;96;70;{year}\n061654;80;60;50;{year}\n"
        assert kept(split(text)) == expected


@pytest.mark.parametrize("heading", ["Fødselsår", "Oprettelsesdato", "Startår", "Founding year", "Patientår"])
def test_a_heading_about_another_time_says_nothing_of_the_numbers(split, heading):
    text = f"{HEAD};{heading}\n057584;130;96;70;1998\n061654;80;60;50;2011\n"
    assert kept(split(text)) == {"057584": 130, "061654": 80}


def test_a_row_without_a_time_is_a_row_of_the_practice_all_the_same(split):
    text = f"{HEAD};År\n057584;130;96;70;2026\n057584;30;20;10;\n061654;80;60;50;2026\n"
    assert kept(split(text)) == {"061654": 80}


@pytest.mark.parametrize("branch", ["afdeling Nord", "afd. 2", "filial", "(satellit)", "branch"])
def test_a_branch_under_the_practices_name_is_a_row_of_its_own(split, kol, branch):
    text = f"{NAMED}{NORTH.name} {branch};30;20;10\n"
    assert kept(split(text)) == {"061654": 80}
    own = check(read_table(text.encode(), "tal.csv"), kol, NORTH)
    assert [each.code for each in own.problems] == ["several_rows"]


def test_a_branch_alone_is_asked_about(split):
    text = NAMED.replace(f"{NORTH.name};", f"{NORTH.name} afdeling Nord;")
    assert [each.code for each in split(text).verdicts["057584"].questions if each.code == "part_row"] == ["part_row"]


def test_as_many_men_as_women_are_two_rows_of_the_own_file_too(kol):
    text = "Køn;KOL;Spirometri;Forløbsplan\nMænd;65;48;35\nKvinder;65;48;35\n"
    assert [each.code for each in check(read_table(text.encode(), "tal.csv"), kol, NORTH).problems] == ["several_rows"]


def test_every_row_of_units_is_read(split):
    text = f"{HEAD}\n;antal;antal;antal\n;antal;pct.;antal\n{OWN}"
    assert {each.values["spirometry"] for each in split(text).verdicts.values()} == {None}


@pytest.mark.parametrize("unit", ["per cent", "pct.", "percent"])
def test_per_cent_is_a_unit_however_it_is_spelt(split, unit):
    over = f";number;{unit};number\n{HEAD}\n{OWN}"
    assert {each.values["spirometry"] for each in split(over).verdicts.values()} == {None}
    assert kept(split(f"Per cent\n\n{HEAD}\n{OWN}")) == {}


@pytest.mark.parametrize("cell", ["130 DDD", "130 min", "130 kr.", "kr. 130", "130,-", "130 dage"])
def test_doses_time_and_money_are_no_people(split, cell):
    assert kept(split(f"{HEAD}\n057584;{cell};96;70\n061654;80;60;50\n")) == {"061654": 80}


def test_no_copd_is_not_a_number_of_copd(split):
    assert kept(split(f"{HEAD.replace('KOL', 'No COPD')}\n{OWN}")).get("057584") is None
    assert kept(split(f"{HEAD.replace('KOL', 'No. of COPD')}\n{OWN}")) == {"057584": 130, "061654": 80}


def test_a_quarter_in_the_row_is_asked_about_though_the_heading_names_the_year(split):
    head = "Ydernummer;Periode;KOL 2026;Spirometri 2026;Forløbsplan 2026"
    text = f"{head}\n057584;2026K1;130;96;70\n061654;2026K1;80;60;50\n"
    assert kept(split(text)) == {}


@pytest.mark.parametrize(
    "title", ["Women only", "Sex: women", "Testudtræk", "Targets", "Gennemsnitsalder", "Afdeling: Nord"]
)
def test_a_line_over_the_table_that_changes_its_numbers_is_asked_about(split, title):
    assert kept(split(f"{title}\n\n{HEAD}\n{OWN}")) == {}


@pytest.mark.parametrize("line", ["Afdeling;Sydfløjen", "Køn;Kvinder", "Sex;Women"])
def test_a_line_right_over_a_tall_table_is_no_head_of_its_answers(kol, line):
    text = f"{line}\nKOL;130\nSpirometri;96\nForløbsplan;70\n"
    verdict = check(read_table(text.encode(), "tal.csv"), kol, NORTH)
    assert not verdict.ok or [each.code for each in verdict.questions] == ["title_doubt"]


def test_a_sheet_of_a_budget_is_asked_about(split):
    rows = [["Ydernummer", "KOL", "Spirometri", "Forløbsplan"], [57584, 130, 96, 70], [61654, 80, 60, 50]]
    assert kept(split(xlsx(("Budget 2026", rows)), "region.xlsx")) == {}


def test_a_band_about_women_changes_a_field_that_is_only_some_of_another(split):
    text = f";;Kvinder;\n{HEAD}\n{OWN}"
    assert {each.values["spirometry"] for each in split(text).verdicts.values()} == {None}


def test_a_row_without_a_time_among_rows_of_another_year_is_asked_about(split, kol):
    text = f"{HEAD};År\n057584;130;96;70;2025\n057584;30;20;10;\n061654;80;60;50;2025\n"
    assert kept(split(text)) == {}
    own = "KOL;Spirometri;Forløbsplan;År\n130;96;70;2025\n30;20;10;\n"
    assert not check(read_table(own.encode(), "tal.csv"), kol, NORTH, period=span_of("2026")).ok


def test_per_cent_over_a_field_about_a_ratio_is_another_unit():
    text = "Patienter med kronisk nyresygdom;uACR;eGFR\n360;48;186\n"
    kidneys = load("nyresygdom")
    assert check(read_table(text.encode(), "tal.csv"), kidneys, NORTH).values["uacr"] == 48
    over = f"antal;pct.;antal\n{text}"
    assert check(read_table(over.encode(), "tal.csv"), kidneys, NORTH).values["uacr"] is None


@pytest.mark.parametrize("heading", ["Kommune", "Municipality", "Town"])
def test_a_namesake_from_another_place_is_asked_about(kol, heading):
    places = ["Holm og Eg", "Friis og Bro", "Krogh og Sø", "Bach og Torv", "Lund og Park"]
    practices = [PracticeFacts(f"05000{number}", name=f"Lægerne {place}") for number, place in enumerate(places)]
    towns = ["Randers"] * 4 + ["Skive"]
    lines = [f"{each.name};{town};130;96;70" for each, town in zip(practices, towns, strict=True)]
    text = "\n".join([f"Praksis;{heading};KOL;Spirometri;Forløbsplan", *lines]) + "\n"
    bundle = read_many(read_table(text.encode(), "region.csv"), kol, practices)
    assert list(bundle.guessed.values()) == ["050004"]
