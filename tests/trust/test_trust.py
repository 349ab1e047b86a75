"""The one command for all figures, on a tiny share: it prints, writes and fails as it says."""

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.row import Row
from tests.trust.__main__ import show

ROOT = Path(__file__).resolve().parents[2]


def test_a_share_prints_the_table_and_writes_every_row(tmp_path):
    out = tmp_path / "trust.json"
    command = [sys.executable, "-m", "tests.trust", "--share", "0.005", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [Row(**row) for row in json.loads(out.read_text())]
    assert show(rows) in done.stdout
    parts = (
        "own files",
        "files for all practices",
        "personal data",
        "sentences",
        "plain words",
        "small counts",
        "others' numbers",
        "left out",
        "made here",
    )
    assert [part for part in parts if not any(row.name.startswith(part) for row in rows)] == []


def test_a_share_of_nothing_is_refused():
    command = [sys.executable, "-m", "tests.trust", "--share", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "above 0" in done.stderr


def test_what_does_not_hold_is_seen_in_the_table():
    table = show([Row("a", "1", "0", False), Row("b", "0", "0", True)])
    assert [line.split() for line in table.splitlines()[1:]] == [["a", "1", "0", "NO"], ["b", "0", "0", "yes"]]
