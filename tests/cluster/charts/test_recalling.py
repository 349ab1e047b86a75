"""A wrong number after the charts: what is recalled and asked, what is owed for it, and when it may come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlalchemy import select, update

from cluster.charts import recalling
from cluster.charts import releases as feedback
from cluster.disclosure.recalls import about_period
from cluster.disclosure.sights import find_sight, past_releases, recalls_of
from cluster.errors import ClusterError
from cluster.rounds import rounds
from cluster.rounds.planning import Plan
from measures.charts.comparing import compare, frozen, is_recalled
from measures.disclosure.privacy import Withheld
from measures.packages.package import load
from storage.database import Database
from storage.models import Erratum, Member, Outbox, Recall, Round, SecondLook
from storage.unit_of_work import UnitOfWork, look
from tests.cluster.disclosure.test_changes import keep
from tests.cluster.kit import DEADLINE, a_round, do, give, release, releases, told

SPIROMETRY = load("kol").measure("spirometry")
ASK, TOLD = "recall.ask", "recall.recalled"


async def sent(database: Database, now: datetime, practices: int = 9, *, wrong: Sequence[int] = (2,)) -> None:
    """Charts are out and in Slack; some practices gave 4 for 40."""
    await a_round(database, now, practices)
    for n in range(1, practices + 1):
        await give(database, now, n, spirometry=4 if n in wrong else 40)
    await release(database, now)
    await looked_at(database, now)
    await settled(database)


async def once_more(database: Database, now: datetime) -> None:
    """A new round about the same period, in which everybody gives 40; its charts are out."""
    async with UnitOfWork(database) as uow:
        await feedback.close(uow, await rounds.get(uow, 1), actor_id=1, now=now)
        first = await rounds.get(uow, 1)
        plan = Plan("kol", first.period_start, first.period_end, DEADLINE, answering={n: n for n in range(1, 10)})
        made = await rounds.begin(uow, 1, plan, actor_id=1, now=now)
        for n in range(1, 10):
            await keep(uow, made, n, now, spirometry=40)
        await feedback.release(uow, made, actor_id=1, now=now)
        await uow.commit()


async def looked_at(database: Database, now: datetime) -> None:
    """Whoever was asked to look again finds the numbers right, and the charts go out."""
    async with UnitOfWork(database) as uow:
        is_held = (await rounds.get(uow, 1)).held_until is not None
        await uow.session.execute(update(SecondLook).values(right_at=now))
        if is_held:
            await feedback.release(uow, await rounds.get(uow, 1), actor_id=1, now=now, waited=True)
        await uow.commit()


async def settled(database: Database) -> None:
    """Everything that is owed has been posted."""
    async with UnitOfWork(database) as uow:
        for row in await uow.session.scalars(select(Outbox).where(Outbox.state == "waiting", Outbox.how == "post")):
            row.state, row.attempts, row.sent_channel, row.sent_ts = "sent", 1, "D1", f"{row.id}.0"
        await uow.commit()


async def answer(database: Database, now: datetime, practice: int, *, yes: bool) -> str:
    async with UnitOfWork(database) as uow:
        member, round_ = await uow.session.get(Member, practice), await uow.session.get(Round, 1)
        assert member is not None
        assert round_ is not None
        became = await recalling.answer(uow, round_, member, yes=yes, now=now)
        await uow.commit()
    return became


async def standing(database: Database) -> list[tuple[str, bool]]:
    """Each recall: the measure, and whether it is drawn again."""
    async with look(database) as state:
        rows = (await state.session.scalars(select(Recall).order_by(Recall.id))).all()
        return [(each.measure_id, each.again_id is not None) for each in rows]


async def edits(database: Database) -> list[int]:
    """Which messages are to be edited, in order."""
    async with look(database) as state:
        rows = select(Outbox).where(Outbox.how == "edit").order_by(Outbox.id)
        return [row.params["row"] for row in await state.session.scalars(rows)]


async def seen(database: Database, practice: int, release_id: int = 1) -> tuple[Withheld | None, list[int]]:
    """Why a practice sees no comparison of spirometry, and from whom it is drawn."""
    async with look(database) as state:
        sight = await find_sight(state, release_id, practice)
    assert sight is not None
    shown = compare(
        SPIROMETRY,
        practice,
        sight.frozen,
        sight.rules,
        own=sight.own.numbers,
        before=sight.before,
        gone=sight.gone,
        recalls=sight.recalls,
    )
    assert (shown.mean is None) is (shown.withheld_reason is not None)
    return shown.withheld_reason, sorted(frozen(SPIROMETRY, [*sight.before, sight.frozen], sight.recalls))


async def drawn_anew(database: Database, measure_id: str, round_id: int = 1) -> list[int]:
    """Whose numbers a measure is drawn from after it was recalled; nobody's while it is."""
    async with look(database) as state:
        round_ = await rounds.get(state, round_id)
        past = await past_releases(state, round_)
        known = await recalls_of(state, round_, past)
    measure = load("kol").measure(measure_id)
    return [] if is_recalled(measure, known) else sorted(frozen(measure, [each.numbers for each in past], known))


@pytest.mark.long
async def test_gross_correction_calls_back_mends_every_message_and_tells_each_once(
    database: Database, now: datetime
) -> None:
    await sent(database, now)
    charts = await told(database, "feedback.chart")
    await give(database, now, 2, spirometry=40)
    assert await standing(database) == [("spirometry", False)]
    assert sorted(await edits(database)) == sorted(set(await edits(database)))
    assert len(await edits(database)) == len(charts) == 9
    assert await told(database, TOLD) == [2, 3, 4, 5, 6, 7, 8, 9]
    assert await told(database, "recall.recalled_led") == [1]
    assert await told(database, ASK) == [2]
    assert [(await seen(database, n))[0] for n in (1, 2, 9)] == [Withheld.RECALLED] * 3
    async with look(database) as state:
        asked = (await state.session.scalars(select(Outbox).where(Outbox.kind == ASK))).one()
    assert asked.cluster_id is None  # so that no plan and no list of undelivered messages names the practice


async def test_small_correction_sends_nothing(database: Database, now: datetime) -> None:
    await sent(database, now, wrong=())
    await give(database, now, 2, spirometry=36)
    assert await standing(database) == []
    assert await edits(database) == await told(database, TOLD) == await told(database, ASK) == []


@pytest.mark.long
async def test_gross_correction_of_less_than_half_is_called_back_and_never_left_out(
    database: Database, now: datetime
) -> None:
    await sent(database, now, wrong=())
    await give(database, now, 2, spirometry=60)
    assert await standing(database) == [("spirometry", False)]
    assert await told(database, ASK) == []
    assert await answer(database, now, 2, yes=True) == "before"
    assert (await seen(database, 3))[0] is Withheld.RECALLED


@pytest.mark.long
async def test_yes_draws_the_others_as_they_were_and_a_second_click_nothing(database: Database, now: datetime) -> None:
    await sent(database, now)
    await give(database, now, 2, spirometry=40)
    await give(database, now, 5, spirometry=41)  # waits, as before
    assert await answer(database, now, 2, yes=True) == "drawn"
    assert await seen(database, 3) == (None, [1, 3, 4, 5, 6, 7, 8, 9])
    assert await seen(database, 2) == (None, [1, 3, 4, 5, 6, 7, 8, 9])
    before = await edits(database)
    assert await answer(database, now, 2, yes=True) == "before"
    assert await edits(database) == before
    async with look(database) as state:
        erratum = (await state.session.scalars(select(Erratum))).one()
    assert (erratum.practice_id, erratum.answer, erratum.member_id, erratum.at) == (2, "yes", 2, now)


@pytest.mark.long
async def test_without_the_yes_it_stays_away_whatever_is_answered(database: Database, now: datetime) -> None:
    await sent(database, now, 9)
    await give(database, now, 2, spirometry=40)
    assert await answer(database, now, 2, yes=False) == "kept"
    assert await answer(database, now, 2, yes=True) == "before"
    await give(database, now, 4, 5, 6, spirometry=42)
    assert (await seen(database, 3, len(await releases(database))))[0] is Withheld.RECALLED


@pytest.mark.long
async def test_others_cannot_say_yes_for_the_practice(database: Database, now: datetime) -> None:
    await sent(database, now)
    await give(database, now, 2, spirometry=40)
    assert await answer(database, now, 3, yes=True) == "before"
    assert (await seen(database, 3))[0] is Withheld.RECALLED


@pytest.mark.long
async def test_two_who_erred_are_left_out_together_or_not_at_all(database: Database, now: datetime) -> None:
    await sent(database, now, wrong=(2, 3))
    await give(database, now, 2, 3, spirometry=40)
    assert await standing(database) == [("spirometry", False)]
    assert await answer(database, now, 2, yes=True) == "kept"
    assert (await seen(database, 4))[0] is Withheld.RECALLED
    assert await answer(database, now, 3, yes=True) == "drawn"
    assert await seen(database, 4) == (None, [1, 4, 5, 6, 7, 8, 9])


@pytest.mark.long
@pytest.mark.parametrize("first", [2, 5])
async def test_an_error_that_a_larger_one_hides_is_never_drawn_anew(
    database: Database, now: datetime, first: int
) -> None:
    """Beside 880 for 88, the 30 too many of another are a trifle; once the 880 is gone they are none."""
    await a_round(database, now, 9)
    for n in range(1, 10):
        await give(database, now, n, copd={2: 880, 5: 90}.get(n, 40), spirometry=20)
    await release(database, now)
    await looked_at(database, now)
    await settled(database)
    for n in (first, 7 - first):
        await give(database, now, n, copd=40, spirometry=20)
    assert await answer(database, now, 2, yes=True) == "kept"
    assert await drawn_anew(database, "prevalence") == []
    assert await told(database, ASK) == [2, 5]
    assert await answer(database, now, 5, yes=True) == "drawn"
    assert await drawn_anew(database, "prevalence") == [1, 3, 4, 6, 7, 8, 9]


@pytest.mark.long
async def test_a_new_round_about_the_period_draws_no_number_that_was_corrected_in_it(
    database: Database, now: datetime
) -> None:
    await sent(database, now)
    await once_more(database, now)
    assert await standing(database) == [("spirometry", False)]
    assert [(await seen(database, n, len(await releases(database))))[0] for n in (2, 3)] == [Withheld.RECALLED] * 2
    assert await told(database, ASK) == [2]


@pytest.mark.long
@pytest.mark.parametrize(("tries", "called_back"), [([3835], True), ([5699, 3835], False), ([5699, 400], True)])
async def test_nobody_finds_by_trying_where_a_colleagues_verdict_turns(
    database: Database, now: datetime, tries: list[int], called_back: bool
) -> None:
    """Large lists: a move of four per cent turns a quarter of the verdicts. Whoever could come nearer patient by
    patient would read a colleague's own number off the moment of the recall."""
    await a_round(database, now, 12)
    for n in range(1, 13):
        await give(database, now, n, listed=100_000, copd=5700 if n == 1 else 3800 + 35 * (n % 7), spirometry=3000)
    await release(database, now)
    await looked_at(database, now)
    for copd in tries:
        await give(database, now, 1, listed=100_000, copd=copd, spirometry=3000)
    assert ("prevalence" in [measure for measure, _ in await standing(database)]) is called_back


@pytest.mark.long
async def test_second_error_in_the_round_is_called_back_for_good(database: Database, now: datetime) -> None:
    await sent(database, now)
    await give(database, now, 2, spirometry=40)
    assert await answer(database, now, 2, yes=True) == "drawn"
    await give(database, now, 7, spirometry=4)
    assert await standing(database) == [("spirometry", True), ("spirometry", False)]
    assert await told(database, ASK) == [2]
    assert await answer(database, now, 7, yes=True) == "before"
    assert (await seen(database, 3))[0] is Withheld.RECALLED


@pytest.mark.long
async def test_number_that_was_right_all_along_is_not_left_out(database: Database, now: datetime) -> None:
    await sent(database, now, wrong=())
    await give(database, now, 2, spirometry=4)
    await give(database, now, 2, spirometry=40)
    assert await answer(database, now, 2, yes=True) == "before"
    assert (await seen(database, 3))[0] is Withheld.RECALLED


@pytest.mark.parametrize(("practices", "asked"), [(5, []), (6, [2])])
async def test_below_five_others_nobody_is_asked(
    database: Database, now: datetime, practices: int, asked: list[int]
) -> None:
    await sent(database, now, practices)
    await give(database, now, 2, spirometry=40)
    assert await told(database, ASK) == asked


@pytest.mark.long
async def test_later_round_about_the_same_period_shows_nothing_of_it(database: Database, now: datetime) -> None:
    await sent(database, now)
    await give(database, now, 2, spirometry=40)
    await once_more(database, now)
    assert (await seen(database, 3, len(await releases(database))))[0] is Withheld.RECALLED


async def test_coordinator_calls_back_any_measure_once(database: Database, now: datetime) -> None:
    await sent(database, now, wrong=())

    async def press(uow: UnitOfWork) -> int:
        member = await uow.session.get(Member, 1)
        assert member is not None
        return await recalling.by_hand(uow, await rounds.get(uow, 1), ["spirometry", "nothing"], by=member, now=now)

    assert [await do(database, press), await do(database, press)] == [1, 0]
    assert await standing(database) == [("spirometry", False)]
    assert await told(database, ASK) == []
    assert len(await edits(database)) == 9


@pytest.mark.long
async def test_practice_that_corrects_after_the_button_may_be_left_out(database: Database, now: datetime) -> None:
    await sent(database, now)

    async def press(uow: UnitOfWork) -> None:
        member = await uow.session.get(Member, 1)
        assert member is not None
        await recalling.by_hand(uow, await rounds.get(uow, 1), ["spirometry"], by=member, now=now)

    await do(database, press)
    await give(database, now, 2, spirometry=40)
    assert await standing(database) == [("spirometry", False)]
    assert await told(database, ASK) == [2]
    assert await answer(database, now, 2, yes=True) == "drawn"


async def test_nothing_is_called_back_before_charts(database: Database, now: datetime) -> None:
    await a_round(database, now, 6)
    await give(database, now, 1, 2, 3)

    async def press(uow: UnitOfWork) -> None:
        member = await uow.session.get(Member, 1)
        assert member is not None
        await recalling.by_hand(uow, await rounds.get(uow, 1), ["spirometry"], by=member, now=now)

    with pytest.raises(ClusterError, match=r"recall\.nothing"):
        await do(database, press)


@pytest.mark.long
async def test_message_that_nobody_has_tried_to_send_is_not_mended(database: Database, now: datetime) -> None:
    """It is drawn as things stand then. One that was tried may have arrived, so it is edited after it is settled."""
    await sent(database, now)
    async with UnitOfWork(database) as uow:
        rows = (await uow.session.scalars(select(Outbox).where(Outbox.kind == "feedback.chart"))).all()
        rows[3].state, rows[3].attempts, rows[3].sent_ts = "waiting", 0, None
        rows[4].state = "waiting"
        await uow.commit()
    await give(database, now, 2, spirometry=40)
    assert rows[3].id not in await edits(database)
    assert rows[4].id in await edits(database)
    async with look(database) as state:
        edit = select(Outbox).where(Outbox.how == "edit")
        found = {row.params["row"]: row.urgency for row in await state.session.scalars(edit)}
        assert await about_period(state, await rounds.get(state, 1)) != []
    assert (found[rows[4].id], found[rows[5].id]) == (rows[4].urgency, 1)
