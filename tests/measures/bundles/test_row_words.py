"""Words beside and under the numbers that make them drafts, aims, another time's or some people's are asked about."""

import pytest

from measures.bundles.bundle import read_many
from measures.checking.validation import check
from measures.reading.intake import read_table
from tests.measures.bundles.test_irregular import FACTS
from tests.measures.bundles.test_virtual import FIELDS, NUMBERS, lines, tall
from tests.measures.generator.draft import PERIOD

OWN = FACTS[0]


@pytest.fixture
def asked(kol):
    """What is asked or refused, of the file for all and of one practice's own, each as codes."""

    def read(text, own=True):
        table = read_table(text.encode(), "r.csv")
        bundle = read_many(table, kol, FACTS, period=PERIOD)
        verdicts = [check(table, kol, OWN, period=PERIOD)] if own else list(bundle.verdicts.values())
        return {each.code for verdict in verdicts for each in (*verdict.problems, *verdict.questions)}

    return read


def wide(head, word, after=False):
    rows = [((head, *FIELDS), "Ydernummer"), *(((word, *values), number) for number, values in NUMBERS.items())]
    return lines([(name, *cells[1:], cells[0]) if after else (name, *cells) for cells, name in rows])


WORDS = [
    *(("Type", "Budget"), ("Type", "Forventet"), ("Status", "foreløbig"), ("Type", "Sidste år"), ("Måned", "januar")),
    *(("Læge", "AB"), ("Filial", "Bakken"), ("Bemærkning", "Udkast"), ("Type", "Måltal")),
]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("own", [True, False])
def test_words_in_a_column_of_their_own_are_asked_about(asked, words, own):
    assert asked(wide(*words), own) & {"title_doubt", "total_row"}


@pytest.mark.parametrize("words", [("Type", "Budget"), ("Bemærkning", "Udkast"), ("Note", "sidste år")])
@pytest.mark.parametrize("own", [True, False])
def test_behind_the_numbers_too(asked, words, own):
    assert asked(wide(*words, after=True), own) & {"title_doubt", "total_row"}


@pytest.mark.parametrize(
    "words", [("Type", "Realiseret"), ("By", "Skive"), ("Kommune", "Viborg"), ("Bemærkning", "ok")]
)
@pytest.mark.parametrize("own", [True, False])
def test_words_that_change_nothing_are_not(asked, words, own):
    assert asked(wide(*words), own) == set()


def test_a_total_is_told_of_elsewhere(asked):
    assert asked(wide("Køn", "Total"), own=False) == set()


@pytest.mark.parametrize("words", [("Type", "Budget"), ("Måned", "januar"), ("Læge", "AB")])
def test_they_are_asked_about_in_long_tables_too(asked, words):
    assert asked(tall(**dict([words])), own=False) == {"title_doubt"}


@pytest.mark.parametrize("note", ["Note;Tallene er fra 2025", "Enhed;pct.", "Note;Kun kvinder", "OBS;Foreløbige tal"])
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("text", [tall(), wide("By", "Skive")])
def test_a_note_with_a_label_below_is_heard(asked, text, note, own):
    assert asked(f"{text}\n{note}\n", own) & {"title_doubt", "wrong_period"}


@pytest.mark.parametrize("note", ["Kilde;Data fra 2025", "Note;Tallene er fra 2026", "Kontakt;Regionen"])
def test_a_note_that_changes_nothing_is_not(asked, note):
    assert asked(f"{tall()}\n{note}\n", own=False) == set()


def own(*rows, head="Indikator;Antal"):
    numbers = [f"{name};{value}" for name, value in zip(FIELDS, NUMBERS[OWN.ydernummer], strict=True)]
    return "\n".join([head, *numbers[:2], *rows, *numbers[2:]]) + "\n"


@pytest.mark.parametrize(
    "corner", ["2025", "Kvinder", "Andel i pct.", "Pr. 1.000", "Budget 2026", "Eksempel", "Udkast"]
)
def test_a_corner_of_an_own_table_is_heard(asked, corner):
    assert asked(own(head=f"{corner};Antal"))


@pytest.mark.parametrize("row", ["2025;0", "Kvinder;60", "Heraf kvinder;60", "Foreløbige tal;0"])
def test_a_row_with_a_number_among_the_fields_may_head_those_below(asked, row):
    assert asked(own(row)) == {"title_doubt"}
    assert asked(own("Astma;210")) == set()


def test_a_line_of_a_time_alone_heads_what_is_below_as_before(asked):
    numbers = own().partition("\n")[2]
    assert asked(f"2025;;\n{numbers.replace('130', '120')}2026;;\n{numbers}") == set()


@pytest.mark.parametrize("text", ["Spirometri;96;kvinder", "Spirometri;96;foreløbig", "pct.;Spirometri;96"])
def test_words_beside_one_number_are_asked_about(asked, text):
    rows = own(head="Indikator;Antal;").replace("Spirometri;96", text)
    assert asked(rows if text.startswith("Spiro") else own().replace("Spirometri", "pct.;Spirometri")) != set()


def test_practices_in_another_order_further_down_are_seen(asked):
    numbers = tuple(NUMBERS)
    rows = [(name, *(values[n] for values in NUMBERS.values())) for n, name in enumerate(FIELDS)]
    turned = [(name, *values[::-1]) for name, *values in rows[2:]]
    assert asked(lines([("Indikator", *numbers), *rows[:2], (), ("Indikator", *numbers[::-1]), *turned]))


MEANS = ["Gennemsnit", "Region Midtjylland", "Landet", "Snit"]


def labelled(label, head):
    return f"Ydernummer;{head};{';'.join(FIELDS)}\n{OWN.ydernummer};{label};6200;130;96;70\n"


@pytest.mark.parametrize("label", MEANS)
@pytest.mark.parametrize("head", ["Navn", "Praksis", "Type"])
@pytest.mark.parametrize("own", [True, False])
def test_a_mean_or_a_region_with_the_practice_s_own_number_is_asked_about(asked, label, head, own):
    assert asked(labelled(label, head), own) == {"total_row"}


def test_a_sum_in_place_of_the_practice_s_name_is_asked_about(asked):
    assert asked(labelled("Total", "Praksis")) == {"total_row"}


@pytest.mark.parametrize(
    ("label", "head"), [("Total", "Køn"), ("Region Midtjylland", "Region"), (OWN.name, "Praksis"), ("Alle", "Alder")]
)
def test_its_own_sum_its_place_and_its_name_are_not(asked, label, head):
    assert asked(labelled(label, head)) == set()
