"""Whose row it is: many headings, number and name in one cell, a package's own heading; namesakes are asked about."""

import pytest

from measures.bundles.bundle import read_many
from measures.bundles.owners import NOBODY, Owners
from measures.checking.sentences import describe
from measures.checking.validation import PracticeFacts
from measures.reading.intake import read_table
from measures.tables.names import LONGEST, is_same_practice

PRACTICES = [
    PracticeFacts("057584", 6200, name="Lægerne Nord og Syd"),
    PracticeFacts("061654", 4100, name="Lægerne Øst og Vest"),
    PracticeFacts("069701", 2500, name="Byens Læger på Torvet"),
]
FIELDS = "KOL;Spirometri;Forløbsplan"
ROWS = ("130;96;70", "80;60;50", "50;30;20")
NUMBERS = [facts.ydernummer for facts in PRACTICES]
NAMES = [facts.name for facts in PRACTICES]
ALL = {"057584": 130, "061654": 80, "069701": 50}


@pytest.fixture
def split(kol):
    def many(text, practices=PRACTICES, package=kol, **more):
        return read_many(read_table(text.encode(), "region.csv"), package, practices, **more)

    return many


def table(heading, owners, fields=FIELDS):
    lines = [f"{owner};{row}" for owner, row in zip(owners, ROWS, strict=False)]
    return "\n".join([f"{heading};{fields}", *lines]) + "\n"


def copd(bundle):
    return {number: verdict.values["copd"] for number, verdict in bundle.verdicts.items() if verdict.ok}


@pytest.mark.parametrize(
    "heading",
    [
        "Yder nr.",
        "YDERNR",
        "Provider ID",
        "practicecode",
        "CODE",
        "Kommunekode",
        "OMRÅDE",
        "Praksis-ID",
        "Løbenummer",
        "",
    ],
)
def test_numbers_are_found_under_any_heading(split, heading):
    assert copd(split(table(heading, NUMBERS))) == ALL


@pytest.mark.parametrize("heading", ["Kommune", "Område", "Area Name", "region", "Enhed", "Hvem", ""])
def test_names_are_found_under_any_heading(split, heading):
    assert copd(split(table(heading, NAMES))) == ALL


@pytest.mark.parametrize(
    "both",
    [
        "{number} {name}",
        "{number} - {name}",
        "K-{number} {name}",
        "{name} ({number})",
        "{name}, {number}",
        "{number}: {name}",
    ],
)
def test_number_and_name_in_one_cell(split, both):
    cells = [both.format(number=facts.ydernummer, name=facts.name) for facts in PRACTICES]
    bundle = split(table("Praksis", cells))
    assert (copd(bundle), bundle.guessed) == (ALL, {})


def test_a_number_before_another_practices_name_is_refused(split):
    cells = [f"057584 {NAMES[1]}", f"061654 {NAMES[0]}", f"069701 {NAMES[2]}"]
    bundle = split(table("Praksis", cells))
    assert (copd(bundle), {v.problems[0].code for v in bundle.verdicts.values() if not v.ok}) == (
        {"069701": 50},
        {"owner_clash"},
    )


def test_a_name_beside_another_number_is_refused(split):
    rows = f"099999;{NAMES[0]};130;96;70\n061654;{NAMES[1]};80;60;50\n069701;{NAMES[2]};50;30;20\n"
    bundle = split(f"Ydernummer;Praksis;{FIELDS}\n{rows}")
    assert (copd(bundle), bundle.verdicts["057584"].problems[0].code) == (
        {"061654": 80, "069701": 50},
        "owner_clash",
    )


def test_a_stranger_with_a_number_of_its_own_changes_nothing(split):
    rows = f"057584;{NAMES[0]};130;96;70\n099999;{NAMES[0]};9;8;7\n061654;{NAMES[1]};80;60;50\n"
    assert copd(split(f"Ydernummer;Praksis;{FIELDS}\n{rows}")) == {"057584": 130, "061654": 80}


def test_a_package_names_the_heading_of_its_source(split, kol):
    package = kol.model_copy(update={"practice_headings": ("Leverandør",)})
    cells = ["Klinik A", "Klinik B", "Klinik C"]
    text = f"Leverandør;Kommune;{FIELDS}\n" + "".join(
        f"{cell};Byen;{row}\n" for cell, row in zip(cells, ROWS, strict=True)
    )
    known = {"klinik a": "057584", "klinik b": "061654"}
    assert copd(split(text, package=package, matches=known)) == {"057584": 130, "061654": 80}


def test_the_column_of_strangers_is_named(split, da):
    bundle = split(table("Kommune", ["Aarhus", "Odense", "Esbjerg"]))
    assert [describe(problem, da) for problem in bundle.problems] == [
        "Jeg kender tallene, men ikke hvis de er: Ingen af de praksisser, der er spurgt, står i kolonne A »Kommune«. "
        "Skriv deres ydernummer eller navn der."
    ]


def test_numbers_without_any_owner_say_just_that(split, da):
    bundle = split(f"Uge;{FIELDS}\n1;130;96;70\n2;80;60;50\n")
    assert [problem.code for problem in bundle.problems] == ["owner_missing"]
    assert describe(bundle.problems[0], da).startswith("Jeg kender tallene, men ikke hvis de er.")


def test_small_numbers_are_no_practice_numbers(split):
    practices = [PracticeFacts(f"{number:06d}", 5000, name=f"P{number}") for number in (65, 66, 67)]
    assert [p.code for p in split(table("Alder", ["65", "66", "67"]), practices).problems] == ["owner_missing"]


TOWNS = [
    PracticeFacts(f"05000{n}", None, name=name)
    for n, name in enumerate(
        ["Anna og Bo", "Carl og Dorte", "Emil og Fie", "Gurli og Hans", "Ida og Jens", "Kaj og Lone"]
    )
]


def test_a_row_from_another_town_is_asked_about_and_remembered(split):
    rows = "".join(
        f"{facts.name};{'Skagen' if n == 5 else 'Odense'};{100 + n};{60 + n};{50 + n}\n"
        for n, facts in enumerate(TOWNS)
    )
    text = f"Praksis;By;{FIELDS}\n{rows}"
    bundle = split(text, TOWNS)
    assert bundle.guessed == {"kaj og lone skagen": "050005"}
    assert split(text, TOWNS, matches=bundle.guessed).guessed == {}


def test_a_name_that_many_have_is_asked_about_when_nothing_else_fits(split):
    practices = [PracticeFacts("057584", None, name="Lægehuset Havnen"), *PRACTICES[1:]]
    text = table("Praksis", [each.name for each in practices])
    assert split(text, practices).guessed == {"laegehuset havnen": "057584"}
    assert split(text, practices, matches={"laegehuset havnen": "057584"}).guessed == {}


def test_a_known_list_size_speaks_for_a_name_that_many_have(split):
    practices = [PracticeFacts("057584", 6200, name="Lægehuset Havnen"), *PRACTICES[1:]]
    lines = "Lægehuset Havnen;6210;130;96;70\nLægerne Øst og Vest;4100;80;60;50\n"
    assert split(f"Praksis;Tilmeldte;{FIELDS}\n{lines}", practices).guessed == {}


@pytest.mark.parametrize(
    ("sizes", "asked"),
    [
        ((6210, 4100, 2450, 3000), {}),
        ((9900, 4100, 2450, 3000), {"laegehuset havnen": "057584"}),
        ((6210, 130, 96, 70), {"laegehuset havnen": "057584"}),
        ((6210, 4100, 2450, None), {"laegehuset havnen": "057584"}),
    ],
    ids=["fits", "other size", "other column", "too few"],
)
def test_a_list_size_that_nobody_asked_for_speaks_for_a_name_too(split, sizes, asked):
    practices = [
        PracticeFacts("057584", 6200, name="Lægehuset Havnen"),
        *PRACTICES[1:],
        PracticeFacts("070922", 3000, name="Lægerne By og Land"),
    ]
    lines = [
        f"{facts.name};{size};{10 * n + 30};{10 * n + 20};{10 * n + 10}\n"
        for n, (facts, size) in enumerate(zip(practices, sizes, strict=True))
        if size is not None
    ]
    assert split(f"Praksis;Størrelse;{FIELDS}\n{''.join(lines)}", practices).guessed == asked


def test_another_list_size_than_on_file_makes_a_name_doubtful(split):
    text = f"Praksis;Tilmeldte;{FIELDS}\n{NAMES[0]};9900;130;96;70\n{NAMES[1]};4100;80;60;50\n"
    bundle = split(text)
    assert (bundle.guessed, [q.code for q in bundle.verdicts["057584"].questions]) == (
        {"laegerne nord og syd": "057584"},
        ["list_size_differs"],
    )


def test_two_of_one_name_are_told_apart_by_their_town(split):
    text = f"Praksis;By;{FIELDS}\n{NAMES[0]};Odense;130;96;70\n{NAMES[0]};Skagen;99;88;77\n{NAMES[1]};Odense;80;60;50\n"
    [problem] = split(text).verdicts["057584"].problems
    assert (problem.code, problem.params["column"], problem.params["values"]) == ("rows_apart", "B", "Odense, Skagen")


def test_numbers_in_names_must_agree(split):
    practices = [PracticeFacts("057584", 6200, name="Lægehuset 2"), *PRACTICES[1:]]
    bundle = split(table("Praksis", ["Lægehuset 3", *NAMES[1:]]), practices)
    assert (copd(bundle), bundle.guessed) == ({"061654": 80, "069701": 50}, {})


def test_a_practice_that_is_there_is_never_guessed_again(split):
    text = table("Praksis", [NAMES[0], NAMES[0] + "h", NAMES[1]])
    bundle = split(text)
    assert (copd(bundle), bundle.guessed, bundle.strangers) == ({"057584": 130, "061654": 50}, {}, 1)


@pytest.mark.parametrize("hidden", ["Sum", "Region Midtjylland", "Hele landet", "Gennemsnit pr. praksis"])
def test_rows_of_all_are_nobodys(split, hidden):
    bundle = split(table("Praksis", [NAMES[0], NAMES[1], hidden]))
    assert (copd(bundle), bundle.strangers) == ({"057584": 130, "061654": 80}, 0)


@pytest.mark.parametrize("filler", ["a", "æ ", "lægehus ", "i alt "])
def test_a_cell_longer_than_any_name_is_nobody_s(filler):
    text = (filler * LONGEST)[: LONGEST + 1] + "."
    assert Owners(PRACTICES, {}).said(text) == NOBODY
    assert not is_same_practice(f"057584 {text}", NAMES[0], "057584")
