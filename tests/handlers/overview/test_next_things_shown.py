"""The next things to do, on the page of whoever runs a cluster: pressed there, and gone when they are done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.app import Runtime
from cluster.clock import MovableClock
from cluster.overview.next_things import NextThing
from handlers import TABLE
from handlers.blocks import button
from handlers.overview.views import home as views
from locales import texts_for
from storage.models import Member
from storage.unit_of_work import UnitOfWork
from tests.handlers.overview.test_home import page
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]
Make = Callable[..., Awaitable[Any]]
LIST = "Ydernummer;Praksis;Navn;E-mail\n057584;Lægehuset Nord;Bo Friis;bo@nord.example\n"


def next_things(home: dict[str, Any]) -> list[tuple[str, str]]:
    """What each says, and its button."""
    blocks = home["view"]["blocks"]
    texts = [(block.get("text") or {}).get("text") for block in blocks]
    if "*Det næste*" not in texts:
        return []
    first = texts.index("*Det næste*") + 1
    found = [(each["text"]["text"], each["accessory"]["action_id"]) for each in blocks[first:] if "accessory" in each]
    return found[: next((n for n, each in enumerate(blocks[first:]) if "accessory" not in each), len(found))]


def test_every_thing_is_said_by_one_feature() -> None:
    said = [what for piece in TABLE.home for what in piece.things]
    assert sorted(said) == sorted(NextThing)


def test_first_thing_is_the_one_to_begin_with_unless_the_first_steps_stand_above() -> None:
    found = [(said, button(said, "home.more")) for said in ("A", "B")]
    for is_guided, styles in ((False, ["primary", None]), (True, [None, None])):
        _, *shown = views.next_things(found, "1:5", texts_for("da"), is_guided=is_guided)
        assert [each["accessory"].get("style") for each in shown] == styles


@pytest.mark.long
async def test_list_that_waits_is_shown_again_saved_and_gone(
    world: Workspace, desk: Desk, bot: Runtime, a_cluster: Make, settle: Settle
) -> None:
    klynge = await a_cluster(practices=2)
    lead = klynge.coordinator
    await desk.upload(lead, world.bot_user_id, "medlemmer.csv", LIST.encode())
    await settle()
    before = len(await desk.dm(lead))
    home = await page(desk, lead)
    assert next_things(home)[0] == ("En medlemsliste venter på dit ja.", "home.show")
    await desk.act(lead, home, "home.show")
    await settle()
    (shown,) = (await desk.dm(lead))[before:]
    await desk.act(lead, shown, "roster.save")
    await settle()
    assert "home.show" not in str(await page(desk, lead))


@pytest.mark.long
async def test_silent_guests_are_reminded_and_attendance_noted_from_the_page(
    desk: Desk, bot: Runtime, a_cluster: Make, settle: Settle, clock: MovableClock
) -> None:
    klynge = await a_cluster(practices=2)
    lead, doctor = klynge.coordinator, klynge.doctors[1]
    await desk.act(lead, await page(desk, lead), "cluster.meeting")
    day = (clock.now() + timedelta(days=8)).date()
    about = {"title": "KOL", "day": f"{day}", "answer_day": f"{day - timedelta(days=3)}", "place": "Her"}
    await desk.submit(lead, values=about)
    await settle()
    for leave, count in ((timedelta(days=2), 0), (None, 1)):  # a reminder would not reach one on leave
        async with UnitOfWork(bot.database) as uow:
            member = await uow.session.get_one(Member, klynge.member_ids[doctor])
            member.away_until = leave and clock.now() + leave
            await uow.commit()
        assert len(next_things(await page(desk, lead))) == count
    (thing,) = next_things(await page(desk, lead))
    assert thing == ("1 har ikke svaret endnu: *KOL*, tirsdag den 10. marts kl. 16.30–19.00.", "meeting.remind")
    await desk.act(lead, await page(desk, lead), "meeting.remind")
    await settle()
    assert next_things(await page(desk, lead)) == []  # enough for today, though nobody has answered yet
    await desk.act(doctor, await page(desk, doctor), "meeting.rsvp_yes")
    await settle()

    clock.forward(timedelta(days=9))
    await settle()
    assert [each[1] for each in next_things(await page(desk, lead))] == [
        "meeting.attendance",
        "meeting.minutes_pick",
        "cluster.meeting",
    ]
    await desk.act(lead, await page(desk, lead), "meeting.attendance")
    await desk.submit(lead, values={})
    await settle()
    assert [each[1] for each in next_things(await page(desk, lead))] == ["meeting.minutes_pick", "cluster.meeting"]

    await desk.act(lead, await page(desk, lead), "home.more")
    all_ = await desk.top_view(lead)
    assert all_ is not None
    await desk.act(lead, all_, "meeting.who")
    stack = (await desk.state(lead))["views"]
    assert [each["view"]["callback_id"] for each in stack] == ["home.more", "meeting.who"]
