"""Numbers typed in a message, in the ways people type them."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.checking.reply import read_reply
from measures.packages.package import available, load, text

TYPED = Path(__file__).with_name("typed_answers.tsv")
"""Typed answers with what they say: plain values are clear at once, after `~` about right, after `?` the most that may
be taken beside a question."""


def typed_answers():
    with TYPED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            said = row["typed"].replace("\\n", "\n").replace("\\t", "\t")
            pairs = (pair.split("=") for pair in row["means"].strip("?~ ").split())
            yield row["package"], said, row["means"][0], {name: int(value) for name, value in pairs}


def test_read_reply_takes_what_is_clear_and_asks_about_the_rest():
    wrong, missed, clear = [], [], 0
    for package, said, kind, values in typed_answers():
        reply = read_reply(said, load(package))
        is_taken = reply.is_clear and not reply.rough
        clear += kind not in "?~"
        if (kind == "?" and is_taken) or not reply.values.items() <= values.items():
            wrong.append((said, reply.values))
        elif kind != "?" and (reply.values != values or is_taken != (kind != "~")):
            missed.append((said, reply))
    assert clear >= 70
    assert (wrong, missed) == ([], [])


def test_read_reply_knows_the_own_practice_and_the_years_of_the_round(kol):
    own = {"own": ("Lægerne Torvet", "057584"), "years": (2025, 2026)}
    for said in ("Lægerne Torvet 2026: KOL 88, plan 40", "Tal fra Lægerne Torvet (057584): KOL 88, plan 40 (2025)"):
        assert read_reply(said, kol, **own).values == {"copd": 88, "care_plan": 40}
        assert read_reply(said, kol).values == {}
    assert read_reply("Lægerne Torvet 2024: KOL 88, plan 40", kol, **own).values == {}
    assert read_reply("Lægerne Bakken: KOL 88, plan 40", kol, **own).ambiguous == ("Lægerne Bakken",)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("KOL 130, spirometri 96", {"copd": 130, "spirometry": 96}),
        ("130 kol / 96 spiro / 70 forløbsplaner", {"copd": 130, "spirometry": 96, "care_plan": 70}),
        ("kol: 130\nspirometri: 96\nforløbsplan: 70", {"copd": 130, "spirometry": 96, "care_plan": 70}),
        ("KOL=130; spiro=96", {"copd": 130, "spirometry": 96}),
        ("Vi har 130 KOL og 96 spirometrier", {"copd": 130, "spirometry": 96}),
        ("Tilmeldte 6.200, KOL 130", {"listed": 6200, "copd": 130}),
        ("tilmeldte 6 200, kol 130", {"listed": 6200, "copd": 130}),
        ("KOL 130 spirometri 96", {"copd": 130, "spirometry": 96}),
        ("130 KOL,96 spirometri", {"copd": 130, "spirometry": 96}),
        ("R95 130, LFU 96, planer 70", {"copd": 130, "spirometry": 96, "care_plan": 70}),
        ("KOL 130 (R95)", {"copd": 130}),
        ("forlobsplaner 70", {}),
        ("foerloebsplan 70", {}),
        ("forloebsplan 70", {"care_plan": 70}),
        ("spirometri 0", {"spirometry": 0}),
        ("COPD 130, care plans 70", {"copd": 130, "care_plan": 70}),
    ],
)
def test_read_reply_reads_what_people_type(kol, text, values):
    assert read_reply(text, kol).values == values


def test_read_reply_is_clear_when_nothing_is_left_over(kol):
    assert read_reply("KOL 130, spirometri 96", kol).is_clear


def test_read_reply_names_unknown_words(kol):
    reply = read_reply("KOL 130, astma 40", kol)
    assert (reply.values, reply.unknown_words, reply.is_clear) == ({"copd": 130}, ("astma",), False)


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("KOL 130, spirometri", ("spirometri",)),
        ("130, 96", ("130", "96")),
        ("KOL 130, KOL 131", ("130 KOL 131",)),
        ("spirometri 74 %", ("spirometri 74 %",)),
        ("KOL 12,5", ("KOL 12,5",)),
        ("KOL -3", ("KOL -3",)),
    ],
)
def test_read_reply_gives_back_what_it_will_not_guess(kol, text, ambiguous):
    assert read_reply(text, kol).ambiguous == ambiguous


def test_read_reply_repeats_nothing_of_a_person(kol):
    reply = read_reply("KOL 130, Jens Hansen 010160-1234 mangler spirometri", kol)
    assert (reply.personal, reply.values, reply.unknown_words, reply.ambiguous) == (True, {}, (), ())


@given(
    st.integers(0, 99_999), st.integers(0, 99_999), st.sampled_from([", ", "; ", " / ", "\n", " og "]), st.booleans()
)
def test_read_reply_gives_the_same_whichever_comes_first(kol, copd, measured, joint, words_first):
    parts = [("KOL", copd), ("spirometri", measured)]
    text = joint.join(f"{word} {number}" if words_first else f"{number} {word}" for word, number in parts)
    assert read_reply(text, kol).values == {"copd": copd, "spirometry": measured}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Tilmeldte\tKOL\tSpirometri\n6.200\t130\t96", {"listed": 6200, "copd": 130, "spirometry": 96}),
        ("KOL;Spiro\n130;96\n", {"copd": 130, "spirometry": 96}),
        ("Tilmeldte\t6.200\nKOL\t130\nSpirometri\t96", {"listed": 6200, "copd": 130, "spirometry": 96}),
    ],
)
def test_read_reply_reads_a_pasted_table(kol, text, values):
    reply = read_reply(text, kol)
    assert (reply.values, reply.is_clear) == (values, True)


@pytest.mark.parametrize(
    "text",
    [
        "Tilmeldte\tKOL\n6.200\t130\n4.100\t80",
        "KOL\tSpirometrri\n130\t96",
        "KOL\tSpirometri %\n130\t74",
        "KOL\tSpirometri\n130\t<5",
        "Ydernummer;KOL;Spiro\n057584;130;96",
    ],
)
def test_read_reply_takes_no_pasted_table_that_needs_asking(kol, text):
    assert not read_reply(text, kol).is_clear


@pytest.mark.parametrize("package", available(), ids=lambda package: package.id)
def test_read_reply_knows_the_short_names_of_every_package(package):
    asked = {item.id: number for number, item in enumerate(package.fields, start=101)}
    for lang in ("da", "en"):
        said = ", ".join(f"{text(item.short, lang)} {asked[item.id]}" for item in package.fields)
        turned = "\n".join(f"{asked[item.id]} {text(item.short, lang)}" for item in package.fields)
        assert (read_reply(said, package).values, read_reply(turned, package).values) == (asked, asked)


def test_read_reply_reads_a_name_with_digits_in_brackets(kol):
    assert read_reply("Patienter med KOL (R95): 130", kol).values == {"copd": 130}


@pytest.mark.long
@given(st.text(max_size=80))
def test_read_reply_never_fails(kol, text):
    assert set(read_reply(text, kol).values) <= {"listed", "copd", "spirometry", "care_plan"}


@pytest.mark.long
@pytest.mark.parametrize(
    "filling", [" ", "\u00a0", "1 ", "111 ", "1.", "KOL ", "KOL 1 ", ", ", "ord ", ":a", "<", "~", "&amp;", "9"]
)
def test_read_reply_takes_its_time_from_the_length_alone(kol, filling):
    """Processor time, not the clock's: four times the text may take some four times as long."""

    def seconds(length: int) -> float:
        said = "hej" + filling * (length // len(filling)) + "du"
        began = time.process_time()
        read_reply(said, kol)
        return time.process_time() - began

    short, long = (min(seconds(length) for _ in range(3)) for length in (10_000, 40_000))
    assert long < 0.3 or long < 10 * short
