"""In which groups parts are shown: frozen with the first charts, and the same for whoever looks later."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select, update

from cluster.charts import decks
from cluster.disclosure.sights import find_sight
from handlers.charts.deck import deck_of
from handlers.charts.own_charts import draw
from locales import texts_for
from measures.charts.shared import Shared, shared_of
from measures.packages.package import load
from storage.database import Database
from storage.models import Release
from storage.unit_of_work import UnitOfWork, look
from tests.cluster.kit import a_round, do, give, release, releases

POLYFARMACI = load("polyfarmaci")
BANDS = POLYFARMACI.measure("bands")
AMONG = {each.id: each for each in POLYFARMACI.measures}
USUAL = dict(zip(BANDS.parts, (60, 30, 20, 0, 0), strict=True))
GROUPS = (((0,), (1,), (2, 3), (4,)),)
"""Two people are in the last band but one."""


def reply(**bands: int) -> dict[str, int | None]:
    return {field.id: 900 for field in POLYFARMACI.fields} | USUAL | bands


async def begun(database: Database, now: datetime, practices: int = 11) -> None:
    """Charts of the first eight."""
    await a_round(database, now, practices, "polyfarmaci")
    await give(database, now, *range(1, 7), **reply())
    await give(database, now, 7, 8, **reply(band_21_25=1))
    await release(database, now)


async def seen(database: Database, practice: int) -> tuple[Shared, Shared]:
    """What the newest release shows of the bands on a practice's own chart, and in the room."""
    number = (await releases(database))[-1][0]
    async with look(database) as state:
        own, room = await find_sight(state, number, practice), await decks.projector_sight(state, number)
    assert own is not None
    assert room is not None
    return (
        shared_of(BANDS, AMONG, [*own.before, own.frozen], gone=own.gone, kept=own.kept),
        shared_of(BANDS, AMONG, room.replies, gone=room.gone, kept=room.kept),
    )


async def stored(database: Database) -> list[object]:
    async with look(database) as state:
        return [(each or {}).get("bands") for each in await state.session.scalars(select(Release.groups))]


@pytest.mark.long
async def test_groups_are_frozen_with_the_release_and_read_by_everybody(database: Database, now: datetime) -> None:
    await begun(database, now)
    await give(database, now, 9, **reply(band_26=30))
    own, room = await seen(database, 1)
    late, _ = await seen(database, 9)
    assert own == room == late
    assert (own.groups, len(own.practices)) == (GROUPS, 8)
    assert await stored(database) == [[[list(group) for group in GROUPS[0]]]]


async def test_messages_and_deck_are_drawn_with_the_groups_of_the_release(database: Database, now: datetime) -> None:
    await begun(database, now)
    await give(database, now, 9, **reply(band_26=30))
    t = texts_for("da")
    async with look(database) as state:
        sights = [await find_sight(state, 1, practice) for practice in (1, 9)]
        room = await decks.projector_sight(state, 1)
    assert room is not None
    shown = [chart.table for sight in sights if sight is not None for _, chart in draw(sight, t, {}, None).shown]
    of_cluster = [[row for row in table if "16–20 + 21–25" in row[0]] for table in shown]
    assert [rows for rows in of_cluster if rows] == [[("16–20 + 21–25", "klyngen 18 %")]] * 2
    pages = [page.graph.table for page in deck_of(room, t).pages if page.graph is not None]
    assert [row for table in pages for row in table if "16–20 + 21–25" in row[0]] == [("16–20 + 21–25", "18 %")]


@pytest.mark.long
async def test_renewal_keeps_the_groups_and_takes_in_what_they_hide(database: Database, now: datetime) -> None:
    """The newcomers have enough people at the top to be shown alone; what was together stays so."""
    await begun(database, now)
    await give(database, now, 9, 10, 11, **reply(band_21_25=30, band_26=30))
    own, room = await seen(database, 1)
    assert (own.groups, len(own.practices), own == room) == (GROUPS, 11, True)


@pytest.mark.long
async def test_measure_that_groups_no_longer_hide_waits_while_others_are_renewed(
    database: Database, now: datetime
) -> None:
    await begun(database, now)
    await give(database, now, 9, **reply(band_5_9=2))
    await give(database, now, 10, 11, **reply(band_5_9=0))
    assert [number for number, _ in await releases(database)] == [1, 2]
    own, room = await seen(database, 1)
    assert (own.groups, len(own.practices), own == room) == (GROUPS, 8, True)


@pytest.mark.long
async def test_release_from_before_groups_were_kept_shows_nothing_of_others_parts_ever_after(
    database: Database, now: datetime
) -> None:
    await begun(database, now)

    async def forget(uow: UnitOfWork) -> None:
        await uow.session.execute(update(Release).values(groups=None))

    await do(database, forget)
    assert [each.value for each in await seen(database, 1)] == [None, None]
    await give(database, now, 9, 10, 11, **reply())
    assert await stored(database) == [None, None]
    assert [each.value for each in await seen(database, 1)] == [None, None]
