"""Files with all practices of a cluster: one verdict each, strangers never kept, likely names asked about."""

import pytest

from measures.bundles.bundle import read_many
from measures.checking.validation import PracticeFacts
from measures.reading.intake import read_table
from tests.measures.makers import xlsx

PRACTICES = [
    PracticeFacts("057584", 6200, name="Lægehuset Havnen"),
    PracticeFacts("061654", 4100, name="Lægerne Holm & Bach"),
    PracticeFacts("069701", 2500, name="Byens Læger"),
]
HEAD = "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan\n"


@pytest.fixture
def split(kol):
    def many(text, practices=PRACTICES, **more):
        return read_many(read_table(text.encode(), "region.csv"), kol, practices, **more)

    return many


def test_read_many_gives_every_practice_its_own_row(split):
    bundle = split(HEAD + "57584;6200;130;96;70\n061654;4100;80;60;50\nI alt;10300;210;156;120\n")
    assert bundle.usable == {
        "057584": {"listed": 6200, "copd": 130, "spirometry": 96, "care_plan": 70},
        "061654": {"listed": 4100, "copd": 80, "spirometry": 60, "care_plan": 50},
    }
    assert [(note.code, note.params["name"]) for note in bundle.notes] == [("practice_missing", "Byens Læger")]


def test_read_many_counts_strangers_and_keeps_nothing_of_them(split):
    bundle = split(HEAD + "057584;6200;130;96;70\n099999;4444;99;88;77\n")
    assert (list(bundle.verdicts), bundle.strangers) == (["057584"], 1)
    assert "4444" not in repr(bundle)


def test_read_many_accepts_the_good_part(split):
    bundle = split(HEAD + "057584;6200;130;96;70\n061654;4100;80;90;50\n")
    assert (list(bundle.usable), [p.code for p in bundle.verdicts["061654"].problems]) == (
        ["057584"],
        ["part_larger_than_whole"],
    )


def test_read_many_takes_hidden_numbers_as_final(split):
    bundle = split(HEAD + "057584;6200;130;96;<5\n061654;4100;80;60;..\n")
    told = [(v.values["care_plan"], v.ok, [q.code for q in v.questions]) for v in bundle.verdicts.values()]
    assert told == [(None, True, ["not_shown"]), (None, True, ["not_shown"])]


def test_read_many_refuses_a_practice_that_stands_twice(split):
    bundle = split(HEAD + "057584;6200;130;96;70\n057584;6200;131;96;70\n061654;4100;80;60;50\n")
    assert (list(bundle.usable), [p.code for p in bundle.verdicts["057584"].problems]) == (
        ["061654"],
        ["practice_twice"],
    )


def test_read_many_finds_practices_by_name_and_asks_when_only_alike(split):
    text = (
        "Praksis;KOL;Spirometri;Forløbsplan\nLÆGEHUSET HAVNEN;130;96;70\nHolm og Bach;80;60;50\nEn helt anden;9;9;9\n"
    )
    bundle = split(text)
    assert (list(bundle.verdicts), bundle.strangers, bundle.guessed) == (
        ["057584", "061654"],
        1,
        {"holm og bach": "061654", "laegehuset havnen": "057584"},
    )
    assert next((note.code, note.params["name"]) for note in bundle.notes) == ("name_guessed", "Lægerne Holm & Bach")


def test_read_many_asks_about_the_name_and_not_about_the_code_before_it(split):
    text = (
        "Ydernr;Praksis;Tilmeldte;KOL;Spirometri;Forløbsplan\nKa;Lægehuset Havnen;3900;130;96;70\n"
        "Kb;Lægerne Holm & Bach;4100;80;60;50\n"
    )
    bundle = split(text)
    assert [note.found for note in bundle.notes if note.code == "name_guessed"] == ["Lægehuset Havnen"]


def test_read_many_remembers_the_names_that_were_confirmed(split):
    text = "Praksis;KOL;Spirometri;Forløbsplan\nKlinik 7;80;60;50\n"
    bundle = split(text, matches={"klinik 7": "061654"})
    assert (list(bundle.verdicts), bundle.guessed) == (["061654"], {})


def test_read_many_holds_no_practice_against_the_others(split):
    practices = [PracticeFacts(f"{n:06d}", 5000, name=f"P{n}") for n in range(1, 9)]
    rows = "".join(f"{n:06d};5000;100;{70 + n};50\n" for n in range(1, 8)) + "000008;5000;100;30;50\n"
    assert [verdict.questions for verdict in split(HEAD + rows, practices).verdicts.values()] == [()] * 8


def test_read_many_asks_about_a_number_outside_what_is_usual(split):
    rows = "057584;5000;100;71;50\n061654;5000;200;11;50\n"
    practices = [PracticeFacts("057584", 5000), PracticeFacts("061654", 5000)]
    found = split(HEAD + rows, practices).verdicts
    assert {number: [q.code for q in verdict.questions] for number, verdict in found.items()} == {
        "057584": [],
        "061654": ["unusual"],
    }


def test_read_many_refuses_persons_and_files_without_practices(split):
    assert [p.code for p in split(HEAD + "Jens 010160-1234;1;1;1;1\n").problems] == ["cpr"]
    assert [p.code for p in split("KOL;Spirometri\n130;96\n").problems] == ["owner_missing"]
    assert [p.code for p in split("Hoste;Feber\n130;96\n").problems] == ["no_known_columns"]


def test_read_many_compares_with_the_time_before(split):
    before = {"057584": {"listed": 6200, "copd": 35, "spirometry": 30, "care_plan": 25}}
    bundle = split(HEAD + "057584;6200;130;96;70\n", previous=before)
    assert [q.code for q in bundle.verdicts["057584"].questions] == ["changed_much"]


def test_read_many_reads_a_workbook_with_other_sheets(kol):
    rows = [["Ydernummer", "Tilmeldte", "KOL", "Spirometri", "Forløbsplan"], [57584, 6200, 130, 96, 70]]
    table = read_table(xlsx(("Forside", [["Region Nord"]]), ("Data", rows)), "region.xlsx")
    assert list(read_many(table, kol, PRACTICES).usable) == ["057584"]
