"""What the documents tell a person to type exists."""

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"```(?:console|sh|bash)\n(.*?)```", re.DOTALL)
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
SERVICES = frozenset(re.findall(r"^  (\w+):$", (ROOT / "compose.yml").read_text().split("\nvolumes:")[0], re.MULTILINE))
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def commands_in(page: str) -> list[str]:
    """Lines to type: those in shell fences, without the prompt and what follows a pipe, ``&&`` or a comment."""
    lines = [line.strip().removeprefix("$ ") for block in FENCE.findall(page) for line in block.splitlines()]
    typed = [re.sub(r"(^|\s)#\s.*", "", line) for line in lines]
    return [part.strip() for line in typed for part in re.split(r"&&|\||;", line) if part.strip()]


def help_of(*command: str) -> str | None:
    """What the command says of itself, or None when there is none of this name."""
    shown = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1"}).invoke(app, [*command, "--help"])
    return None if shown.exit_code else shown.stdout


def why_not(command: str) -> str | None:
    """Why this command cannot work, or None."""
    words = [word for word in command.split() if "=" not in word or word.startswith("-")]
    if words[:1] == ["make"]:
        done = subprocess.run(
            ["make", "-n", *command.split()[1:]], cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.stderr.strip() or None if done.returncode else None
    if words[:1] in (["klynge"], [".venv/bin/klynge"]):
        sub = [word for word in words[1:3] if not word.startswith("-")]  # the second may be a command of a group
        shown = help_of(*sub)
        if shown is None:
            return f"no such command: {command}"
        missing = [word for word in words if word.startswith("--") and word.split("=")[0] not in shown]
        return f"no such option: {missing}" if missing else None
    if words[:2] == ["docker", "compose"]:
        return _why_no_container(words[2:])
    return _no_such_file(words)


def _why_no_container(words: list[str]) -> str | None:
    """What is typed to a service of the compose file, and to the program in it."""
    said = [word for word in words[1:] if not word.startswith("-")]
    if words[0] in {"cp", "exec", "logs", "run"} and not any(word.split(":")[0] in SERVICES for word in said):
        return f"no such service: {' '.join(words)}"
    inside = " ".join(words).partition(" bot ")[2]
    return why_not(inside) if inside else None


def _no_such_file(words: list[str]) -> str | None:
    """Files of ours that are copied or installed from."""
    ours = [word for flag, word in pairwise(words) if flag == "-r" and word.endswith(".lock")]
    ours += words[1:2] if words[:1] == ["cp"] else []
    missing = [name for name in ours if not (ROOT / name).exists()]
    return f"no such file: {missing}" if missing else None


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_in_the_documents_exist(page: Path):
    assert [reason for command in commands_in(page.read_text()) if (reason := why_not(command))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(page: Path):
    missing = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert missing == []


def test_quick_start_is_two_commands():
    readme = (ROOT / "README.md").read_text()
    start = readme.split("## Kom i gang")[1].split("\n## ")[0]
    assert commands_in(start) == ["make demo", "make test"]


@pytest.mark.long
def test_check_notices_what_is_wrong():
    page = (
        "```console\n$ make no-such-target\nklynge no-such-command\nklynge demo --no-such-option  # x\n"
        "docker compose logs nobody\ndocker compose exec bot klynge no-such-command\ncp no.example .env\n"
        "python -m pip install -r no.lock\nmake demo\ndocker compose exec bot klynge doctor\ncp .env.example .env\n```"
    )
    reasons = [why_not(command) for command in commands_in(page)]
    assert [reason is None for reason in reasons] == [False] * 7 + [True] * 3


def test_settings_that_the_installation_names_exist():
    named = re.findall(r"KLYNGE_\w+", (ROOT / "docs" / "installation.md").read_text())
    known = (ROOT / ".env.example").read_text() + (ROOT / "compose.yml").read_text()
    assert [name for name in named if name not in known] == []
    assert named
