"""What a chart costs a core: composed from the frozen numbers and drawn."""

import statistics
import time
from dataclasses import dataclass

from measures.charts.chart import render_all
from tests.bench.charts import cluster

ROUNDS = 5


@dataclass(frozen=True)
class Drawn:
    """Milliseconds of one core, and bytes, for a member's chart of one measure."""

    composed_ms: float
    drawn_ms: float
    bytes: int


def measure() -> Drawn:
    pictures = render_all(cluster())
    composed, drawn = [], []
    for _ in range(ROUNDS):
        began = time.process_time()
        charts = cluster()
        composed.append((time.process_time() - began) / len(charts))
        began = time.process_time()
        render_all(charts)
        drawn.append((time.process_time() - began) / len(charts))
    return Drawn(
        round(statistics.median(composed) * 1000, 2),
        round(statistics.median(drawn) * 1000, 2),
        round(statistics.mean(map(len, pictures))),
    )
