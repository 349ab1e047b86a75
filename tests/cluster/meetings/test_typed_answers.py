"""Answers in words, Danish and English, and what must not be taken for one."""

import pytest

from cluster.meetings.typed_answers import read_answer


@pytest.mark.parametrize(
    ("text", "answer", "reason"),
    [
        ("ja", "yes", ""),
        ("Ja tak!", "yes", ""),
        ("Jeg kommer", "yes", ""),
        ("ja, jeg kommer gerne", "yes", ""),
        ("Jeg deltager 👍", "yes", ""),
        ("yes", "yes", ""),
        ("I'm coming", "yes", ""),
        ("count me in", "yes", ""),
        ("nej", "no", ""),
        ("nej desværre, ferie", "no", "ferie"),
        ("Nej, jeg kan ikke, har vagt", "no", "har vagt"),
        ("jeg kommer ikke", "no", ""),
        ("Jeg kan desværre ikke – ferie", "no", "ferie"),
        ("melder afbud pga. kursus", "no", "kursus"),
        ("afbud", "no", ""),
        ("no, sorry", "no", ""),
        ("I can't make it", "no", ""),
        ("måske", "maybe", ""),
        ("Jeg kommer måske, venter på vagtplanen", "maybe", "venter på vagtplanen"),
        ("ved det ikke endnu", "maybe", ""),
        ("maybe", "maybe", ""),
    ],
)
def test_words_are_understood_as_an_answer(text: str, answer: str, reason: str) -> None:
    said = read_answer(text)
    assert said is not None
    assert (said.answer, said.reason) == (answer, reason)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "KOL 130, spirometri 96",
        "ja 130 og 96 spirometrier",
        "hvornår er mødet?",
        "kommer der mad?",
        "nejlikeolie",
        "jakob har ringet",
        "kommerciel",
        "hjælp",
        "jeg vil gerne have en kopi af dagsordenen fra sidst",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert read_answer(text) is None


@pytest.mark.parametrize(
    ("text", "explicit"), [("ja", False), ("nej tak", False), ("jeg kommer", True), ("afbud", True)]
)
def test_only_talk_of_coming_is_explicit(text: str, explicit: bool) -> None:
    said = read_answer(text)
    assert said is not None
    assert said.explicit is explicit
