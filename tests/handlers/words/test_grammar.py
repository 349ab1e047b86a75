"""What people may write in plain words: every template's sentences are its own, and nothing near them is an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from cluster.meetings.typed_answers import read_answer
from handlers import TABLE
from handlers.feature import Kept
from handlers.overview.help import likely_in
from handlers.words.grammar import Grammar, is_quoted
from measures.checking.reply import read_reply
from measures.packages.package import load
from tests.trust.sentences import ours

HANDLERS = Path(__file__).resolve().parents[3] / "handlers"
FEWEST, EACH = 500, 4
GRAMMAR = TABLE.grammar


def test_every_file_belongs_to_an_intent_and_every_intent_to_a_file() -> None:
    files = set(HANDLERS.glob("*/sentences/*.toml"))
    assert files == {intent.sentences for intent in TABLE.intents.values()}
    assert {file.stem for file in files} == set(TABLE.intents)


def test_every_sentence_is_matched_by_its_own_intent_and_no_other() -> None:
    tried = [(each.name, said) for each in GRAMMAR.sentences for said in each.test]
    assert [(name, said) for name, said in tried if [heard.name for heard in GRAMMAR.read(said)] != [name]] == []
    assert len({said for _, said in tried}) == len(tried) >= FEWEST
    assert [each.name for each in GRAMMAR.sentences if len(each.test) < EACH] == []


def test_what_is_a_clear_answer_or_number_is_no_plain_word() -> None:
    small = {name for name, intent in TABLE.intents.items() if intent.is_small_talk}
    taken = [
        (said.words, [each.name for each in heard])
        for said in ours()
        if said.is_clear and (heard := GRAMMAR.read(said.words)) and not {each.name for each in heard} <= small
        if (answer := read_answer(said.words)) is None or not answer.sure
    ]
    assert taken == []


@pytest.mark.long
def test_no_sentence_for_plain_words_is_a_sure_answer_or_a_number() -> None:
    kol = load("kol")
    said = [
        sentence
        for each in GRAMMAR.sentences
        if not TABLE.intents[each.name].is_small_talk
        for sentence in each.test
        if ((answer := read_answer(sentence)) and answer.sure) or read_reply(sentence, kol).values
    ]
    assert said == []


def test_whoever_only_may_mean_something_has_a_button_for_it() -> None:
    unlabelled = {name for name, intent in TABLE.intents.items() if not intent.label}
    assert unlabelled == {"bye", "hello", "thanks", "who_are_you"}


def test_what_changes_something_only_asks() -> None:
    assert [name for name, each in TABLE.intents.items() if each.changes and isinstance(each.run, Kept)] == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("hvornår mødes vi?", "next_meeting"),
        ("HVORNÅR MØDES VI", "next_meeting"),
        ("hvornaar modes vi", "next_meeting"),
        ("hvornår mødse vi", "next_meeting"),
        ("hvornr mødes vi", "next_meeting"),
        ("Hej Klyngebot. Hvornår mødes vi? Tak!", "next_meeting"),
        (":wave: hvornår mødes vi", "next_meeting"),
        ("hvem mangler lige nu", "who_misses"),
        ("jeg er på ferie i uge 15", "leave"),
    ],
)
def test_however_it_is_typed(said: str, meant: str) -> None:
    assert [heard.name for heard in GRAMMAR.read(said)] == [meant]


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("jeg har orlov til 1. marts", {"day": "date:1.3"}),
        ("jeg har orlov til torsdag den 5. marts", {"day": "weekday:3 date:5.3"}),
        ("I'm on holiday until March 20", {"day": "date:20.3"}),
        ("jeg er på ferie i uge 15", {"week": "15"}),
        ("jeg skal på barsel fra 1. maj", {"since": "date:1.5"}),
        ("jeg har ferie fra 1. juli til 20. juli", {"since": "date:1.7", "day": "date:20.7"}),
        ("jeg kan ikke i overmorgen", {"day": "in:2"}),
        ("jeg kan ikke 26/3", {"day": "date:26.3"}),
        ("hvad betyder R95?", {"term": "r95"}),
        ("har Hanne svaret?", {}),
        ("har Hanne Holm svaret?", {}),
        ("vis KOL grafer", {}),
    ],
)
def test_slots(said: str, slots: dict[str, str]) -> None:
    assert [heard.slots for heard in GRAMMAR.read(said)] == [slots]


@pytest.mark.parametrize(
    "said",
    [
        "påmind ikke dem der mangler",
        "flyt ikke mødet",
        "måske er jeg syg",
        "Hanne er syg",
        "jeg var syg",
        "jeg er ikke syg",
        "hvis jeg er syg",
        "aflys aldrig mødet",
        "jeg er på ferie i uge 54",
        "jeg er på ferie i uge ²",
        "jeg har orlov til 40. marts",
        "send ikke graferne",
        "slet ikke mine data",
        "mødet blev flyttet til tirsdag",
        "jeg sagde flyt mødet til Bo",
        "",
        "jordbærgrød",
        "hvornår " * 30,
    ],
)
def test_negated_hedged_others_and_past_are_nothing(said: str) -> None:
    assert GRAMMAR.read(said) == []


@pytest.mark.parametrize(
    "said",
    [
        *("er jeg", "kan vi", "opret", "sæt", "sæt kaffe over", "tilføj 12", "opret en patient"),
        *("vi er ikke med", "vi deltager ikke", "vi har ikke tal endnu"),
        *("send graferne til Hanne", "send mine grafer til Hanne"),
        *("vis Hannes graf", "vis grafen for nabopraksis", "show Hanne's chart", "vis grafen for Hanne Holm"),
        "tallet for Hanne er forkert",
        *("hvad er hans diagnose", "hvad betyder deres tal", "what is her diagnosis"),
    ],
)
def test_half_a_sentence_and_what_is_for_others_is_nothing(said: str) -> None:
    assert GRAMMAR.read(said) == []


def test_quotation_marks_are_seen_whichever_they_are() -> None:
    marks = ('"x"', "»x«", "“x”", "„x“", "‘x’", "‚x‘", "‹x›", "> x")
    assert [said for said in marks if not is_quoted(said)] == []
    assert not is_quoted("don't, don’t, don´t")


def test_two_meanings_are_two() -> None:
    assert {heard.name for heard in GRAMMAR.read("send graferne")} == {"my_charts", "send_charts"}
    assert {heard.name for heard in GRAMMAR.read("hvornår mødes vi og hvem mangler")} == {"next_meeting", "who_misses"}


def test_words_that_are_only_near_name_what_is_likely() -> None:
    assert GRAMMAR.read("altså det der med grafen kan du ikke tage den frem") == []
    assert GRAMMAR.likely("altså det der med grafen kan du ikke tage den frem")[:1] == ["my_charts"]
    assert GRAMMAR.likely("jordbærgrød") == []


@pytest.mark.parametrize(
    ("said", "change"),
    [
        ("påmind ikke dem der mangler", "remind_missing"),
        ("du må ikke rykke dem endnu", "remind_missing"),
        ("flyt ikke mødet", "change_meeting"),
        ("don't cancel the meeting", "change_meeting"),
        ("send ikke graferne ud endnu", "send_charts"),
    ],
)
def test_what_is_not_to_be_done_is_no_button(said: str, change: str) -> None:
    assert change in GRAMMAR.likely(said)
    assert change not in likely_in(said, TABLE)


def test_a_not_that_belongs_to_something_else_takes_no_button_away() -> None:
    assert "away" in likely_in("jeg når ikke frem, jeg har vagt den aften", TABLE)
    assert "change_meeting" in likely_in("mødet kan ikke holdes, kan vi flytte det på en måde", TABLE)


def test_long_texts_are_put_down_at_once() -> None:
    for text in ("hvornår mødes vi " * 3000, "a" * 50000, "👍" * 50000):
        assert GRAMMAR.read(text) == []


def test_a_grammar_notices_what_is_written_wrongly(tmp_path: Path) -> None:
    for template, error in (("hvad (er", ValueError), ("hvad er)", ValueError), ("<nothing>", LookupError)):
        file = tmp_path / "wrong.toml"
        file.write_text(f'[da]\nsay = ["{template}"]\ntest = []\n[en]\nsay = []\ntest = []\n', "utf-8")
        with pytest.raises(error):
            Grammar([file])


def test_what_two_intents_say_is_heard_as_both(tmp_path: Path) -> None:
    files = [tmp_path / "one.toml", tmp_path / "two.toml"]
    for file in files:
        file.write_text('[da]\nsay = ["det samme"]\ntest = []\n[en]\nsay = []\ntest = []\n', "utf-8")
    assert {each.name for each in Grammar(files).read("det samme")} == {"one", "two"}
    assert [each.name for each in Grammar(files[:1]).read("det samme")] == ["one"]
