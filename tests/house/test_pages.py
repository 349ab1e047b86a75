"""What the pages say of commands is what the features say."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers import TABLE
from handlers.feature import Command, Direct, Feature, Told, merge
from tools import pages

ROOT = Path(__file__).resolve().parents[2]


def outdated(made: dict[str, str]) -> list[str]:
    """A sentence for each page that is not as it is made."""
    return [
        f"{name} does not say what the features say: run make pages."
        for name, page in made.items()
        if (ROOT / name).read_text("utf-8") != page
    ]


def test_pages_are_as_they_are_made():
    assert outdated(pages.pages(TABLE)) == []


def test_page_without_the_newest_command_is_noticed():
    async def run(turn: object) -> None: ...

    new = Command(("evaluer", "evaluate"), Direct(run), Told(15, "words", readme="more", member="most", hint=95))
    made = pages.pages(merge([*TABLE.features, Feature(commands=[new])]))
    assert [each.partition(" ")[0] for each in outdated(made)] == [each for each in made if each != "docs/privacy.md"]
    assert "| `/klynge evaluer` (eller `/klynge evaluate`) | alle | words |\n" in made["docs/koordinator.md"]


def test_page_without_marks_is_refused():
    with pytest.raises(ValueError, match="no <!-- made"):
        pages.put("# Title\n", ["| a |"])
