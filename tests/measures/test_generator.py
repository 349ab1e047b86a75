"""A small share of the random files: no wrong number is kept without a question, clear files are accepted."""

import random

import pytest

from measures.packages.package import parse
from measures.packages.written import written
from tests.measures.generator import many_decoys, many_harmless, many_trial
from tests.measures.generator.decoys import DECOYS, HARMLESS
from tests.measures.generator.invented import MOST
from tests.measures.generator.subjects import made_up, shipped
from tests.measures.generator.trial import Trial, attempt, draw, run

SHARE, MANY = 150, 60


@pytest.mark.long
def test_no_wrong_number_is_kept_and_clear_files_are_accepted():
    rows = run(SHARE, seed=20260401)
    for row in rows:
        print(f"{row.name}: {row.figure} (mark {row.mark})")
    assert [row for row in rows if not row.holds] == []


@pytest.mark.long
def test_files_about_all_practices_keep_no_wrong_number_and_clear_ones_are_accepted():
    rows = many_trial.run(MANY, seed=20260402)
    for row in rows:
        print(f"{row.name}: {row.figure} (mark {row.mark})")
    assert [row for row in rows if not row.holds] == []


@pytest.mark.long
def test_every_change_can_happen():
    made = {name for number in range(900) for name in draw(random.Random(number)).made}
    assert made == {change.__name__ for change in (*HARMLESS, *DECOYS)}


@pytest.mark.long
def test_every_change_of_a_file_about_all_can_happen():
    made = {name for number in range(900) for name in many_trial.draw(random.Random(number)).made}
    assert made == {change.__name__ for change in (*many_harmless.HARMLESS, *many_decoys.DECOYS)}


def test_files_are_about_every_package_and_made_up_ones_are_whole():
    assert [each.package.id for each in shipped() if not each.pool] == []
    for number in range(1, MOST + 1):
        subject = made_up(number)
        assert subject.pool
        assert parse(written(subject.package)).fields == subject.package.fields


def test_numbers_of_another_time_are_as_likely_and_all_different():
    for subject in shipped():
        for values in subject.pool:
            other = subject.near(values, random.Random(1))
            assert [name for name, value in values.items() if other[name] == value] == []


def test_a_wrong_number_in_a_file_about_all_is_noticed():
    trials = (many_trial.attempt(random.Random(f"all/{n}")) for n in range(50))
    trial = next(each for each in trials if each.draft.clear and each.accepted)
    number = next(iter(trial.silent))
    trial.draft.truth[number] = {name: (value or 0) + 1 for name, value in trial.draft.truth[number].items()}
    assert set(trial.wrong) == {number}


def test_a_wrong_number_that_is_kept_is_noticed():
    trial = next(t for t in (attempt(random.Random(f"clear/{n}")) for n in range(50)) if t.draft.clear and t.silent)
    trial.draft.truth = {name: (value or 0) + 1 for name, value in trial.draft.truth.items()}
    assert Trial(trial.draft, trial.data, trial.verdict).wrong
