"""Groups of parts and answers are chosen in one place, when a release is frozen, and read in one."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("bot", "handlers", "cluster", "measures", "storage")


def who_names(pattern: str) -> set[str]:
    """The modules with such a word, imports and definitions included."""
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return {str(path.relative_to(ROOT)) for path in files if re.search(pattern, path.read_text())}


def test_groups_are_chosen_when_a_release_is_frozen_and_nowhere_else():
    assert who_names(r"\b(in_order|in_one)\(") == {"measures/disclosure/suppression.py"}
    assert who_names(r"\bimport .*\b(in_order|in_one)\b") == {"measures/disclosure/grouping.py"}
    assert who_names(r"\bchoose\(measure") == {"measures/disclosure/grouping.py", "measures/charts/shared.py"}
    # a trial has made-up numbers and no release: its groups are for as long as it is drawn
    drawn = who_names(r"\bgroupings_of\b") - {"cluster/charts/trials.py"}
    assert drawn == {"measures/charts/shared.py", "cluster/charts/releases.py"}


def test_whoever_draws_the_cluster_together_asks_the_one_place():
    assert who_names(r"\bshared_of\b") == {
        "measures/charts/shared.py",
        "measures/charts/chart_of.py",
        "measures/charts/projector.py",
    }
    # what was shown is compared with what would be, to see whether it was wrong; nothing is drawn there
    assert who_names(r"\btogether\(") - {"measures/charts/recalling.py"} == {"measures/charts/shared.py"}


def test_stored_groups_are_read_and_written_once():
    assert who_names(r"\brelease\.groups\b|\bmade\.groups\b") == {
        "cluster/disclosure/sights.py",
        "cluster/charts/releases.py",
    }
    assert who_names(r"\bfrom_kept\b") == {"measures/disclosure/grouping.py", "cluster/disclosure/sights.py"}
