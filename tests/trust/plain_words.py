"""Plain words, written without the templates beside them: how many are understood, usefully asked about, or wrong.

Of each sentence the table beside says what it may be about; of `-` nothing may be taken for understood.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cluster.meetings.typed_answers import read_answer
from handlers import TABLE
from handlers.overview.help import likely_in
from tests.bench.row import Row

HERE = Path(__file__).with_name("plain_words.tsv")
NOTHING = "-"
BUTTONS = 3
LEAST = 0.9


@dataclass(frozen=True)
class Tried:
    """A sentence, what it may be about, and what came of it: understood, asked, missed or wrong."""

    words: str
    may: tuple[str, ...]
    found: str


def tried() -> list[Tried]:
    """Every sentence of the table, read."""
    with HERE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Tried(row["sentence"], may := tuple(row["may"].split("|")), _found(row["sentence"], may)) for row in rows]


def _found(words: str, may: Sequence[str]) -> str:
    """As the conversation takes them: a clear answer to an invitation first, then one meaning, several, or none."""
    if (answer := read_answer(words)) is not None and answer.sure:
        return "understood" if NOTHING in may else "wrong"
    heard = [each.name for each in TABLE.grammar.read(words)]
    if len(heard) == 1:
        return "understood" if heard[0] in may else "wrong"
    shown = heard or [name for name in likely_in(words, TABLE) if TABLE.intents[name].label][:BUTTONS]
    return "asked" if set(shown) & set(may) or tuple(may) == (NOTHING,) else "missed"


def rows() -> list[Row]:
    """The figures."""
    found = tried()
    counted = Counter(each.found for each in found if each.may != (NOTHING,))
    wrong = sum(each.found == "wrong" for each in found)
    good, whole = counted["understood"] + counted["asked"], sum(counted.values())
    return [
        Row("plain words: taken for what they don't say", f"{wrong} of {len(found)}", "0", wrong == 0),
        Row(
            "plain words: understood or usefully asked about",
            f"{counted['understood']} + {counted['asked']} of {whole}",
            f"≥ {LEAST:.0%}",
            good >= LEAST * whole,
        ),
    ]


def main() -> None:
    """Print the figures, and the sentences that were missed or wrong."""
    for each in tried():
        if each.found in {"missed", "wrong"}:
            print(f"{each.found}: {each.words!r} may be {each.may}")
    for row in rows():
        print(f"{row.name}: {row.figure} (mark {row.mark}) {'holds' if row.holds else 'FAILS'}")


if __name__ == "__main__":
    main()
