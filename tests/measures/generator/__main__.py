"""`python -m tests.measures.generator [FILES] [SEED]`: the figures, and what they come from."""

import sys

from tests.measures.generator.trial import blame, run

if __name__ == "__main__":
    number, seed = ([*map(int, sys.argv[1:]), 10_000, 1][:2]) if len(sys.argv) != 2 else (int(sys.argv[1]), 1)
    rows = run(number, seed)
    for row in rows:
        print(f"{row.name}: {row.figure} (mark {row.mark}) {'holds' if row.holds else 'FAILS'}")
    if not all(row.holds for row in rows):
        for said in blame(number, seed):
            print(*said.most_common(20), sep="\n")
        sys.exit(1)
