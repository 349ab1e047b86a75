"""A whole year of a cluster goes as it must, on both databases and by both doors, and is told the same."""

from __future__ import annotations

import pytest

from tests.journeys.performance import Performance
from tests.journeys.year_document import DOCUMENT, document, without_pin

pytestmark = pytest.mark.timeout(400)


def test_year_goes_as_it_must(the_year: Performance) -> None:
    assert the_year.differences == []
    assert the_year.transcript.splitlines()[-1] == "✔ Alt gik, som det skulle."


@pytest.mark.postgres
def test_year_is_told_the_same_by_the_other_door_on_the_other_database(
    the_year: Performance, year_otherwise: Performance
) -> None:
    assert year_otherwise.differences == []
    assert without_pin(year_otherwise.transcript) == without_pin(the_year.transcript)


def test_nothing_that_the_year_tells_comes_from_a_place_that_only_the_code_has(the_year: Performance) -> None:
    """No name of a place, a code or a missing word stands in what people read."""
    assert [line for line in the_year.transcript.splitlines() if "{" in line or "None" in line] == []


def test_year_stands_in_the_documents_as_it_is(the_year: Performance) -> None:
    """`python -m tests.journeys.year_document` writes it again."""
    assert DOCUMENT.read_text("utf-8") == document(the_year.transcript)
