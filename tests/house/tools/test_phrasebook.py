"""Every sentence can be read aloud with its places filled."""

from __future__ import annotations

from locales.texts import _catalogue
from tools.phrasebook import BY_LANGUAGE, SAME, catalogues, example, filled, phrases, unknown


def test_every_place_has_an_example() -> None:
    danish = _catalogue("da")
    assert unknown(iter([*danish, *(form for forms in danish.values() for form in forms)])) == set()


def test_place_without_an_example_is_noticed() -> None:
    assert unknown(iter(["{n} of {nowhere}"])) == {"nowhere"}


def test_every_sentence_of_every_catalogue_is_written() -> None:
    said = [pair for catalogue in catalogues() for pair in phrases(catalogue)]
    assert len(said) >= len(_catalogue("da"))
    assert all(english and danish for english, danish in said)


def test_numbers_are_written_as_each_language_writes_them() -> None:
    assert filled("{n} of {whole}, {mean}", danish=True, n="1") == "1 of 1.580, 38,6"
    assert filled("{n} of {whole}, {mean}", danish=False, n="1") == "1 of 1,580, 38.6"
    assert example("file", danish=False) == "kol-2025.xlsx"


def test_no_example_is_left_over() -> None:
    danish = _catalogue("da")
    everything = " ".join([*danish, *(form for forms in danish.values() for form in forms)])
    assert [place for place in SAME.keys() | BY_LANGUAGE.keys() if "{" + place + "}" not in everything] == []
