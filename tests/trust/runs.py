"""The runs behind `make trust`, cut into pieces for two processes, the longest first."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from functools import reduce
from operator import add

from tests.bench.row import Row
from tests.measures.checking import plausibility_figures
from tests.measures.disclosure import recall_run, stories, suppression_run
from tests.measures.generator import many_trial, trial
from tests.measures.reading import alarms
from tests.trust import plain_words, sentences

CORES = 2
FILES = 10_000
MANY = 4_000
"""Files for all practices, each read for all of them and for one."""
SLICE = 500
STORIES = 300
"""Rounds of the attack on charts."""
SEED = 20261130


def measure(share: float) -> list[Row]:
    """All rows, in the order of the table."""
    files, rounds = max(60, int(FILES * share)), max(10, int(STORIES * share))
    slices = _slices(files, SLICE)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(CORES, mp_context=spawn) as pool:
        begin = _beginner(pool)
        suppression = begin("suppression", suppression_run.rows, max(60, int(suppression_run.FULL * share)))
        recall = begin("recall", recall_run.rows, max(21, int(recall_run.FULL * share)))
        attacks = begin("attack", stories.rows, rounds)
        said = begin("sentences", sentences.rows, share)
        plausible = begin("plausibility", plausibility_figures.figures)
        spelled = begin("numbers at places", alarms.found)
        called = {
            practices: [begin("regions", alarms.alarms, len(each), practices, SEED + each.start) for each in slices]
            for practices in alarms.REGIONS
        }
        own = [begin("own files", trial.tally, each, SEED) for each in slices]
        many = [
            begin(many_trial.ABOUT, many_trial.tally, each, SEED) for each in _slices(max(40, int(MANY * share)), 200)
        ]
        whole, alone = zip(*(each.result() for each in many), strict=True)
        return [
            *reduce(add, (each.result() for each in own)).rows("own files"),
            *many_trial.rows(reduce(add, whole), reduce(add, alone)),
            *(alarms.called(files, key, sum(each.result() for each in some)) for key, some in called.items()),
            spelled.result(),
            *said.result(),
            *plain_words.rows(),
            *suppression.result(),
            *attacks.result(),
            *recall.result(),
            *plausible.result(),
        ]


def _slices(whole: int, size: int) -> list[range]:
    return [range(start, min(start + size, whole)) for start in range(0, whole, size)]


def _beginner(pool: ProcessPoolExecutor) -> Callable[..., Future]:  # type: ignore[type-arg]
    """Starts pieces of work, and says to stderr when each is done: the whole takes minutes."""

    def begin(name: str, work: Callable[..., object], *given: object) -> Future:  # type: ignore[type-arg]
        future = pool.submit(work, *given)
        future.add_done_callback(lambda _: print(f"done: {name}", file=sys.stderr, flush=True))
        return future

    return begin
