"""The arrows between packages point one way, and the checker would notice if they did not."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "handlers", "cluster", "measures", "storage", "locales", "workspace")
WRONG = {
    "arrows point one way": [
        ("cluster/wrong.py", "import handlers"),
        ("measures/wrong.py", "import storage"),
        ("handlers/wrong.py", "import bot"),
    ],
    "locales is a leaf for bot and handlers": [("cluster/wrong.py", "import locales")],
    "locales imports none of ours": [("locales/wrong.py", "import measures")],
    "the inside knows no Slack, no HTTP and no scheduler": [
        ("cluster/wrong.py", "import slack_sdk"),
        ("storage/wrong.py", "import aiohttp"),
    ],
    "measures know no database": [("measures/wrong.py", "import sqlalchemy")],
    "handlers ask the cluster, and never a database": [
        ("handlers/wrong.py", "import sqlalchemy"),
        ("handlers/room/wrong.py", "from storage.outbox import claim"),
    ],
    "views get data, and ask nobody": [
        ("handlers/room/views/wrong.py", "from storage.unit_of_work import Reading"),
        ("handlers/room/views/wrong.py", "from handlers.turn import Turn"),
    ],
    "only measures count and draw": [("cluster/wrong.py", "import pandas")],
    "the Slack stand-in imports none of ours": [("workspace/wrong.py", "import storage")],
    "nobody but the program and the tests uses the stand-in": [("handlers/wrong.py", "import workspace")],
}
"""Of every contract, imports that break it."""
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


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
    for contract in CONTRACTS:
        for name in (*contract.get("source_modules", ()), *contract.get("forbidden_modules", ())):
            if name.partition(".")[0] in PACKAGES:
                room = folder / name.replace("*", "room").replace(".", "/")
                for each in (*reversed(room.relative_to(folder).parents), room.relative_to(folder)):
                    (folder / each).mkdir(exist_ok=True)
                    (folder / each / "__init__.py").touch()
    (folder / "__init__.py").unlink(missing_ok=True)


def test_layers_hold():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


def test_every_contract_has_a_sample_that_breaks_it():
    assert {contract["name"] for contract in CONTRACTS} == set(WRONG)


def test_empty_house_breaks_nothing(tmp_path: Path):
    empty_house(tmp_path)
    result = lint(tmp_path)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("contract", "file", "line"), [(contract, *sample) for contract, samples in WRONG.items() for sample in samples]
)
def test_checker_notices_a_wrong_arrow(tmp_path: Path, contract: str, file: str, line: str):
    empty_house(tmp_path)
    (tmp_path / file).write_text(line + "\n")
    assert f"{contract} BROKEN" in lint(tmp_path).stdout


def asking(source: str) -> list[int]:
    """Lines that wait for an answer: whoever is handed data waits for nobody."""
    waits = (ast.AsyncFunctionDef, ast.Await, ast.AsyncWith, ast.AsyncFor)
    return [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, waits)]


def test_views_wait_for_nobody_and_handlers_hold_no_session():
    views = sorted((ROOT / "handlers").glob("*/views/*.py"))
    assert len(views) > 10
    assert [f"{path.parts[-3]}/{path.name}:{n}" for path in views for n in asking(path.read_text("utf-8"))] == []
    sessions = [path.name for path in (ROOT / "handlers").rglob("*.py") if ".session." in path.read_text("utf-8")]
    assert sessions == []


def test_check_notices_what_waits():
    assert asking("async def view(state):\n    return await state.get()") == [1, 2]
