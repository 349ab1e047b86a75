"""A small share of the random files: no wrong number is kept without a question, clear files are accepted."""

import random

from tests.measures.generator.decoys import DECOYS, HARMLESS
from tests.measures.generator.trial import Trial, attempt, draw, run

SHARE = 150


def test_no_wrong_number_is_kept_and_clear_files_are_accepted():
    rows = run(SHARE, seed=20260401)
    for row in rows:
        print(f"{row.name}: {row.figure} (mark {row.mark})")
    assert [row for row in rows if not row.holds] == []


def test_every_change_can_happen():
    made = {name for number in range(600) for name in draw(random.Random(number)).made}
    assert made == {change.__name__ for change in (*HARMLESS, *DECOYS)}


def test_a_wrong_number_that_is_kept_is_noticed():
    trial = next(t for t in (attempt(random.Random(f"clear/{n}")) for n in range(50)) if t.draft.clear and t.silent)
    trial.draft.truth = {name: (value or 0) + 1 for name, value in trial.draft.truth.items()}
    assert Trial(trial.draft, trial.data, trial.verdict).wrong
