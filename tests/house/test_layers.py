"""The arrows between packages point one way, and the checker would notice if they did not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "handlers", "cluster", "measures", "storage", "locales", "workspace")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    checker = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [checker, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder)},
    )


def empty_house(folder: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PACKAGES:
        (folder / package).mkdir()
        (folder / package / "__init__.py").write_text("")


def test_layers_hold():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("package", "line"),
    [
        ("cluster", "import handlers"),
        ("measures", "import storage"),
        ("handlers", "import bot"),
        ("cluster", "import slack_sdk"),
        ("storage", "import aiohttp"),
        ("measures", "import sqlalchemy"),
        ("workspace", "import storage"),
        ("handlers", "import workspace"),
        ("cluster", "import locales"),
    ],
)
def test_checker_notices_a_wrong_arrow(tmp_path: Path, package: str, line: str):
    empty_house(tmp_path)
    (tmp_path / package / "wrong.py").write_text(line + "\n")
    assert lint(tmp_path).returncode == 1
