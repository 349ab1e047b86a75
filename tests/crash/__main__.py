"""``make crash TRIALS=20``; ``python -m tests.crash --without lease`` shows that the trials notice."""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import ExitStack

from tests.crash.postgres import postgresql
from tests.crash.sabotage import AFTER
from tests.crash.tally import Tally
from tests.crash.trials import SETTINGS, Report, Setting, run


def main() -> None:
    """Command line."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--trials", type=int, default=20)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--only", default="", help="settings with this in their name, such as 'PostgreSQL 3'")
    reader.add_argument("--without", choices=sorted(AFTER), default="", help="take a protection away")
    chosen = reader.parse_args()
    settings = [setting for setting in SETTINGS if chosen.only in " ".join(setting.name)]
    with ExitStack() as stack:
        postgres = stack.enter_context(postgresql()) if any(each.on_postgresql for each in settings) else None
        report = asyncio.run(
            run(
                chosen.trials,
                seed=chosen.seed,
                settings=settings,
                postgres=postgres,
                sabotage=chosen.without,
                told=_progress,
            )
        )
    sys.exit(not _show(report, chosen.without))


def _progress(setting: Setting, tally: Tally) -> None:
    found = f"lost {len(tally.lost)}, doubled {len(tally.doubled)}, wrong order {len(tally.disordered)}"
    print(f"… {' · '.join(setting.name)}: {tally.trials} trials, {found}", file=sys.stderr, flush=True)


def _show(report: Report, sabotage: str) -> bool:
    """Print the account; whether it is as it must be."""
    total = report.total
    for word, names in (("lost", total.lost), ("doubled", total.doubled), ("wrong order", total.disordered)):
        for name in names[:20]:
            print(f"{word}: {name}")
    print(report.table())
    print(f"{total.messages} promises checked, {len(total.disordered)} in the wrong order")
    if sabotage:
        print(f"without {sabotage}: {'noticed' if not total.is_clean else 'NOT NOTICED'}")
    print(f"{total.trials} trials: lost {len(total.lost)}, doubled {len(total.doubled)}")
    return total.is_clean is not bool(sabotage)


main()
