"""The wheel holds what it should and runs in an environment that has never seen this checkout."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
HOMES = {"bot", "handlers", "cluster", "measures", "storage", "locales", "workspace"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment: our wheel of its own, the dependencies borrowed from here (no network in a test)."""
    home = tmp_path_factory.mktemp("env")
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    (Path(site.stdout.strip()) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    return home


def test_wheel_holds_the_packages_and_their_data(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    homes = {name.split("/")[0] for name in names if not name.startswith("klyngebot-")}
    assert homes == HOMES
    for data in (
        "measures/packages/shipped/kol.toml",
        "locales/da/meetings.po",
        "workspace/page/index.html",
        "measures/printed/printed.typ",
    ):
        assert data in names


def test_wheel_runs_where_the_checkout_is_unknown(installed: Path, tmp_path: Path):
    klynge = installed / "bin" / "klynge"
    version = subprocess.run([klynge, "--version"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert version.stdout.strip() == "0.1.0"
    where = subprocess.run(
        [installed / "bin" / "python", "-c", "import bot; print(bot.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(installed))
    database = tmp_path / "new.db"
    subprocess.run(
        [klynge, "migrate"],
        cwd=tmp_path,
        env={
            "KLYNGE_DATABASE_URL": f"sqlite+aiosqlite:///{database}",
            "KLYNGE_SLACK_BOT_TOKEN": "xoxb-none",
            "KLYNGE_SLACK_APP_TOKEN": "xapp-none",
        },
        check=True,
        capture_output=True,
    )
    assert database.stat().st_size > 0
