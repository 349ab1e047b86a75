"""Awkward files, traps alone and in pairs, hostile ones too: every verdict as expected, none crashes or hangs."""

import resource
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from multiprocessing import get_context

import pytest

from measures.checking.report import outcome, try_file
from measures.checking.validation import PracticeFacts, Verdict
from measures.packages.package import Package
from tests.measures.traps import Case, cases

SPRING = (date(2026, 1, 1), date(2026, 4, 30))
PRACTICE = PracticeFacts("057584", 6200, "xmo")
GIB = 1024**3
CASES = {case.name: case for case in cases()}


class Tried:
    """The verdicts on the whole corpus, with the time each took and the most memory that any reader had."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.seconds: dict[str, float] = {}
        with ThreadPoolExecutor(2) as pool:
            self.verdicts = dict(zip(CASES, pool.map(self._try, CASES.values()), strict=True))
        self.memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024

    def _try(self, case: Case) -> Verdict:
        start = time.monotonic()
        verdict = try_file(case.data, case.file, self.package, PRACTICE, SPRING)
        self.seconds[case.name] = time.monotonic() - start
        return verdict


@pytest.fixture(scope="module")
def tried(kol: Package) -> Iterator[Tried]:
    """In a process of its own: the most that a child ever had is kept of all children, those of other tests as well."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool.submit(Tried, kol).result()


@pytest.mark.long
@pytest.mark.parametrize("name", CASES)
def test_every_file_gets_its_verdict(tried, name):
    case, verdict = CASES[name], tried.verdicts[name]
    told = frozenset(problem.code for problem in verdict.problems or verdict.questions)
    assert outcome(verdict) == case.outcome
    assert told == case.codes if case.all_said else told and told <= case.codes


def test_accepted_files_all_say_the_same(tried):
    values = {
        tuple(verdict.values.items()) for name, verdict in tried.verdicts.items() if CASES[name].outcome == "accepted"
    }
    assert values == {(("listed", 6200), ("copd", 130), ("spirometry", 96), ("care_plan", 70))}


@pytest.mark.long
def test_no_file_takes_long_or_much(tried, capsys):
    slowest = max(tried.seconds, key=tried.seconds.__getitem__)
    outcomes = Counter(case.outcome for case in CASES.values())
    with capsys.disabled():
        print(f"\n{len(CASES)} awkward files: {dict(outcomes)}")
        print(f"slowest {tried.seconds[slowest]:.1f} s ({slowest}), largest reader {tried.memory / 1024**2:.0f} MiB")
    assert len(CASES) >= 60
    assert tried.seconds[slowest] < 12
    assert tried.memory < GIB
