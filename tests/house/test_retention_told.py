"""The page that says how long what is kept names every table, and says of each what the code does."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import storage.models
from storage.models import Base

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"`(\w+)`")


def told(page: str) -> dict[str, str]:
    """Each table with the row that it stands in."""
    part = page.split("### How long things are kept")[1].split("\n**", maxsplit=1)[0]
    rows = [line for line in part.splitlines() if line.startswith("|") and "`" in line]
    return {name: row for row in rows for name in NAME.findall(row.split("|")[-2])}


def deleted_in(source: str) -> set[str]:
    """The tables whose rows a module deletes."""
    calls = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call)]
    models = {
        each.args[0].id
        for each in calls
        if isinstance(each.func, ast.Name) and each.func.id == "delete" and isinstance(each.args[0], ast.Name)
    }
    found = {getattr(storage.models, name).__tablename__ for name in models if hasattr(storage.models, name)}
    return found | ({"invitation", "attendance"} if "(Invitation, Attendance)" in source else set())


def test_every_table_is_told_and_none_that_is_not_there():
    page = (ROOT / "docs" / "privacy.md").read_text()
    assert sorted(told(page)) == sorted(Base.metadata.tables)


def test_what_goes_with_numbers_and_years_is_said_to():
    rows = told((ROOT / "docs" / "privacy.md").read_text())
    gone = deleted_in((ROOT / "cluster" / "operations" / "forgetting.py").read_text())
    assert {"submission", "collected", "attendance"} <= gone
    assert [
        each for each in sorted(gone) if not re.search("forget-numbers|KLYNGE_KEEP_YEARS|as the numbers", rows[each])
    ] == []


def test_what_goes_with_days_is_said_to():
    rows = told((ROOT / "docs" / "privacy.md").read_text())
    gone = deleted_in((ROOT / "storage" / "retention.py").read_text())
    assert gone == {each for each, row in rows.items() if "KLYNGE_KEEP_DAYS" in row}


def test_checker_notices_a_table_that_is_not_told():
    assert sorted(told("### How long things are kept\n| a | no | no | `one`, `two` |\n")) == ["one", "two"]
    assert deleted_in("delete(Inbox).where(x)") == {"inbox"}
