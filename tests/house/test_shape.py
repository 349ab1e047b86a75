"""Small files, no hosts from outside, nothing left unfinished."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300
HOSTS = re.compile(
    r"pypi\.(org|python)|files\.python"
    + r"hosted|registry\.npm"
    + r"js|deb\.deb"
    + r"ian|jsdel"
    + r"ivr|unp"
    + r"kg\.com"
)
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")


def tracked(*patterns: str) -> list[Path]:
    listing = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in listing.stdout.split("\n") if name and (path := ROOT / name).is_file()]


def too_long(files: list[Path]) -> list[str]:
    return [f"{path.name}: {lines}" for path in files if (lines := len(path.read_text().splitlines())) > LONGEST]


def lines_matching(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    found = []
    for path in files:
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{path.name}:{n}" for n, line in enumerate(text.splitlines(), 1) if pattern.search(line)]
    return found


def sources() -> list[Path]:
    return [path for path in tracked("*.py") if "tests" not in path.parts and "migrations" not in path.parts]


def test_no_source_file_is_longer_than_a_room():
    assert too_long(sources()) == []


def test_no_registry_or_cdn_host_is_named():
    assert lines_matching(HOSTS, tracked()) == []


def test_nothing_is_left_unfinished():
    assert lines_matching(UNFINISHED, sources()) == []


def test_checks_notice_what_is_wrong(tmp_path: Path):
    file = tmp_path / "long.py"
    file.write_text("# TO" + "DO\n" + ("x = 'https://pypi." + "org'\n") * 300)
    assert too_long([file]) == ["long.py: 301"]
    assert lines_matching(UNFINISHED, [file]) == ["long.py:1"]
    assert len(lines_matching(HOSTS, [file])) == 300
