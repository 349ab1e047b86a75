"""Plain words: what understanding one sentence takes, and what likely buttons take where none was understood."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from handlers import TABLE
from handlers.overview.help import likely_in
from tests.bench.row import Row, percentile
from tests.trust.plain_words import tried
from tests.trust.sentences import ours

MARK = 0.005
"""Seconds for a sentence; both languages are loaded."""


async def rows() -> list[Row]:
    """Each sentence of the two tables once, in processor time: the median and the hundredth that takes longest."""
    words = [each.words for each in tried()] + [each.words for each in ours()]
    TABLE.grammar.read("hvornår mødes vi")  # the grammar is made when it is first asked for
    took = [_seconds(words_, _understand) for words_ in words]
    median, slow = statistics.median(took), percentile(took, 0.99)
    figure = f"{median * 1000:.1f} ms; {slow * 1000:.1f} ms"
    return [Row(f"understanding one of {len(words)} sentences: median; 99 %", figure, "≤ 5 ms", slow <= MARK)]


def _understand(words: str) -> object:
    return TABLE.grammar.read(words) or likely_in(words, TABLE)


def _seconds(words: str, work: Callable[[str], object]) -> float:
    began = time.process_time()
    work(words)
    return time.process_time() - began
