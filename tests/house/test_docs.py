"""What the documents tell a person to type exists."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"```(?:console|sh|bash)\n(.*?)```", re.DOTALL)
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def commands_in(page: str) -> list[str]:
    """Lines to type: those in shell fences, without the prompt and what follows a pipe, ``&&`` or a comment."""
    lines = [line.strip().removeprefix("$ ") for block in FENCE.findall(page) for line in block.splitlines()]
    typed = [re.sub(r"(^|\s)#\s.*", "", line) for line in lines]
    return [part.strip() for line in typed for part in re.split(r"&&|\||;", line) if part.strip()]


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
        klynge = Path(sys.executable).with_name("klynge")
        shown = subprocess.run(
            [klynge, *sub, "--help"],
            capture_output=True,
            text=True,
            check=False,
            env={"COLUMNS": "200", "NO_COLOR": "1"},
        )
        if shown.returncode:
            return f"no such command: {command}"
        missing = [word for word in words if word.startswith("--") and word.split("=")[0] not in shown.stdout]
        return f"no such option: {missing}" if missing else None
    return None


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


def test_check_notices_what_is_wrong():
    page = (
        "```console\n$ make no-such-target\nklynge no-such-command\nklynge demo --no-such-option  # x\nmake demo\n```"
    )
    reasons = [why_not(command) for command in commands_in(page)]
    assert [reason is None for reason in reasons] == [False, False, False, True]
