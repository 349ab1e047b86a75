"""From files and typed numbers to a verdict: each refusal, each question, each note, with its place and its words."""

from datetime import date

import pytest

from measures.checking.sentences import SENTENCES, describe, describe_all
from measures.checking.validation import PracticeFacts, check, check_values, without_faults
from measures.packages.package import whole
from measures.reading.intake import read_table
from measures.reading.problems import Level, Where
from measures.sheets.template import build_template
from tests.measures.makers import xlsx

GOOD = "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan\n057584;6.200;130;96;70\n"
VALUES = {"listed": 6200, "copd": 130, "spirometry": 96, "care_plan": 70}
SPRING = (date(2026, 1, 1), date(2026, 4, 30))


@pytest.fixture
def verdict(kol, practice):
    def judge(text, **more):
        return check(read_table(text.encode(), "tal.csv"), kol, practice, **more)

    return judge


def codes(problems):
    return [(problem.code, problem.where.cell if problem.where else None) for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "sep=;\n" + GOOD,
        "Udtræk fra lægesystemet\nDannet af JH\n\n" + GOOD,
        GOOD + ";;;;\n\n",
        "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan\n57584;6200;130;96;70\nI alt;6200;130;96;70\n",
        "Tilmeldte\t6 200\nKOL\t130\nSpirometri\t96\nForløbsplan\t70\n",
        "tilmeldte patienter;KOL-PATIENTER;Spiro;Aktive forloebsplaner\n6200;130;96;70\n",
        "Tilmeldte,KOL,Spirometri,Forløbsplan\n6200,130,96,70\n",
        "Ydernr;O57584\nTilmeldte;6200\nKOL;130\nLFU;96\nForløbsplaner;70\n",
        "Hvad;Tal;Forklaring\nTilmeldte;6200;Alle, også børn\nKOL;130;R95\nSpiro;96;12 mdr\nPlan;70;aktiv\n",
    ],
)
def test_check_accepts_the_shapes_that_practices_send(verdict, text):
    judged = verdict(text)
    assert (judged.values, judged.problems, judged.questions) == (VALUES, (), ())
    assert (judged.ok, judged.needs_answer) == (True, False)


def test_a_filled_template_is_accepted_in_both_languages(kol, practice, da, en):
    from io import BytesIO

    import openpyxl

    for t in (da, en):
        book = openpyxl.load_workbook(BytesIO(build_template(kol, "Lægerne i Byen", "057584", "2026K1", t, "xmo")))
        page = book.worksheets[0]
        for row, number in enumerate(VALUES.values(), start=9):
            page.cell(row, 2, number)
        buffer = BytesIO()
        book.save(buffer)
        judged = check(read_table(buffer.getvalue(), "skabelon.xlsx"), kol, practice, period=SPRING)
        assert (judged.values, judged.problems, judged.questions, judged.notes) == (VALUES, (), (), ())


def test_an_unfilled_template_is_refused_for_want_of_numbers(kol, practice, da):
    data = build_template(kol, "Lægerne i Byen", "057584", "2026", da)
    judged = check(read_table(data, "skabelon.xlsx"), kol, practice)
    assert codes(judged.problems) == [("no_numbers", "B9")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ydernummer;KOL\n061654;130\n", [("wrong_practice", "A2")]),
        ("Ydernummer;061654\nKOL;130\nSpiro;96\n", [("wrong_practice", "B1")]),
        ("KOL;Spirometri\n130;140\n", [("part_larger_than_whole", "B2")]),
        ("KOL;Spirometri\n130;-4\n", [("negative", "B2")]),
        ("KOL;Spirometri\n130;74 %\n", [("percent_not_count", "B2")]),
        ("KOL;Spirometri\n<5;12,5\n", [("suppressed", "A2"), ("not_whole", "B2")]),
        ("KOL;Spirometri\nmange;#REF!\n", [("unreadable", "A2"), ("formula_error", "B2")]),
        ("KOL;Spirometri\n130;96\n22;3\n", [("several_rows", "3")]),
        ("KOL;Spirometri\n", [("no_numbers", "2")]),
        ("KOL;KOL-patienter\n130;131\n", [("named_twice", "B2")]),
        ("Hvad;Hold 1;Hold 2\nKOL;120;130\nSpirometri;80;96\n", [("several_columns", "C2")]),
        ("Praksis;Astma\nx;3\n", [("no_known_columns", None)]),
        ("CPR-nr;Navn\nx;y\n", [("patient_list", "1")]),
        ("Fødselsdato;KOL\n1. maj;1\n", [("patient_list", "1")]),
        ("PLO-format v2.40\n", [("plo_format", None)]),
        ("Navn;KOL\n010160-1234;1\n", [("cpr", "A2")]),
        ("Spirometri;Forløbsplan\n96;70\n", [("nothing_to_use", None)]),
        ("Periode;KOL\n2019K1;130\n", [("wrong_period", "A2")]),
        ("Periode;1. januar 2019\nKOL;130\nSpiro;96\n", [("wrong_period", "B1")]),
    ],
)
def test_check_refuses_with_a_code_and_a_place(verdict, text, found):
    judged = verdict(text, period=SPRING)
    assert (codes(judged.problems), judged.ok, judged.needs_answer) == (found, False, False)


@pytest.mark.parametrize(
    ("text", "more", "asked"),
    [
        ("KOL;Spirometri;Forløbsplan\n130;;70\n", {}, [("missing_value", "B2")]),
        ("KOL;Spirometri;Forløbsplan\n130;..;70\n", {}, [("not_shown", "B2")]),
        ("KOL;Spirometri\n130;96\n", {}, [("missing_field", None)]),
        ("Tilmeldte;KOL;Spiro;Plan\n1,834;130;96;70\n", {}, [("assumed", "A2"), ("list_size_differs", "A2")]),
        ("Tilmeldte;KOL;Spiro;Plan\n5.500;130;96;70\n", {}, [("list_size_differs", "A2")]),
        ("KOL;Spiro;Plan\n18;9;7\n", {}, [("small_base", "A2")]),
        ("KOL;Spiro;Plan\n30;4;0\n", {}, [("small_count", "B2"), ("zero_count", "C2")]),
        ("KOL;Spiro;Plan\n12;9;7\n", {}, [("type_again", "A2")]),
        ("KOL;Spiro;Plan\n130;3;0\n", {}, [("type_again", "B2"), ("zero_count", "C2")]),
        (GOOD, {"previous": VALUES}, [("same_as_last", None)]),
        (GOOD, {"previous": VALUES | {"copd": 40, "spirometry": 30, "care_plan": 22}}, [("changed_much", "C2")]),
    ],
)
def test_check_asks_about_what_may_be_right(verdict, text, more, asked):
    judged = verdict(text, **more)
    assert (codes(judged.questions), judged.ok, judged.needs_answer) == (asked, True, True)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("KOL;Spiro;Plan\n0;0;0\n", [("all_zero", None)]),
        ("KOL;Spirometrri;Plan\n130;96;70\n", [("heading_guessed", "B1")]),
        ("KOL;Spiro;Spiro %;Plan\n130;96;74 %;70\n", []),
        ("KOL;Spiro;Spiro %;Plan\n130;96;7,4 %;70\n", [("rate_differs", "C2")]),
        ("KOL;KOL pr. 1.000;Spiro;Plan\n130;21;96;70\n", []),
        ("KOL;KOL pr. 1.000;Spiro;Plan\n130;2,1;96;70\n", [("rate_differs", "B2")]),
        ("Periode;KOL;Spiro;Plan\n2025K4-2026K4;130;96;70\n", [("period_differs", "A2")]),
        ("Periode;KOL;Spiro;Plan\n2008-2026;130;96;70\n", [("period_lump", "A2")]),
        ("Opgjort;02-05-2026\nKOL;130\nSpiro;96\nPlan;70\n", []),
    ],
)
def test_check_asks_about_headings_units_and_times(verdict, text, asked):
    judged = verdict(text, period=SPRING)
    assert (codes(judged.questions), judged.ok) == (asked, True)


def test_check_takes_the_row_of_the_period(verdict):
    judged = verdict("Periode;KOL;Spiro;Plan\n2025K1;120;80;60\n2026K1;130;96;70\n2026K2;131;97;71\n", period=SPRING)
    assert (judged.values, judged.problems, judged.questions) == (VALUES, (), ())


def test_check_takes_the_column_of_the_period(verdict):
    for text in (
        "KOL 2025K1;KOL 2026K1;Spiro;Plan\n120;130;96;70\n",
        "Tal;2025K1;2026K1\nKOL;120;130\nSpiro;80;96\nPlan;60;70\n",
    ):
        judged = verdict(text, period=SPRING)
        assert (judged.values, judged.problems, judged.questions) == (VALUES, (), ())


def test_check_remembers_a_heading_that_was_confirmed(verdict):
    text = "KOL;Spirometrri;Plan\n130;96;70\n"
    first = verdict(text)
    again = verdict(text, learned=first.guessed)
    assert (first.guessed, again.questions, again.values) == ({"spirometrri": "spirometry"}, (), VALUES)


def test_check_tells_how_a_practice_number_was_mended(verdict):
    told = [verdict(GOOD.replace("057584", written)).notes for written in ("57584", "O57584", "057584")]
    assert [codes(notes) for notes in told] == [[("number_mended", "A2")], [("number_mended", "A2")], []]


def test_sheets_that_differ_are_a_choice_unless_one_is_of_the_period(kol, practice):
    head, rows = ["KOL", "Spiro", "Plan"], ([120, 80, 60], [130, 96, 70])
    table = read_table(xlsx(("2025K1", [head, rows[0]]), ("2026K1", [head, rows[1]])), "tal.xlsx")
    assert codes(check(table, kol, practice).problems) == [("several_sheets", None)]
    assert check(table, kol, practice, period=SPRING).values == VALUES


def test_without_faults_leaves_out_what_is_wrong_and_says_so(verdict, kol, practice):
    judged = verdict("KOL;Spiro;Plan\n130;74 %;70\n")
    rest = without_faults(judged, kol, practice)
    assert (rest.values, rest.ok) == (VALUES | {"spirometry": None}, True)
    assert [(p.code, p.params["id"]) for p in rest.questions] == [("left_out", "spirometry")]


def test_without_faults_leaves_out_a_part_that_exceeds_its_whole(verdict, kol, practice):
    rest = without_faults(verdict("KOL;Spiro;Plan\n130;140;70\n"), kol, practice)
    assert (rest.values["spirometry"], [p.code for p in rest.questions]) == (None, ["left_out"])


@pytest.mark.parametrize(
    "text",
    [
        "Navn;KOL\n010160-1234;1\n",
        "Praksis;Astma\nx;3\n",
        GOOD,
        "KOL;Spiro;Plan\nmange;96;70\n",
        GOOD.replace("057584", "1"),
    ],
)
def test_without_faults_is_no_way_round_the_rest(verdict, kol, text):
    assert without_faults(verdict(text), kol, PracticeFacts("057584")) is None


@pytest.mark.parametrize(
    ("package_id", "values", "refused"),
    [
        ("antibiotika", {"listed": 6000, "j01": 2000, "penicillin": 800, "guess": 130}, ["percent_range"]),
        ("nsaid", {"nsaid": 100, "ibuprofen": 60, "naproxen": 50, "diclofenac": 10}, ["parts_exceed_whole"]),
    ],
)
def test_check_values_knows_what_each_kind_may_hold(package_id, values, refused):
    judged = check_values(values, whole(package_id), PracticeFacts("057584"))
    assert [problem.code for problem in judged.problems] == refused


@pytest.mark.parametrize(
    ("written", "value", "told"),
    [
        ("36", 36, []),
        ("36 %", 36, []),
        ("36,4 %", 36, []),
        ("0,36", 36, [("assumed", "warn")]),
        ("136", None, [("percent_range", "block")]),
        ("..", None, [("not_shown", "warn")]),
    ],
)
def test_a_guess_is_read_as_whole_per_cent(practice, written, value, told):
    text = f"J01;Penicillin;Makrolider;Fluorquinoloner;Gæt\n2000;800;100;50;{written}\n"
    judged = check(read_table(text.encode(), "tal.csv"), whole("antibiotika"), practice)
    found = [(p.code, p.level.value) for p in (*judged.problems, *judged.questions) if p.params.get("id") == "guess"]
    assert (judged.values["guess"], found) == (value, told)


def test_an_amount_is_rounded_and_says_so(practice):
    text = "PPI;Langtid;Drøftet;DDD PPI\n400;150;60;12.345,6\n"
    judged = check(read_table(text.encode(), "tal.csv"), whole("ppi"), practice)
    assert (judged.values["ddd"], judged.problems) == (12346, ())
    assert [(n.code, n.found) for n in judged.notes if n.params.get("id") == "ddd"] == [("rounded", "12.345,6")]


def test_check_uses_the_registered_list_size_and_says_so(verdict):
    judged = verdict("KOL;Spiro;Plan\n130;96;70\n")
    assert (judged.values["listed"], codes(judged.notes)) == (6200, [("listed_from_register", None)])


def test_check_takes_the_own_row_of_a_file_with_several_practices(verdict):
    judged = verdict("Ydernummer;KOL;Spiro;Plan\n061654;40;1;1\n057584;130;96;70\nI alt;170;97;71\n")
    assert (judged.values, codes(judged.notes)) == (
        VALUES,
        [("other_rows_ignored", None), ("listed_from_register", None)],
    )


def test_check_keeps_nothing_of_a_file_with_a_cpr_number(verdict):
    judged = verdict("Navn;KOL\n010160-1234;130\n")
    assert set(judged.values.values()) == {None}
    assert repr(judged).count("0101") == 0


@pytest.mark.parametrize(
    ("given", "blocked", "asked"),
    [
        (VALUES, [], []),
        (VALUES | {"listed": None}, [], []),
        (VALUES | {"copd": 90}, ["part_larger_than_whole"], []),
        (VALUES | {"copd": -1}, ["negative"], []),
        ({"copd": 130, "spirometry": 96}, [], ["missing_field"]),
        ({}, ["nothing_to_use"], ["missing_field"] * 3),
    ],
)
def test_check_values_judges_typed_numbers_alike(kol, practice, given, blocked, asked):
    judged = check_values(given, kol, practice)
    assert [p.code for p in judged.problems] == blocked
    assert [p.code for p in judged.questions] == asked


def test_check_values_without_a_registered_list_size_asks_for_it(kol):
    judged = check_values(VALUES | {"listed": None}, kol, PracticeFacts("057584"))
    assert [(p.code, p.params["id"]) for p in judged.questions] == [("missing_field", "listed")]


def test_describe_says_place_fact_and_repair_in_danish(verdict, da):
    judged = verdict("KOL;Spirometri;Forløbsplan\n130;140;70\n")
    assert [describe(problem, da) for problem in judged.problems] == [
        "Række 2, kolonne B: KOL-patienter med spirometri inden for 12 måneder (140) kan ikke være flere end "
        "Patienter med KOL (R95) (130). Er de to tal byttet om?"
    ]


def test_describe_says_the_same_in_english(verdict, en):
    judged = verdict("KOL;Spirometri;Forløbsplan\n130;74 %;70\n")
    assert [describe(problem, en) for problem in judged.problems] == [
        "Row 2, column B: COPD patients with spirometry within 12 months: “74 %” is a percentage. "
        "Write the number of patients instead."
    ]


def test_describe_masks_long_digits_that_were_found(verdict, da):
    (problem,) = verdict("KOL;Spiro\n99.99.99.99.99;96\n").problems
    assert problem.found == "••.••.••.••.••"


def test_describe_names_sheet_and_place_beside_the_cells(da):
    from measures.reading.problems import Problem

    said = [describe(Problem("cpr", Level.BLOCK, where), da) for where in (Where("Ark1", 3, "C"), Where("comments"))]
    rest = "Her står noget, der ligner et CPR-nummer. Jeg har ikke gemt noget fra filen. Send kun antal."
    assert said == [f"Arket »Ark1«, række 3, kolonne C: {rest}", f"Kommentarer i filen: {rest}"]


def test_describe_all_shows_five_of_a_kind_and_counts_the_rest(da):
    from measures.reading.problems import Problem

    lines = describe_all([Problem("cpr", Level.BLOCK, Where(None, row, "A")) for row in range(1, 9)], da)
    assert (len(lines), lines[-1]) == (6, "… og 3 steder mere af samme slags")


def test_describe_all_tells_together_what_one_repair_mends(verdict, en):
    judged = verdict("KOL;Spirometri;Forløbsplan\n-1;74 %;<5\n")
    assert [line.partition(":")[0] for line in describe_all(judged.problems, en)] == [
        "Row 2, column A",
        "Row 2, column B",
        "Row 2, column C",
    ]


def test_describe_writes_days_as_people_do(verdict, da):
    (problem,) = verdict("Periode;KOL;Spiro;Plan\n2008-2026;130;96;70\n", period=SPRING).questions
    assert describe(problem, da) == (
        "Række 2, kolonne A: Der står 2008–2026 i filen. Det er flere år i ét tal, og jeg bad om tal fra 1. januar "
        "2026 til 30. april 2026. Vil I sende det alligevel?"
    )


def test_every_code_has_words_in_both_languages(da, en):
    assert {code for code, said in SENTENCES.items() if da(said) == en(said)} == set()
