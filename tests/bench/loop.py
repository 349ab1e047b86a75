"""How late the event loop is while charts are composed and drawn and files read and judged, against an idle loop."""

import asyncio
import statistics
import time

from bot.running.compute import Compute
from locales.texts import texts_for
from measures.charts.chart import compose, render_all
from measures.checking.validation import PracticeFacts, check
from measures.disclosure.privacy import DisclosureRules, comparison
from measures.packages.package import load
from measures.reading.intake import read_file
from measures.sheets.template import build_template
from tests.bench.row import Row, percentile

ROUNDS, SECONDS, STEP = 3, 4.0, 0.001
PRACTICES = 24


async def lags(until: asyncio.Event) -> list[float]:
    """How much later than asked for each millisecond's sleep ended."""
    found = []
    while not until.is_set():
        began = time.perf_counter()
        await asyncio.sleep(STEP)
        found.append(time.perf_counter() - began - STEP)
    return found


async def charts(compute: Compute, until: asyncio.Event) -> None:
    """Round after round to all practices of a cluster, as the sender does it: composed here, drawn elsewhere."""
    package, t = load("kol"), texts_for("da")
    measure = package.measures[0]
    values = {number: (48 + 17 * number, 3000 + 9 * number) for number in range(PRACTICES)}
    while not until.is_set():
        for number in values:
            seen = comparison(number, values, DisclosureRules(), per=measure.per)
            chart = compose(measure, package, seen, "1. marts 2025 – 28. februar 2026", "7. april 2026", t, "Lægehuset")
            await compute(render_all, [chart])
            if until.is_set():
                return


async def files(compute: Compute, until: asyncio.Event) -> None:
    """One member's file after another, as the conversation does it: read and judged elsewhere."""
    package, t = load("kol"), texts_for("da")
    data = build_template(package, "Lægehuset Havnegade", "990001", "1. marts 2025 – 28. februar 2026", t, "xmo")
    facts = PracticeFacts("990001", 5120, "xmo")
    while not until.is_set():
        await compute(check, await read_file(data, "tal.xlsx"), package, facts, None, None)


async def during(*work: asyncio.Task[None], until: asyncio.Event) -> list[float]:
    measuring = asyncio.create_task(lags(until))
    await asyncio.sleep(SECONDS)
    until.set()
    await asyncio.gather(*work)
    return await measuring


async def rows() -> list[Row]:
    compute = Compute()
    await compute(render_all, [])
    idle, busy = [], []
    for _ in range(ROUNDS):
        idle.append(percentile(await during(until=asyncio.Event()), 0.99))
        until = asyncio.Event()
        work = [asyncio.create_task(charts(compute, until)), asyncio.create_task(files(compute, until))]
        busy.append(percentile(await during(*work, until=until), 0.99))
    await compute.close()
    quiet, loaded = statistics.median(idle), statistics.median(busy)
    figure = f"{loaded / quiet:.1f} × ({quiet * 1000:.1f} → {loaded * 1000:.1f} ms)"
    return [Row("event loop p99 while drawing and reading", figure, "≤ 3 × idle", loaded <= 3 * quiet)]
