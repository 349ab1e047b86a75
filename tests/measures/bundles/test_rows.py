"""Several rows a practice: labels written once, the period, a total and its parts; what tells rows apart is named."""

import pytest

from measures.bundles.bundle import read_many
from measures.checking.sentences import describe
from measures.checking.validation import PracticeFacts
from measures.reading.intake import read_table
from measures.tables.period import span_of
from tests.measures.makers import merged, xlsx

NORTH = PracticeFacts("057584", 6200, name="Lægerne Nord og Syd")
EAST = PracticeFacts("061654", 4100, name="Lægerne Øst og Vest")
THIRD = PracticeFacts("069701", 2500, name="Byens Læger på Torvet")
PRACTICES = [NORTH, EAST, THIRD]


@pytest.fixture
def split(kol):
    def many(content, practices=PRACTICES, **more):
        data = content if isinstance(content, bytes) else content.encode()
        name = "region.xlsx" if isinstance(content, bytes) else "region.csv"
        return read_many(read_table(data, name), kol, practices, **more)

    return many


def copd(bundle):
    """What was kept of the first field, by practice; a code where nothing could be."""
    return {
        number: verdict.values["copd"] if verdict.ok else verdict.problems[0].code
        for number, verdict in bundle.verdicts.items()
    }


HEAD = "Ydernummer;Køn;KOL;Spirometri;Forløbsplan\n"
SEXES = HEAD + "057584;Mænd;60;40;30\n{};Kvinder;70;56;40\n061654;Mænd;30;20;10\n{};Kvinder;50;40;40\n"


@pytest.mark.parametrize("again", [("057584", "061654"), ("", "")], ids=["repeated", "written once"])
def test_parts_are_never_taken_for_the_whole(split, again, da):
    bundle = split(SEXES.format(*again))
    assert copd(bundle) == {"057584": "rows_apart", "061654": "rows_apart"}
    assert describe(bundle.verdicts["057584"].problems[0], da) == (
        "Række 3: Praksis 057584 står i 2 rækker. Kolonne B »Køn« skiller rækkerne: Mænd, Kvinder. "
        "Behold én række for hver praksis."
    )


def test_merged_labels_go_on_below(split):
    rows = [
        ["Praksis", "Køn", "KOL", "Spirometri", "Forløbsplan"],
        [NORTH.name, "Mænd", 60, 40, 30],
        [None, "Kvinder", 70, 56, 40],
        [EAST.name, "Mænd", 30, 20, 10],
        [None, "Kvinder", 50, 40, 40],
    ]
    book = merged(rows, (1, 0, 2, 0, NORTH.name), (3, 0, 4, 0, EAST.name))
    assert copd(split(book)) == {"057584": "rows_apart", "061654": "rows_apart"}


def test_equal_parts_are_two_rows_all_the_same(split):
    text = HEAD + "057584;Mænd;60;40;30\n057584;Kvinder;60;40;30\n061654;Mænd;30;20;10\n061654;Kvinder;30;20;10\n"
    assert copd(split(text)) == {"057584": "rows_apart", "061654": "rows_apart"}


def test_the_same_row_twice_is_one(split):
    assert copd(split(HEAD + "057584;Alle;130;96;70\n057584;Alle;130;96;70\n061654;Alle;80;60;50\n")) == {
        "057584": 130,
        "061654": 80,
    }


@pytest.mark.parametrize("word", ["I alt", "Alle", "Total", "Køn i alt", "ALL"])
@pytest.mark.parametrize("last", [True, False])
def test_a_whole_is_taken_and_not_its_part(split, word, last):
    pairs = [("057584", 130, 70), ("061654", 80, 50)]
    lines = []
    for number, whole, part in pairs:
        two = [f"{number};{word};{whole};{whole - 30};{whole - 40}", f"{number};Kvinder;{part};{part - 30};{part - 40}"]
        lines += two[::-1] if last else two
    assert copd(split(HEAD + "\n".join(lines) + "\n")) == {"057584": 130, "061654": 80}


def test_a_whole_that_is_less_than_a_part_is_none(split):
    text = HEAD + "057584;I alt;60;40;30\n057584;Kvinder;70;56;40\n061654;I alt;80;60;50\n"
    assert copd(split(text)) == {"057584": "rows_apart", "061654": 80}


def test_the_sum_of_a_practice_below_its_rows_is_its_own(split):
    text = (
        "Praksis;Køn;KOL;Spirometri;Forløbsplan\n"
        f"{NORTH.name};Mænd;60;40;30\n;Kvinder;70;56;40\n{NORTH.name} i alt;;130;96;70\n"
        f"{EAST.name};Mænd;30;20;10\n;Kvinder;50;40;40\n{EAST.name} i alt;;80;60;50\nHovedtotal;;210;156;120\n"
    )
    bundle = split(text)
    assert (copd(bundle), bundle.strangers) == ({"057584": 130, "061654": 80}, 0)


def test_a_sum_of_all_without_a_label_belongs_to_nobody(split):
    text = (
        "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan\n057584;6200;130;96;70\n061654;4100;80;60;50\n;;210;156;120\n"
    )
    assert copd(split(text)) == {"057584": 130, "061654": 80}


def test_one_row_without_an_owner_among_full_ones_goes_to_nobody(split):
    text = HEAD + "057584;Alle;130;96;70\n061654;Kvinder;80;60;50\n;I alt;900;600;500\n069701;Alle;50;30;20\n"
    assert copd(split(text)) == {"057584": 130, "061654": 80, "069701": 50}


@pytest.mark.parametrize("heading", ["År", "Årstal", "TID", "Periode", "Year", "Opgjort"])
def test_the_row_of_the_period_is_taken(split, heading):
    text = (
        f"Ydernummer;{heading};KOL;Spirometri;Forløbsplan\n057584;2025;100;80;60\n057584;2026;130;96;70\n"
        "061654;2025;70;50;40\n061654;2026;80;60;50\n"
    )
    assert copd(split(text, period=span_of("2026"))) == {"057584": 130, "061654": 80}


@pytest.mark.parametrize(
    ("heading", "old", "new"), [("Måned", "2026-02", "2026-03"), ("year_month", "202602", "202603")]
)
def test_the_month_of_the_period_is_taken(split, heading, old, new):
    rows = "".join(
        f"{number};{when};{copd_};{copd_ - 20};{copd_ - 30}\n"
        for number, first in (("057584", 100), ("061654", 70))
        for when, copd_ in ((old, first), (new, first + 9))
    )
    text = f"Ydernummer;{heading};KOL;Spirometri;Forløbsplan\n{rows}"
    assert copd(split(text, period=span_of("2026-03"))) == {"057584": 109, "061654": 79}


def test_rows_from_other_times_only_are_refused(split):
    text = (
        "Ydernummer;År;KOL;Spirometri;Forløbsplan\n057584;2023;100;80;60\n057584;2024;130;96;70\n061654;2024;80;60;50\n"
    )
    assert copd(split(text, period=span_of("2026"))) == {"057584": "wrong_period", "061654": "wrong_period"}


def test_a_title_with_another_year_stops_every_practice(split):
    text = "Periode: 01.01.2024 - 31.12.2024\n\n" + HEAD + "057584;Alle;130;96;70\n061654;Alle;80;60;50\n"
    assert set(copd(split(text, period=span_of("2026"))).values()) == {"wrong_period"}


def test_a_sheet_for_each_year_is_chosen_by_the_round(split):
    head = ["Ydernummer", "KOL", "Spirometri", "Forløbsplan"]
    old, new = [head, [57584, 100, 80, 60], [61654, 70, 50, 40]], [head, [57584, 130, 96, 70], [61654, 80, 60, 50]]
    book = xlsx(("2025", old), ("2026", new))
    assert copd(split(book, period=span_of("2026"))) == {"057584": 130, "061654": 80}
    for untold in (split(book), split(xlsx(("Ark1", old), ("Ark2", new)), period=span_of("2026"))):
        assert [each.code for each in untold.problems] == ["several_sheets"]


def test_sheets_with_practices_of_their_own_are_read_together(split):
    head = ["Ydernummer", "KOL", "Spirometri", "Forløbsplan"]
    book = xlsx(("Nord", [head, [57584, 130, 96, 70]]), ("Syd", [head, [61654, 80, 60, 50], [69701, 50, 30, 20]]))
    assert copd(split(book)) == {"057584": 130, "061654": 80, "069701": 50}


def test_every_row_of_a_long_file_is_read(split):
    rows = "".join(f"{number};{number % 90 + 20};20;10\n" for number in range(100001, 108001))
    text = "Ydernummer;KOL;Spirometri;Forløbsplan\n" + rows + "057584;130;96;70\n061654;80;60;50\n"
    bundle = split(text)
    assert (copd(bundle), bundle.strangers, bundle.guessed) == ({"057584": 130, "061654": 80}, 8000, {})


def test_a_mean_of_a_practice_is_asked_about(split):
    text = HEAD + "057584;Gennemsnit;130;96;70\n061654;Gennemsnit;80;60;50\n"
    asked = {q.code for verdict in split(text).verdicts.values() for q in verdict.questions}
    assert "total_row" in asked


def test_numbers_of_a_count_column_with_a_decimal_point_are_asked_about(split):
    text = "Ydernummer,Tilmeldte,KOL,Spirometri,Forløbsplan\n057584,6.200,1.234,96,70\n061654,4.100,163.97,60,50\n"
    bundle = split(text)
    assert bundle.verdicts["057584"].values["copd"] == 1234
    asked = {(q.code, q.where.column) for q in bundle.verdicts["057584"].questions}
    assert {("point_thousands", "B"), ("point_thousands", "C")} <= asked
    assert not bundle.verdicts["061654"].ok


@pytest.mark.parametrize("word", ["Kvinder", "Mænd", "65+ år", "Under 67 years"])
def test_rows_for_some_of_the_people_are_asked_about(split, word, da):
    bundle = split(HEAD + f"057584;{word};130;96;70\n061654;{word};80;60;50\n")
    asked = [q for q in bundle.verdicts["057584"].questions if q.code == "part_row"]
    assert [describe(each, da) for each in asked] == [
        f"Række 2: Rækken gælder kun »{word}«. Er det dem, jeg spørger om?"
    ]


def test_parts_below_a_practices_name_are_its_rows(split):
    text = (
        f"Praksis;KOL;Spirometri;Forløbsplan\n{NORTH.name};;;\nMænd;60;40;30\nKvinder;70;56;40\n"
        f"{EAST.name};;;\nMænd;30;20;10\nKvinder;50;40;40\nI alt;210;156;120\n{THIRD.name};50;30;20\n"
    )
    assert copd(split(text)) == {"057584": "rows_apart", "061654": "rows_apart", "069701": 50}


@pytest.mark.parametrize("label", ["I alt", "Region Midtjylland", "Hele landet", "Gennemsnit"])
def test_a_sum_below_a_practice_without_numbers_is_not_its_own(split, label):
    text = f"Praksis;KOL;Spirometri;Forløbsplan\n{EAST.name};80;60;50\n{NORTH.name};;;\n{label};210;156;120\n"
    assert copd(split(text)) == {"061654": 80}


def test_the_sum_below_the_last_of_several_groups_is_everybodys(split):
    text = (
        f"Praksis;Køn;KOL;Spirometri;Forløbsplan\n{NORTH.name};Mænd;60;40;30\n;Kvinder;70;56;40\n"
        f"{EAST.name};Mænd;30;20;10\n;Kvinder;50;40;40\n;I alt;210;156;120\n"
    )
    assert set(copd(split(text)).values()) == {"rows_apart"}


def test_a_stranger_below_a_practice_without_numbers_is_not_its_part(split):
    text = f"Praksis;KOL;Spirometri;Forløbsplan\n{NORTH.name};;;\nKlinik Solsikken;60;40;30\n{EAST.name};80;60;50\n"
    assert copd(split(text)) == {"061654": 80}


def test_a_branch_with_the_same_number_is_named(split):
    text = (
        f"Ydernummer;Praksis;KOL;Spirometri;Forløbsplan\n057584;{NORTH.name};130;96;70\n"
        f"057584;{NORTH.name} afdeling;30;20;10\n061654;{EAST.name};80;60;50\n"
    )
    [problem] = split(text).verdicts["057584"].problems
    assert (problem.code, problem.params["column"]) == ("rows_apart", "B")


def test_a_limit_beside_the_numbers_is_no_part(split):
    """`10.4` under a heading with "estimate" reads like a day in April, and as a band of ages."""
    text = f"Ydernummer;Nedre grænse;KOL;Spirometri;Forløbsplan\n{NORTH.ydernummer};10.4;130;96;70\n"
    verdict = split(text).verdicts[NORTH.ydernummer]
    assert (verdict.values["copd"], verdict.questions) == (130, ())


@pytest.mark.parametrize(("heading", "codes"), [("KOL 2026", []), ("KOL", ["period_lump"])])
def test_a_year_over_the_numbers_speaks_against_the_range_of_a_title(split, kol, heading, codes):
    fields = (kol.fields[0], kol.fields[1].model_copy(update={"aliases": (heading,)}), *kol.fields[2:])
    package = kol.model_copy(update={"fields": fields})
    text = f"Dødsfald efter årsag, 1998-2026\n\nYdernummer;{heading};Spirometri;Forløbsplan\n057584;130;96;70\n"
    table = read_table(text.encode(), "region.csv")
    verdict = read_many(table, package, PRACTICES, period=span_of("2026")).verdicts["057584"]
    assert (verdict.values["copd"], [each.code for each in verdict.questions]) == (130, codes)
