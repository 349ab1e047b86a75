"""`make histories`: ten thousand lives of clusters, and what their members were reminded of. Ends with 1 if anything
was said too often, too late, to the wrong one or not at all.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed

from tests.histories.judging import Judge
from tests.histories.run import batches, one

CORES = 2
AT_ONCE = 50
SEED = 20261201


def main() -> int:
    """Live, print, 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="make histories", description=__doc__)
    parser.add_argument("--histories", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--cores", type=int, default=CORES)
    asked = parser.parse_args()
    whole, began, done = Judge(), time.monotonic(), 0
    with ProcessPoolExecutor(asked.cores, mp_context=multiprocessing.get_context("spawn")) as pool:
        sizes = list(batches(asked.histories, AT_ONCE))
        running = {pool.submit(one, size, asked.seed + n): size for n, size in enumerate(sizes)}
        for each in as_completed(running):
            whole.add(each.result())
            done += running[each]
            print(f"{done} histories, {time.monotonic() - began:.0f} s: {whole.said()}", flush=True)
    for what, example in whole.examples.items():
        print(f"{what}: {example}")
    return int(bool(whole.wrong))


if __name__ == "__main__":
    sys.exit(main())
