"""The page of the largest cluster: within Slack's limits, made from a bounded number of questions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import delete, event, update

from cluster.overview.homepage import parts_of
from handlers import TABLE
from handlers.at_home import AtHome
from handlers.overview.home import page_of
from locales import texts_for
from storage.database import Database
from storage.models import Agreement, Assignment, Attendance, Invitation, Meeting, Member, Release, Round, Submission
from storage.unit_of_work import UnitOfWork, look
from tests.conftest import T0
from tests.handlers.overview.large import COORDINATOR, MEMBER, TEAM, account, large_cluster
from workspace.blockkit.blocks import check_view

MOST_QUESTIONS = {COORDINATOR: 43, MEMBER: 24}
"""For each cluster of the reader."""


@contextmanager
def questions(database: Database) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def filled(database: Database, **about: Any) -> None:
    async with UnitOfWork(database) as uow:
        await large_cluster(uow, T0, **about)
        await uow.commit()


async def pages(database: Database, user: str) -> tuple[int, list[dict[str, Any]], list[Any]]:
    """How much was asked, the page in both languages, and what it is made of."""
    views = []
    for lang in ("en", "da"):
        with questions(database) as asked:
            async with look(database) as state:
                parts = await parts_of(state, TEAM, account(user), T0)
                views.append({"type": "home", "blocks": await page_of(state, parts, TABLE, T0, texts_for(lang))})
    return len(asked), views[::-1], parts


@pytest.mark.long
async def test_page_of_the_largest_cluster_fits_and_asks_as_much_as_that_of_an_idle_one(database: Database) -> None:
    await filled(database, open_things=6, past=6)
    asked: dict[str, int] = {}
    for user, most in MOST_QUESTIONS.items():
        asked[user], views, parts = await pages(database, user)
        for view in views:
            check_view(view)
        windows = [piece.whole(AtHome(parts[0], T0, texts_for("da"))) for piece in TABLE.home if piece.whole]
        for blocks in filter(None, windows):
            check_view({"type": "modal", "title": {"type": "plain_text", "text": "-"}, "blocks": blocks})
        assert asked[user] <= most
    async with database.write() as session:
        for table in (Agreement, Assignment, Submission, Release, Round, Attendance, Invitation, Meeting):
            await session.execute(delete(table))
        await session.commit()
    for user, many in asked.items():
        few, _, _ = await pages(database, user)
        assert 0 <= many - few <= 4, user  # rounds that only an agreement still names, and agendas of what is ahead


async def test_page_of_who_runs_several_large_clusters_fits_with_the_later_ones_behind_a_button(
    database: Database,
) -> None:
    for number in range(1, 5):
        await filled(database, open_things=6, past=2, number=number, people=3)
    _, views, parts = await pages(database, COORDINATOR)
    for view in views:
        check_view(view)
        shown = str(view)
        assert len(parts) == 4
        assert all(f"Klynge {number}*" in shown for number in range(1, 5))
        assert "home.more" in shown


BUTTONS_OF_LEADERS = {
    "cluster.set_up",
    "cluster.members",
    "cluster.plan",
    "round.release",
    "meeting.cancel",
    "meeting.who",
}
READERS: dict[str, tuple[dict[str, Any], set[str], set[str]]] = {
    "member": ({}, {"assignment.enter", "openness.fetch", "meeting.rsvp_yes"}, BUTTONS_OF_LEADERS),
    "deputy": ({"role": "deputy"}, BUTTONS_OF_LEADERS | {"assignment.enter", "openness.fetch"}, set()),
    "observer": (
        {"role": "observer"},
        {"cluster.status", "cluster.own_data", "member.settings"},
        BUTTONS_OF_LEADERS | {"openness.fetch", "cluster.deck", "practice.withdraw"},
    ),
    "not confirmed": (
        {"confirmed_at": None},
        {"member.welcome", "meeting.rsvp_yes"},
        BUTTONS_OF_LEADERS | {"openness.fetch", "cluster.deck", "practice.withdraw"},
    ),
    "gone": ({"active": False}, set(), {"cluster.help", "assignment.enter", "member.settings", *BUTTONS_OF_LEADERS}),
}
"""What is changed about the member, and what the page then has and has not."""


async def test_everybody_has_the_buttons_that_are_theirs_and_no_others(database: Database) -> None:
    await filled(database, open_things=2, past=1, people=6)
    for who, (change, has, lacks) in READERS.items():
        async with database.write() as session:
            before = {"role": "member", "confirmed_at": T0, "active": True}
            await session.execute(update(Member).where(Member.slack_user_id == MEMBER).values(**before | change))
            await session.commit()
        _, (view, _), _ = await pages(database, MEMBER)
        parts = [each for block in view["blocks"] for each in [*block.get("elements", []), block.get("accessory", {})]]
        pressed = {str(each["action_id"]) for each in parts if "action_id" in each}
        assert (who, has - pressed, lacks & pressed) == (who, set(), set())
