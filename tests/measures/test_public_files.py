"""Real public files, cut to some rows that stand for practices: never a wrong number kept without a word.

They lie beside the project and not in it; without them these tests are skipped.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from measures.bundles.bundle import Bundle, read_many
from measures.checking.validation import PracticeFacts, Verdict
from measures.packages.package import Package, load, parse
from measures.reading.intake import Refused, read_table
from measures.tables.period import span_of

FILES = Path(__file__).parents[2].parent / "shared" / "cases" / "real"
CASES = sorted(each.name for each in FILES.iterdir() if (each / "truth.json").is_file()) if FILES.is_dir() else []
UNIT_IN_AN_ALIAS = {"R26d"}
"""The package's own alias says "(x 1 000)" and means the number as it stands."""
BY_HAND = 0.5001
"""The truth is written with decimals, and amounts are rounded."""


def package_of(case: Path) -> Package:
    if (case / "package.toml").is_file():
        return parse((case / "package.toml").read_text(encoding="utf-8"))
    return load((case / "package.txt").read_text(encoding="utf-8").strip())


def read(case: Path) -> Bundle:
    told = csv.DictReader((case / "roster.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    practices = [
        PracticeFacts(row["Ydernummer"], int(row["Patienter"]) if row["Patienter"] else None, name=row["Praksis"])
        for row in told
    ]
    period = json.loads((case / "truth.json").read_text(encoding="utf-8")).get("period")
    [file] = [each for each in case.iterdir() if each.name.startswith("input.")]
    try:
        table = read_table(file.read_bytes(), file.name)
    except Refused as refused:
        return Bundle(problems=(refused.problem,))
    return read_many(table, package_of(case), practices, period=span_of(period) if period else None)


def kept_in_silence(number: str, verdict: Verdict, bundle: Bundle) -> dict[str, int | None]:
    """The numbers of a practice that nobody is asked about."""
    if not verdict.ok or number in bundle.guessed.values():
        return {}
    asked = {question.params.get("id") for question in verdict.questions}
    return {} if None in asked else {name: value for name, value in verdict.values.items() if name not in asked}


@pytest.mark.skipif(not CASES, reason="the public files are not beside the project")
@pytest.mark.parametrize("name", CASES or ["none"])
def test_no_wrong_number_is_kept_in_silence(name):
    bundle = read(FILES / name)
    truth = json.loads((FILES / name / "truth.json").read_text(encoding="utf-8"))["truth"]
    wrong = {
        (number, field): (value, truth[number].get(field))
        for number, verdict in bundle.verdicts.items()
        if number in truth
        for field, value in kept_in_silence(number, verdict, bundle).items()
        if value is not None and field in truth[number] and not is_right(value, truth[number][field])
    }
    assert name in UNIT_IN_AN_ALIAS or wrong == {}


def is_right(value: int, true: float | None) -> bool:
    return true is not None and abs(value - true) <= BY_HAND


READABLE = {
    "R03a": 6,
    "R03d": 6,
    "R03e": 6,
    "R04a": 34,
    "R04e": 34,
    "R05a": 24,
    "R05c": 24,
    "R11c": 16,
    "R13": 20,
    "R14": 20,
    "R15a": 14,
    "R18": 50,
    "R18c": 50,
    "R22a": 23,
    "R23b": 18,
    "R28b": 96,
    "R36": 60,
    "R39": 12,
    "R44": 30,
    "Y1": 69,
    "Y3": 69,
}
"""How many numbers a careful person reads off without a question."""


@pytest.mark.skipif(not CASES, reason="the public files are not beside the project")
@pytest.mark.parametrize("name", [name for name in READABLE if name in CASES] or ["none"])
def test_what_a_careful_person_reads_is_read(name):
    bundle = read(FILES / name)
    truth = json.loads((FILES / name / "truth.json").read_text(encoding="utf-8"))["truth"]
    right = [
        field
        for number, verdict in bundle.verdicts.items()
        if verdict.ok and number in truth
        for field, value in verdict.values.items()
        if value is not None and is_right(value, truth[number].get(field))
    ]
    assert len(right) >= READABLE[name]


CLEAR = {"R09b": 50, "R13": 20, "R15a": 14, "R16a": 15, "R19": 50, "R25": 8, "R25b": 8, "R27": 20}
"""How many numbers nobody need be asked about: every row says the same, or a code stands below a heading."""


@pytest.mark.skipif(not CASES, reason="the public files are not beside the project")
@pytest.mark.parametrize("name", [name for name in CLEAR if name in CASES] or ["none"])
def test_what_is_clear_is_kept_without_a_question(name):
    bundle = read(FILES / name)
    kept = [kept_in_silence(number, verdict, bundle) for number, verdict in bundle.verdicts.items()]
    assert sum(value is not None for each in kept for value in each.values()) == CLEAR[name]
