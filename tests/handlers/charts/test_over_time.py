"""One's own numbers over time beside one's charts: of the cluster the pictures tell nothing that the charts do not."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from cluster.charts import own_rounds, recalling, releases
from cluster.clock import MovableClock
from cluster.disclosure.identities import known_of
from cluster.disclosure.sights import find_sight, newest
from cluster.members import consent
from cluster.rounds import rounds, standing
from cluster.rounds.planning import Plan
from cluster.submissions import submissions
from cluster.submissions.submissions import OwnPart
from handlers.charts import over_time, own_charts
from handlers.rounds.lookups import period_of
from locales.texts import texts_for
from storage.database import Database
from storage.models import Member
from storage.unit_of_work import Look, UnitOfWork, look
from tests.cluster.disclosure.test_changes import keep
from tests.cluster.disclosure.test_identities import choose, set_rung
from tests.cluster.kit import DEADLINE, a_round, do

YEARS = (date(2024, 3, 1), date(2023, 3, 1))
WHOLE = re.compile(r"[Kk]lyngen samlet:? (\d+(?:,\d+)?)")
VIEWERS = (1, 2, 3, 8)
SPIROMETRY = "Spirometri inden for 12 måneder"
FIRST, BEFORE, LAST = (
    f"1. marts {year} – {day}. februar {year + 1}" for year, day in ((2023, 29), (2024, 28), (2025, 28))
)
DA = texts_for("da")
Told = dict[tuple[str, str], list[str]]
"""By what is measured and its period: what is said of the cluster as a whole."""
pytestmark = pytest.mark.long


async def begin(database: Database, now: datetime, start: date) -> int:
    """The same asked about an earlier year."""

    async def work(uow: UnitOfWork) -> int:
        end = start.replace(year=start.year + 1) - timedelta(days=1)
        plan = Plan("kol", start, end, DEADLINE, answering={n: n for n in range(1, 13)})
        return (await rounds.begin(uow, 1, plan, actor_id=1, now=now)).id

    return int(await do(database, work))


async def give(database: Database, now: datetime, round_id: int, *practices: int, **numbers: int) -> None:
    async def work(uow: UnitOfWork) -> None:
        round_ = await rounds.get(uow, round_id)
        for n in practices:
            await keep(uow, round_, n, now, **{"spirometry": 20 + 3 * n, **numbers})

    await do(database, work)


async def release(database: Database, now: datetime, round_id: int) -> None:
    async def work(uow: UnitOfWork) -> None:
        await releases.release(uow, await rounds.get(uow, round_id), actor_id=1, now=now, waited=True)

    await do(database, work)


async def leave(database: Database, now: datetime, practice: int) -> None:
    async def work(uow: UnitOfWork) -> None:
        member = await uow.session.get(Member, practice)
        assert member is not None
        await consent.withdraw(uow, member, now=now)

    await do(database, work)


async def recall(database: Database, now: datetime, round_id: int, *measures: str) -> None:
    async def work(uow: UnitOfWork) -> None:
        leader = await uow.session.get(Member, 1)
        assert leader is not None
        assert await recalling.by_hand(uow, await rounds.get(uow, round_id), measures, by=leader, now=now)

    await do(database, work)


async def take_back(database: Database, now: datetime, round_id: int, practice: int) -> None:
    async def work(uow: UnitOfWork) -> None:
        part, member = await rounds.of_practice(uow, round_id, practice), await uow.session.get(Member, practice)
        assert part is not None
        assert member is not None
        given = await standing.accepted(uow, round_id, practice)
        assert given is not None
        await submissions.withdraw(uow, given, OwnPart(part, await rounds.get(uow, round_id), member), now=now)

    await do(database, work)


async def told_over_time(state: Look, practice: int) -> Told:
    """By whatever is heard of the pictures of the newest round."""
    made = await newest(state, 1)
    sights = await own_rounds.over_time(state, made.id, practice)
    drawn = over_time.draw(sights, DA) if sights else []
    return {
        (each.graph.table[0][1], period): WHOLE.findall(said)
        for each in drawn
        for period, _, said in each.graph.table[2:]
    }


async def told_by_charts(state: Look, practice: int) -> Told:
    """The charts of every round, as the practice may fetch them now."""
    found: Told = {}
    for round_id in (1, 2, 3):
        made = await newest(state, round_id)
        sight = await find_sight(state, made.id, practice)
        if sight is None:
            continue
        known = await known_of(state, sight.round)
        for _, chart in own_charts.draw(sight, DA, known, None).shown:
            heard = set(WHOLE.findall(chart.alt_text))
            found[chart.table[0][1], period_of(sight.round, DA)] = sorted(heard)
    return found


async def not_shown(database: Database) -> set[tuple[str, str]]:
    """What the pictures don't show of the cluster, of what and when; of all else they say what the charts say."""
    found = set()
    async with look(database) as state:
        for practice in VIEWERS:
            charts, pictures = await told_by_charts(state, practice), await told_over_time(state, practice)
            assert pictures
            assert pictures == {about: charts[about] for about in pictures}
            found |= {about for about, said in pictures.items() if not said}
    return found


async def begun(database: Database, now: datetime) -> None:
    """Three years, the last first; nine or ten of twelve practices give each time."""
    await a_round(database, now, 12)
    await do(database, lambda uow: set_rung(uow, "chosen", now))
    for round_id, practices in ((1, range(1, 10)), (2, (*range(1, 9), 10)), (3, range(2, 12))):
        if round_id > 1:
            await begin(database, now, YEARS[round_id - 2])
        await give(database, now, round_id, *practices)
        await release(database, now, round_id)


async def test_pictures_tell_of_the_cluster_what_the_charts_tell_whatever_happens_in_between(
    database: Database, clock: MovableClock
) -> None:
    now = clock.now()
    await begun(database, now)
    assert await not_shown(database) == set()
    await choose(database, now, 1, 2)
    await give(database, now, 2, 9, spirometry=33)
    await give(database, now, 3, 1, spirometry=33)
    await give(database, now, 2, 3, spirometry=30)
    assert await not_shown(database) == set()
    await recall(database, now, 2, "spirometry")
    assert await not_shown(database) == {(SPIROMETRY, BEFORE)}
    await take_back(database, now, 3, 11)
    everything = {SPIROMETRY, "Kendt KOL pr. 1.000 tilmeldte", "Aktiv forløbsplan"}
    lost = {(each, FIRST) for each in everything}
    assert await not_shown(database) == {(SPIROMETRY, BEFORE)} | lost
    await leave(database, now, 4)
    assert await not_shown(database) == {(each, period) for each in everything for period in (FIRST, BEFORE, LAST)}
