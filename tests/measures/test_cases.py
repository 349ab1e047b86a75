"""Files made after public bug reports, and real public files: each comes out as it was worked out independently.

They lie beside the project; where they don't, this is skipped with its reason. The kinds that they stand for are tried
on inputs of our own in `test_evidence.py`.
"""

import csv
import json
import re
from pathlib import Path

import pytest

from measures.checking.validation import PracticeFacts, check
from measures.packages.package import load, read
from measures.reading.limits import Limits
from measures.reading.problems import Refused
from measures.reading.reader import read as read_sheets
from measures.tables.period import span_of

CASES = Path(__file__).parents[3] / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"no cases at {CASES}: they are not tried")
KOL = {"listed": 6200, "copd": 130, "spirometry": 96, "care_plan": 70}
ROUNDED = 0.5
"""What rounding to a whole number may change."""
ACCEPTED, ASKED, REFUSED = "accepted", "asks", "refused"
EXPECTED: dict[str, tuple[set[str], dict[str, int | None]]] = {
    "N01": ({ACCEPTED}, KOL),
    "N02": ({ASKED, REFUSED}, KOL | {"care_plan": None}),
    "N05": ({REFUSED}, {}),
    "N06": ({REFUSED}, {}),
    "N07": ({REFUSED}, {}),
    "N09": ({ACCEPTED, ASKED}, {"ddd": 346}),
    "N10": ({REFUSED}, {"copd": None, "spirometry": None, "care_plan": None}),
    "N11": ({REFUSED}, {}),
    "N13": ({REFUSED, ASKED}, {"spirometry": None, "care_plan": None}),
    "N15": ({REFUSED}, {}),
    "N17": ({REFUSED}, {}),
    "N18": ({REFUSED}, {}),
    "N19": ({REFUSED, ASKED}, {}),
    "N20": ({ACCEPTED, ASKED, REFUSED}, KOL | {"care_plan": None}),
    "N21": ({ACCEPTED, ASKED}, KOL | {"care_plan": None}),
    "N25": ({ACCEPTED, ASKED}, {"guess": 100}),
    "N26": ({REFUSED, ASKED}, {}),
    "N27": ({REFUSED}, {"spirometry": None}),
    "N28": ({REFUSED}, {}),
    "N30": ({ACCEPTED}, KOL),
    "N31": ({ACCEPTED}, KOL),
    "N33": ({ACCEPTED}, KOL),
    "N34": ({ACCEPTED, ASKED}, {"copd": 103}),
    "N36": ({ACCEPTED}, {"copd": 130}),
    "N37": ({ACCEPTED}, KOL),
    "N39": ({ACCEPTED, ASKED}, KOL),
    "N40": ({REFUSED}, {}),
    "P01": ({ACCEPTED}, KOL),
    "P02": ({REFUSED}, {"copd": None}),
    "P03": ({REFUSED}, {}),
    "P04": ({ACCEPTED}, KOL),
    "P05": ({ACCEPTED}, KOL),
    "P06": ({REFUSED}, {}),
    "P07": ({ACCEPTED}, KOL),
    "P08": ({ASKED}, {}),
    "P09": ({ACCEPTED}, KOL),
    "P10": ({ACCEPTED}, KOL),
    "P11": ({REFUSED}, {"spirometry": None}),
}
CODES = {"N05": "several_columns", "N11": "wrong_period", "N15": "wrong_period", "N17": "wrong_practice"} | {
    "N18": "wrong_practice",
    "N27": "formula_error",
    "N40": "wrong_kind_web_page",
    "P02": "not_whole",
    "P03": "several_rows",
    "P06": "several_columns",
    "P11": "not_whole",
}


def judged(data, package, facts, period):
    """The outcome, the numbers and the codes of a file."""
    try:
        table = read_sheets(data, Limits())
    except Refused as refused:
        return REFUSED, {}, [refused.problem.code]
    verdict = check(table, package, facts, period=period)
    outcome = REFUSED if not verdict.ok else ASKED if verdict.questions else ACCEPTED
    return outcome, verdict.values, [each.code for each in (*verdict.problems, *verdict.questions)]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_case_is_answered_as_it_should_be(name):
    line = next(line for line in (CASES / "README.md").read_text().splitlines() if line.startswith(f"| {name} |"))
    file = next(path for path in (CASES / name).iterdir() if path.stem == "tal")
    said = dict(re.findall(r"--(\w+) (\w+)", line))
    name_of_practice = "" if "--package" in line else "Lægehuset 2"
    listed = int(said.get("listed", 6200))
    facts = PracticeFacts(said.get("ydernummer", "057584"), listed, None, name_of_practice)
    period = span_of(said["period"]) if "period" in said else None
    outcome, values, codes = judged(file.read_bytes(), load(said.get("package", "kol")), facts, period)
    allowed, numbers = EXPECTED[name]
    assert outcome in allowed, (values, codes)
    if outcome != REFUSED:
        assert {key: values[key] for key in numbers} == numbers
    if name in CODES:
        assert codes[0] == CODES[name]


def own_files():
    """The public files that hold one practice's part."""
    root = CASES / "real"
    return sorted(path.name for path in root.iterdir() if list(path.glob("own.*"))) if root.is_dir() else []


@pytest.mark.long
@pytest.mark.parametrize("name", own_files())
def test_a_public_file_keeps_no_wrong_number_in_silence(name):
    folder = CASES / "real" / name
    path = folder / "package.toml"
    package = read(path.read_bytes()) if path.exists() else load((folder / "package.txt").read_text().split()[0])
    truth = json.loads((folder / "truth.json").read_text())
    period = span_of(truth["period"]) if truth.get("period") else None
    data = next(folder.glob("own.*")).read_bytes()
    with (folder / "roster.csv").open(encoding="utf-8-sig") as roster:
        rows = list(csv.DictReader(roster, delimiter=";"))
    text = data.decode("utf-8", errors="replace")
    named = [row for row in rows if row["Praksis"] in text or row["Ydernummer"].lstrip("0") in text]
    wrong = [wrongly_kept(data, package, row, truth["truth"], period) for row in named or rows]
    assert {} in wrong


def wrongly_kept(data, package, row, truth, period):
    """The numbers that are kept without a question for this practice and are not its own."""
    facts = PracticeFacts(row["Ydernummer"], int(row["Patienter"] or 0) or None, None, row["Praksis"])
    outcome, values, _ = judged(data, package, facts, period)
    right = truth.get(row["Ydernummer"], {})
    register = {item.id for item in package.fields if item.from_practice}
    return {
        key: value
        for key, value in values.items()
        if outcome == ACCEPTED
        and key not in register
        and value is not None
        and abs((right.get(key) or 0) - value) > ROUNDED
    }
