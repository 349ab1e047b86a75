"""The reference pages name everything there is: settings with their defaults, validation codes, commands."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import PREFIX, Settings
from handlers import TABLE
from measures.checking.sentences import SENTENCES as PROBLEMS
from measures.packages.faults import SENTENCES as FAULTS
from measures.packages.measure_kinds import MEASURE_KINDS

DOCS = Path(__file__).resolve().parents[2] / "docs"
ENGLISH = {name for command in TABLE.said for name in command.names[1:] if name}
"""Commands that are another name for a Danish one."""


def unnamed(page: str, names: list[str]) -> list[str]:
    """Which names the page does not show in code marks."""
    shown = set(re.findall(r"`([^`]+)`", page))
    return [name for name in names if name not in shown]


def settings_rows(page: str) -> dict[str, str]:
    """Variable → default, as the table of settings gives them."""
    rows = re.findall(rf"^\| `({PREFIX}[A-Z_]+)` \| (?:`([^`]*)`|–) \|", page, re.MULTILINE)
    return dict(rows)


def test_operations_names_every_setting_with_its_default():
    expected = {}
    for name, field in Settings.model_fields.items():
        default = field.default
        said = "" if isinstance(default, SecretStr) else str(default).lower() if isinstance(default, bool) else default
        expected[f"{PREFIX}{name.upper()}"] = str(said)
    assert settings_rows((DOCS / "operations.md").read_text()) == expected


@pytest.mark.parametrize(
    "names", [list(PROBLEMS), list(FAULTS), list(MEASURE_KINDS)], ids=["problems", "faults", "kinds"]
)
def test_measures_names_every_code(names: list[str]):
    assert unnamed((DOCS / "measures.md").read_text(), names) == []


def test_coordinators_read_of_every_command():
    danish = [f"/klynge {name}" for name in TABLE.commands if name and name not in ENGLISH]
    assert unnamed((DOCS / "koordinator.md").read_text(), danish) == []


def test_readme_names_everything_that_can_be_typed_and_nothing_else():
    page = (DOCS.parent / "README.md").read_text().split("## Hvad botten kan")[1].split("\n## ")[0]
    named = {word.removeprefix("/klynge ") for word in re.findall(r"`([^`]+)`", page)}
    others = [command for name, command in TABLE.commands.items() if name not in named]
    known = [TABLE.commands[name] for name in named]
    assert [each for each in others if each not in known] == [TABLE.commands[""]] * 3  # the help, by three names


def test_english_commands_are_second_names():
    assert {"extract", "help", "meeting", "mydata"} <= ENGLISH <= set(TABLE.commands)


def test_checks_notice_what_is_missing():
    assert unnamed("Only `one` is here.", ["one", "two"]) == ["two"]
    assert settings_rows("| `KLYNGE_PORT` | `1` | x |\n| `KLYNGE_MODE` | – | y |") == {
        "KLYNGE_PORT": "1",
        "KLYNGE_MODE": "",
    }
