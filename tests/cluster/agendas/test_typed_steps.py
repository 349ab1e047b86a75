"""Small steps on an agenda in plain words: understood whole, or not at all."""

from __future__ import annotations

import pytest

from cluster.agendas.typed_steps import TypedStep, What, read_step

STEPS = {
    "sæt nyt om vagten på dagsordenen": TypedStep(What.ADD, "nyt om vagten"),
    "Tilføj vagtplanen 15 min til dagsordenen.": TypedStep(What.ADD, "vagtplanen", minutes=15),
    "sæt telefonen på dagsordenen, 10 minutter": TypedStep(What.ADD, "telefonen", minutes=10),
    "add phones to the agenda (10 min)": TypedStep(What.ADD, "phones", minutes=10),
    "flyt punkt 3 til punkt 2": TypedStep(What.MOVE, number=3, place=2),
    "flyt punkt 4 til sidst": TypedStep(What.MOVE, number=4, place=0),
    "flyt vagten på dagsordenen til først": TypedStep(What.MOVE, "vagten", place=1),
    "move item 4 to number 2": TypedStep(What.MOVE, number=4, place=2),
    "giv punkt 2 10 minutter mere": TypedStep(What.LENGTHEN, number=2, minutes=10),
    "forlæng tallene på dagsordenen med 10 minutter": TypedStep(What.LENGTHEN, "tallene", minutes=10),
    "forkort punkt 2 med 5 min": TypedStep(What.LENGTHEN, number=2, minutes=-5),
    "punkt 3 skal have 30 minutter": TypedStep(What.SET_LENGTH, number=3, minutes=30),
    "item 3 gets 20 minutes": TypedStep(What.SET_LENGTH, number=3, minutes=20),
    "fjern vagten fra dagsordenen": TypedStep(What.REMOVE, "vagten"),
    "slet punkt 5": TypedStep(What.REMOVE, number=5),
    "udskyd punkt 3 til næste møde": TypedStep(What.LATER, number=3),
}
NONE = (
    "sæt ikke noget på dagsordenen",
    "kan du sætte noget på dagsordenen?",
    "vi skal måske have vagten på dagsordenen",
    "»sæt vagten på dagsordenen«",
    "> tilføj vagten til dagsordenen",
    "flyt mødet til torsdag",
    "fjern dagsordenen",
    "hvad er der på dagsordenen",
    "jeg kommer ikke",
    "listed 3000, kol 130",
    "punkt 3: 45",
    "tilføj vagten 10 min",
    "slet mine tal",
    "tilføj " + "en meget lang ting " * 12 + "til dagsordenen",
)


@pytest.mark.parametrize("said", STEPS)
def test_step_is_read(said: str) -> None:
    assert read_step(said) == STEPS[said]


@pytest.mark.parametrize("said", NONE)
def test_what_is_no_clear_step_is_none(said: str) -> None:
    assert read_step(said) is None


def test_after_the_command_the_agenda_need_not_be_named() -> None:
    assert read_step("tilføj vagten 10 min", about_agenda=True) == TypedStep(What.ADD, "vagten", minutes=10)
    assert read_step("tilføj ikke noget", about_agenda=True) is None


@pytest.mark.parametrize("said", [each for each in STEPS if "?" not in each])
def test_negated_or_asked_or_quoted_no_step_is_one(said: str) -> None:
    first, _, rest = said.partition(" ")
    for other in (f"{first} ikke {rest}", f"{said}?", f"»{said}«", f"not {said}", f"måske {said}"):
        assert read_step(other) is None, other
