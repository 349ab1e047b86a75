"""Boards, alerts and their run book name only figures that exist, with labels that they have."""

import json
import re
from pathlib import Path

import pytest
import yaml

from bot.metrics import Metrics

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "docs" / "operations"
NAME = re.compile(r"\bklynge_[a-z_]+")
LABELS = re.compile(r"\bklynge_[a-z_]+\{([^}]*)\}|by \(([^)]*)\)")
EVENT = re.compile(r"\blog\.(?:info|warning|error|exception)\(\s*\"([a-z_.]+)\"")
LABEL = re.compile(r"([a-z]+)(?==|,|$)")


def alerts() -> list[dict[str, str]]:
    found: list[dict[str, str]] = yaml.safe_load((HERE / "alerts.yml").read_text())["groups"][0]["rules"]
    return found


def expressions() -> list[str]:
    board = json.loads((HERE / "grafana.json").read_text())
    return [each["expr"] for each in alerts()] + [
        target["expr"] for panel in board["panels"] for target in panel["targets"]
    ]


def unknown(said: list[str]) -> set[str]:
    """Names of figures that the program does not have."""
    return {name for each in said for name in NAME.findall(each)} - Metrics().names()


def strange_labels(said: list[str]) -> set[str]:
    """Labels that no figure has."""
    known = {"le", *(label for family in Metrics().labels().values() for label in family)}
    inside = [part for each in said for pair in LABELS.findall(each) for part in pair if part]
    return {label for part in inside for label in LABEL.findall(re.sub(r'"[^"]*"', "", part).replace(" ", ""))} - known


def test_boards_and_alerts_name_figures_that_exist():
    assert (unknown(expressions()), strange_labels(expressions())) == (set(), set())


def test_run_book_explains_every_alert_and_no_other():
    chapters = re.findall(r"^### (\w+)$", (HERE / "watching.md").read_text(), re.MULTILINE)
    assert chapters == [each["alert"] for each in alerts()]


def test_every_figure_is_documented():
    page = (HERE / "watching.md").read_text()
    families = {name for name in Metrics().names() if not name.endswith(("_bucket", "_sum", "_count"))}
    families |= {name.removesuffix("_bucket") for name in Metrics().names() if name.endswith("_bucket")}
    assert families - set(NAME.findall(page)) == set()


def test_every_figure_is_on_the_board():
    shown = {name.removesuffix("_bucket") for each in expressions() for name in NAME.findall(each)}
    all_of_them = {name.removesuffix("_bucket") for name in Metrics().names() if not name.endswith(("_sum", "_count"))}
    assert all_of_them - shown == set()


def test_every_event_of_the_log_is_documented():
    page = (HERE.parent / "operations.md").read_text().partition("## Logs")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("|")]
    explained = {name for row in rows for name in re.findall(r"`([a-z_.]+)`", row)}
    sources = [path for room in ("bot", "handlers", "cluster", "storage") for path in (ROOT / room).rglob("*.py")]
    assert {name for path in sources for name in EVENT.findall(path.read_text())} - explained == set()


@pytest.mark.parametrize("wrong", ["klynge_nothing > 1", "klynge_inbox_waiting_total"])
def test_check_notices_a_figure_that_is_not_there(wrong: str):
    assert len(unknown([wrong])) == 1


def test_check_notices_a_label_that_is_not_there():
    assert strange_labels(['sum by (nobody) (klynge_outbox_due{person="x"})']) == {"nobody", "person"}
