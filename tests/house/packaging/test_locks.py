"""The locks hold every package and every extra that is asked for, so that the two commands install next year too."""

import re
from pathlib import Path

import pytest

from tests.house.packaging.locks import Lock, faults, of_builder, of_project

ROOT = Path(__file__).resolve().parents[3]
DEV, RUN, BUILD = (ROOT / name for name in ("requirements-dev.lock", "requirements.lock", "requirements-build.lock"))


def test_all_that_is_asked_for_is_met_by_exactly_what_the_lock_names():
    assert faults(Lock.read(DEV.read_text()), of_project(ROOT, "dev") | of_builder(ROOT)) == []


def test_lock_of_the_program_is_a_part_of_the_other():
    dev, run = Lock.read(DEV.read_text()), Lock.read(RUN.read_text())
    assert {name: pin.version for name, pin in run.pins.items()}.items() <= {
        name: pin.version for name, pin in dev.pins.items()
    }.items()
    assert faults(run, of_project(ROOT)) == []


def test_lock_of_the_builder_is_a_part_of_the_other():
    dev, build = Lock.read(DEV.read_text()), Lock.read(BUILD.read_text())
    assert {name: pin.version for name, pin in build.pins.items()}.items() <= {
        name: pin.version for name, pin in dev.pins.items()
    }.items()
    assert faults(build, of_builder(ROOT)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"coverage\[toml\]==", "coverage==", "pytest-cov asks for coverage[toml]"),
        (r"sqlalchemy\[asyncio\]==", "sqlalchemy==", "the lock has it without asyncio"),
        (r"pluggy==", "# pluggy==", "which the lock does not name"),
        (r"(aiosqlite==[0-9.]+)( \\\n +--hash=\S+)+", r"\1", "aiosqlite has no hash"),
        (r"structlog==[0-9.]+", "structlog==1.0", "the lock has 1.0"),
    ],
)
def test_what_is_missing_is_noticed(old: str, new: str, said: str):
    text, count = re.subn(old, new, DEV.read_text())
    assert count == 1
    found = faults(Lock.read(text), of_project(ROOT, "dev") | of_builder(ROOT))
    assert any(said in fault for fault in found), found


def test_image_and_install_take_only_what_is_locked():
    steps = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if " install " in line and "pip" in line]
    assert steps
    for step in steps:
        assert "--require-hashes -r" in step or ("--no-index" in step and "--no-deps" in step), step
    handbook = (ROOT / "docs" / "installation.md").read_text().splitlines()
    assert any("--require-hashes" in line for line in handbook)
    for step in (line for line in handbook if "pip" in line and " install " in line):
        assert "--require-hashes -r" in step or ("--no-index" in step and "--no-deps" in step), step
