"""Lists of members as coordinators keep them: ordinary ones are read, the rest is told; nothing is wrong in silence."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from cluster.errors import ClusterError
from cluster.onboarding.roster_rows import is_roster, read_roster
from measures.reading.table import SheetCells, Table

LISTS = Path(__file__).with_name("roster_lists.tsv")
"""A list in one line, the people it holds, and what the coordinator is told of it."""
KNOWN = {
    "Kirsten": "010001|Lægehuset Nord|Kirsten Dahl|kd@nord.dk",
    "Bo": "010001|Lægehuset Nord|Bo Krogh|bk@nord.dk",
    "Åse": "010002|Lægerne Syd|Åse Holm|ah@syd.dk",
}
FEWEST = 80


def lists() -> Iterator[tuple[str, tuple[list[str], str]]]:
    with LISTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            people = sorted(KNOWN.get(each, each) for each in row["people"].split(" + ") if each)
            yield row["list"].replace("\\n", "\n"), (people, row["told"])


def outcome(text: str) -> tuple[list[str], str]:
    """Who is read, and what is told."""
    rows = tuple(tuple(cell or None for cell in row) for row in csv.reader(io.StringIO(text), delimiter=";"))
    table = Table("csv", (SheetCells(None, rows),))
    if not is_roster(table):
        return [], "no list"
    try:
        roster = read_roster(table)
    except ClusterError as error:
        return [], error.code
    people = ["|".join((row.ydernummer, row.practice, row.name, row.email or "")) for row in roster.rows]
    return sorted(people), " ".join(flaw.code for flaw in roster.flaws)


def test_ordinary_lists_are_read_and_the_rest_is_told() -> None:
    found = list(lists())
    assert len(found) >= FEWEST
    assert [(text, outcome(text)) for text, wanted in found if outcome(text) != wanted] == []


def test_a_blank_row_ends_a_practice() -> None:
    text = "Ydernummer;Praksis;Navn;E-mail\n010001;Lægehuset Nord;Kirsten Dahl;kd@nord.dk\n;;;\n;;Åse Holm;ah@syd.dk"
    assert outcome(text) == ([KNOWN["Kirsten"], "||Åse Holm|ah@syd.dk"], "practice_unsaid")
