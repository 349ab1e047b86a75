"""Amounts with decimals: kept as they were given from the file, the form and the message to the chart."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.charts.comparing import compare
from measures.charts.words.finding import find
from measures.checking.amounts import receipt
from measures.checking.plausibility import is_useless
from measures.checking.reply import read_reply
from measures.checking.sentences import describe
from measures.checking.validation import PracticeFacts, check, check_values
from measures.decimals import added, exact, is_whole, kept, read_field
from measures.disclosure.privacy import DisclosureRules, is_dominated
from measures.packages.package import Package, PackageError, load, parse
from measures.packages.written import source_of
from measures.reading.intake import read_table
from tests.measures.posts import POSTS

POSTS_PACKAGE = parse(POSTS)


def test_a_sum_and_a_comparison_have_no_noise():
    assert added([0.1, 0.2]) == 0.3
    assert added([3.92, 1.08]) == 5
    assert isinstance(added([3.92, 1.08]), int)
    assert exact(3.92) == Fraction(392, 100)
    assert not is_dominated([(1, 0.1), (1, 0.1), (1, 0.1)])


@given(st.integers(0, 10**9 - 1), st.integers(0, 999_999))
def test_every_amount_of_six_decimals_is_the_number_that_was_written(whole, parts):
    written = f"{whole}.{parts:06}"
    number = kept(float(written), 6)
    assert exact(number) == Fraction(written)
    assert isinstance(number, int) == (parts == 0)


@pytest.mark.parametrize("written", ["", "3,9,2", "1e3", "nan", "tre", "0x10", "--1"])
def test_what_is_no_number_in_a_form_is_none(written):
    with pytest.raises(ValueError, match=r"^"):
        read_field(written)


def test_a_form_reads_both_marks():
    assert [read_field(each) for each in ("3.92", "3,92", " 4 ", "4.0")] == [3.92, 3.92, 4, 4]
    assert is_whole(read_field("4.0"))


@pytest.mark.parametrize(
    ("cell", "value"),
    [("3,92", 3.92), ("1,35", 1.35), ("0,5", 0.5), ("8706,480000000001", 8706.48), ("12", 12), ("2.931,75", 2931.75)],
)
def test_a_file_keeps_an_amount_as_it_is(practice, cell, value):
    judged = check(read_table(f"Tilmeldte;Årsværk\n6200;{cell}\n".encode(), "tal.csv"), POSTS_PACKAGE, practice)
    assert (judged.values, judged.problems, [each.code for each in judged.notes]) == (
        {"listed": 6200, "posts": value},
        (),
        [],
    )
    assert "rounded" not in {each.code for each in judged.questions}
    assert "small_base" not in {each.code for each in judged.questions}


@pytest.mark.parametrize("cell", ["ca. 3,92", "3,92*"])
def test_an_amount_that_is_not_said_for_sure_is_asked_about(practice, da, cell):
    judged = check(read_table(f"Tilmeldte;Årsværk\n6200;{cell}\n".encode(), "tal.csv"), POSTS_PACKAGE, practice)
    asked = next(each for each in judged.questions if each.code == "assumed")
    assert judged.values["posts"] == 3.92
    assert "3,92. Er det rigtigt?" in describe(asked, da)


@pytest.mark.parametrize(("listed", "code"), [(0, "zero_count"), (3, "small_count")])
def test_few_people_over_an_amount_are_asked_about(practice, listed, code):
    judged = check_values({"listed": listed, "posts": 3.92}, POSTS_PACKAGE, practice)
    assert [each.code for each in judged.questions if each.params["id"] == "listed"] == ["list_size_differs", code]


def test_no_amount_at_all_below_the_people_is_asked_about(practice):
    judged = check_values({"listed": 6200, "posts": 0}, POSTS_PACKAGE, practice)
    assert "small_base" in {each.code for each in judged.questions}


def test_people_stay_whole(practice, kol):
    judged = check(read_table(b"KOL;Spirometri;Plan\n130;1,35;70\n", "tal.csv"), kol, practice)
    assert [each.code for each in judged.problems] == ["not_whole"]
    typed = check_values({"copd": 130, "spirometry": 1.35}, kol, practice)
    assert [(each.code, each.params["id"]) for each in typed.problems] == [("not_whole", "spirometry")]
    assert read_reply("kol 130, spirometri 1,35", kol).values == {"copd": 130}


@pytest.mark.parametrize("text", ["årsværk 3,92", "3,92 årsværk", "Årsværk: 3.92", "tilmeldte 3899, årsværk 3,92"])
def test_an_amount_is_typed_in_a_sentence(text):
    read = read_reply(text, POSTS_PACKAGE)
    assert read.values["posts"] == 3.92
    assert read.is_clear


@pytest.mark.parametrize("text", ["årsværk 3,92 / 4,1", "årsværk 3,92 eller 4,1"])
def test_two_amounts_for_one_field_are_neither(text):
    assert "posts" not in read_reply(text, POSTS_PACKAGE).values


@pytest.mark.parametrize("text", ["årsværk 3.927", "3.927 årsværk", "tilmeldte 3899, årsværk 3.927", "årsværk 5,183"])
def test_three_figures_behind_a_mark_are_thousands_or_decimals_and_taken_as_neither(text):
    read = read_reply(text, POSTS_PACKAGE)
    assert "posts" not in read.values
    assert not read.is_clear
    assert read_reply("tilmeldte 3.927", POSTS_PACKAGE).values == {"listed": 3927}


def test_thousands_or_decimals_in_a_pasted_table_are_taken_as_neither():
    assert read_reply("Tilmeldte\tÅrsværk\n3899\t3.927", POSTS_PACKAGE).values.get("posts") is None


def test_a_pasted_table_holds_amounts():
    assert read_reply("Tilmeldte\tÅrsværk\n3899\t3,92", POSTS_PACKAGE).values == {"listed": 3899, "posts": 3.92}


def test_more_decimals_than_are_kept_are_refused_where_they_are_typed(practice, da):
    judged = check_values({"listed": 6200, "posts": 3.1234567}, POSTS_PACKAGE, practice)
    assert [describe(each, da) for each in judged.problems] == [
        "Lægeårsværk: Jeg gemmer højst 6 decimaler. Skriv tallet med færre."
    ]


def test_a_package_says_how_many_decimals(practice):
    few = parse(POSTS.replace('kind = "amount"\nlabel', 'kind = "amount"\ndecimals = 0\nlabel', 1))
    judged = check(read_table(b"Tilmeldte;Posts\n6200;3,92\n", "tal.csv"), few, practice)
    assert judged.values["posts"] == 4
    assert [each.code for each in judged.questions if each.code == "rounded"] == ["rounded"]


def test_only_an_amount_has_decimals():
    with pytest.raises(PackageError) as wrong:
        parse(POSTS.replace("from_practice = true", "from_practice = true\ndecimals = 2", 1))
    assert [each.code for each in wrong.value.faults] == ["decimals_of_count"]


def test_groups_of_people_are_whole_whatever_the_kind():
    source = source_of("kol").replace('id = "spirometry"', 'id = "spirometry"\nkind = "amount"', 1)
    part = '[[measures]]\nid = "parts"\nkind = "composition"\nparts = ["spirometry", "care_plan"]\n'
    words = "".join(f'{key} = {{ da = "a", en = "a" }}\n' for key in ("title", "sentence", "definition", "caution"))
    assert parse(source).places("spirometry") == 6
    assert parse(source + "\n" + part + words).places("spirometry") == 0


def test_the_receipt_the_rate_and_the_chart_say_the_amount(da, en):
    numbers = {"listed": 3899, "posts": 3.92}
    assert receipt(POSTS_PACKAGE, "listed", numbers, da) == "3.899 fordelt på 3,92 = 995 patienter"
    measure = POSTS_PACKAGE.measure("per_post")
    others = {n: {"listed": 3000 + 211 * n, "posts": 2.35 + 0.41 * n} for n in range(1, 9)}
    seen = compare(measure, 0, {0: numbers, **others}, DisclosureRules())
    found = find(measure, POSTS_PACKAGE, seen, da)
    assert found.headline.startswith("I har 994,6 patienter pr. årsværk")
    assert seen.mean is not None
    total = sum(Fraction(each["listed"]) for each in (numbers, *others.values()))
    posts = sum(Fraction(str(round(each["posts"], 2))) for each in (numbers, *others.values()))
    assert seen.mean == round(total / posts)
    plain = POSTS_PACKAGE.measure("posts")
    alone = compare(plain, 0, {}, DisclosureRules(), own=numbers)
    assert find(plain, POSTS_PACKAGE, alone, da).headline == "I har 3,92 årsværk."
    assert find(plain, POSTS_PACKAGE, alone, en).headline == "You have 3.92 posts."


def test_shipped_doses_are_rounded_as_their_help_says():
    assert {load(name).places(item.id) for name in ("ppi", "nsaid") for item in load(name).fields} == {0}
    assert not is_useless({"listed": 3899, "posts": 3.92}, POSTS_PACKAGE)


def test_an_amount_that_differs_is_a_change_and_the_same_one_is_none(practice: PracticeFacts):
    package: Package = POSTS_PACKAGE
    now = {"listed": 6200, "posts": 3.92}
    same = check_values(now, package, practice, previous=dict(now))
    assert "changed_much" not in {each.code for each in same.questions}
    other = check_values({"listed": 6200, "posts": 0.39}, package, practice, previous=now)
    assert "changed_much" in {each.code for each in other.questions}
