"""The year as a document, `docs/aaret.md`: ``python -m tests.journeys.year_document`` writes it again."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from bot import log
from bot.rehearsal.story import perform
from bot.rehearsal.year.story import play_the_year
from tests.journeys.performance import FIVE

DOCUMENT = Path(__file__).parents[2] / "docs" / "aaret.md"
PIN = re.compile(r"(?<=her )\d{4}\b|(?<=PIN: )\d{4}\b")
OPENING = """# Et år i en klynge

Fem praksisser fra foråret 2026 til nytår, som de oplever det i Slack: hvad nogen gør (▸), og hvad de ser (◂).
Spillet af det rigtige program mod vores stedfortræder for Slack, på opdigtede tal. Holdt op mod programmet, på begge
databaser, af `tests/journeys/test_year.py`.

```text
"""


def without_pin(transcript: str) -> str:
    """A PIN is drawn by lot each time, or it could be guessed."""
    return PIN.sub("****", transcript)


def document(transcript: str) -> str:
    """The page."""
    lines = "\n".join(line.rstrip() for line in without_pin(transcript).strip().splitlines())
    return f"{OPENING}{lines}\n```\n"


def main() -> None:
    """Play it and write the page."""
    log.set_up("ERROR", as_json=False)
    said = list[str]()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "charts"
        differences = asyncio.run(perform(FIVE, Path(folder), seed=1, out=out, write=said.append, acts=play_the_year))
    assert differences == []
    DOCUMENT.write_text(document("\n".join(said)), "utf-8")


if __name__ == "__main__":
    main()
