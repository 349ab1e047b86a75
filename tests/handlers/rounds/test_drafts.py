"""A request for numbers is seen before it goes to many, kept as a draft, or sent at an hour that was chosen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.app import Runtime
from cluster.agendas.agendas import package_for
from cluster.changes.asking import topic_of
from cluster.clock import MovableClock
from cluster.meetings.clashes import Clash, Obstacle
from cluster.onboarding import first_steps
from cluster.rounds import drafts
from cluster.topics import history
from handlers.reminders.views.send_time import sending, which_time
from handlers.rounds.views.adapting import Adaptation
from handlers.rounds.views.asks import Ask
from handlers.rounds.views.previews import AskedPractice, RequestPreview, previewed
from handlers.rounds.views.rounds import MOST_LINES, Candidate, round_form
from locales import texts_for
from measures.packages.package import load
from storage.models import Cluster, Meeting, Member, Outbox, Round
from storage.unit_of_work import UnitOfWork, look
from storage.words import OutboxState, RoundState
from tests.conftest import Klynge
from tests.handlers.conftest import ARound
from tests.handlers.meetings.kit import FORM, words
from workspace import Desk
from workspace.blockkit.blocks import check_view

DUE = {"deadline_day": "2026-03-19", "deadline_time": "12:00"}
Settle = Callable[[], Awaitable[None]]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
async def r(desk: Desk, settle: Settle, a_cluster: Callable[..., Awaitable[Klynge]]) -> ARound:
    return ARound(desk, settle, await a_cluster(2))


async def fill(r: ARound, **values: str) -> dict[str, Any]:
    """Open the form and send it once."""
    await r.desk.command(r.klynge.coordinator, r.klynge.channel, "/klynge data")
    answer = await r.desk.submit(r.klynge.coordinator, None, DUE | values)
    await r.settle()
    return answer


async def top(r: ARound) -> str:
    found = await r.desk.top_view(r.klynge.coordinator)
    assert found is not None
    return words(dict(found["view"]))


async def page(r: ARound, person: str) -> str:
    await r.desk.home(person)
    await r.settle()
    return str((await r.desk.state(person))["home"])


async def status(r: ARound, person: str) -> str:
    return str(await r.command(person, "/klynge status"))


async def asked(r: ARound) -> int:
    """Practices whose people have the request."""
    people = [doctor for doctor in r.klynge.doctors if "beder om tal" in str(await r.desk.dm(doctor))]
    return len([doctor for doctor in people if "assignment.enter" in str(await r.desk.dm(doctor))])


async def test_whom_when_and_how_it_looks_is_seen_before_anybody_is_asked(r: ARound) -> None:
    answer = await fill(r)
    assert answer["response_action"] == "update"
    shown = await top(r)
    assert "*2 praksisser bliver spurgt.* Det bliver sendt med det samme. Intet er sendt endnu." in shown
    assert "mindet om det torsdag den 12. marts, mandag den 16. marts og onsdag den 18. marts" in shown
    assert "• Lægehuset 1: Læge 1\n• Lægehuset 2: Læge 2" in shown
    assert "Sådan ser det ud hos *Lægehuset 1*:" in shown
    assert "Tal til klyngen: KOL" in shown
    assert "⚠" not in shown
    assert await r.desk.dm(r.klynge.doctors[1]) == []
    await r.desk.submit(r.klynge.coordinator, None, {})
    await r.settle()
    assert "KOL" in str(await r.card(r.klynge.doctors[1]))


async def test_what_was_changed_after_it_was_seen_is_seen_again_with_what_is_in_its_way(r: ARound) -> None:
    await fill(r, deadline_day="2026-04-02")
    assert "⚠ Fristen: Torsdag den 2. april er Skærtorsdag." in await top(r)
    again = await r.desk.submit(r.klynge.coordinator, None, {"deadline_day": "2026-04-01"})
    assert again["response_action"] == "update"
    assert "⚠" not in await top(r)
    assert await r.desk.dm(r.klynge.doctors[1]) == []


async def test_who_is_on_leave_with_nobody_to_stand_in_is_told(r: ARound, bot: Runtime) -> None:
    async with UnitOfWork(bot.database) as uow:
        away = update(Member).where(Member.id == r.klynge.member_ids[r.klynge.doctors[1]])
        await uow.session.execute(away.values(away_until=at(17, 0)))
        await uow.commit()
    await fill(r)
    assert "⚠ Læge 2 er væk til tirsdag den 17. marts, og ingen træder til imens." in await top(r)


async def test_draft_is_found_finished_and_sent_by_who_runs_the_cluster_alone(r: ARound) -> None:
    answer = await fill(r, send="draft")
    assert answer["response_action"] is None
    kept = await r.last(r.klynge.coordinator)
    assert kept["text"].startswith("Gemt som kladde: *KOL*, frist torsdag den 19. marts kl. 12.00. Ingen andre")
    other = r.klynge.doctors[1]
    for look_at in (page, status):
        assert "Kladde, hvor du beder om tal: *KOL*" in await look_at(r, r.klynge.coordinator)
        assert "KOL" not in await look_at(r, other)
    assert await r.desk.dm(other) == []
    await r.desk.act(r.klynge.coordinator, kept, "round.finish")
    assert (await r.desk.submit(r.klynge.coordinator, None, {"deadline_day": "2026-03-20"}))[
        "response_action"
    ] == "update"
    assert "Frist: *fredag den 20. marts kl. 12.00*" in await top(r)
    await r.desk.submit(r.klynge.coordinator, None, {})
    await r.settle()
    assert "fredag den 20. marts" in str(await r.card(other))
    assert "Kladde" not in await page(r, r.klynge.coordinator)
    refused = await r.desk.act(r.klynge.coordinator, kept, "round.drop")
    await r.settle()
    assert "Det er ikke længere en kladde" in str(await r.desk.dm(r.klynge.coordinator)) + str(refused)
    assert "Frist: fredag den 20. marts" in await page(r, r.klynge.coordinator)


async def test_draft_is_nothing_that_the_cluster_has_had_or_begun(r: ARound, bot: Runtime) -> None:
    await fill(r, send="draft")
    async with look(bot.database) as state:
        cluster = await state.session.get_one(Cluster, r.klynge.id)
        assert await history.of_cluster(state, r.klynge.id, now=at(20, 9)) == []
        assert not (await first_steps.look(state, cluster, at(20, 9))).is_underway
    await r.desk.act(r.klynge.coordinator, await r.last(r.klynge.coordinator), "round.finish")
    for _ in ("seen", "sent"):
        await r.desk.submit(r.klynge.coordinator, None, {"send": "now"})
    await r.settle()
    async with look(bot.database) as state:
        assert len(await history.of_cluster(state, r.klynge.id, now=at(20, 9))) == 1
        assert (await first_steps.look(state, cluster, at(20, 9))).is_underway


async def test_request_is_sent_at_the_chosen_hour_and_not_before(r: ARound, clock: MovableClock) -> None:
    assert (await fill(r, send="at"))["response_action"] == "update"
    late = await r.desk.submit(r.klynge.coordinator, None, {"send_day": "2026-03-20", "send_time": "10:00"})
    assert late["errors"] == {"send_day": "Fristen er forbi, før praksisserne bliver spurgt."}
    past = await r.desk.submit(r.klynge.coordinator, None, {"send_day": "2026-03-01", "send_time": "10:00"})
    assert past["errors"] == {"send_day": "Det tidspunkt er forbi. Vælg et senere, eller vælg Nu."}
    chosen = {"send_day": "2026-03-09", "send_time": "10:15"}
    assert (await r.desk.submit(r.klynge.coordinator, None, chosen))["response_action"] == "update"
    assert "Det bliver sendt mandag den 9. marts kl. 10.15." in await top(r)
    await r.desk.submit(r.klynge.coordinator, None, {})
    await r.settle()
    assert "Praksisserne bliver spurgt mandag den 9. marts kl. 10.15" in (await r.last(r.klynge.coordinator))["text"]
    assert "Praksisserne bliver spurgt mandag" in await page(r, r.klynge.coordinator)
    assert "KOL" not in await page(r, r.klynge.doctors[1])
    clock.move_to(at(9, 10, 14))
    await r.settle()
    assert await r.desk.dm(r.klynge.doctors[1]) == []
    clock.move_to(at(9, 10, 15))
    await r.settle()
    assert "torsdag den 19. marts" in str(await r.card(r.klynge.doctors[1]))
    assert (await r.last(r.klynge.coordinator))["text"].startswith("Jeg har bedt 2 praksisser om tal om KOL")
    clock.move_to(at(12, 9))
    await r.settle()
    assert "En lille påmindelse" in (await r.last(r.klynge.doctors[1]))["text"]


async def test_waiting_request_is_sent_at_once_when_that_is_asked(r: ARound, clock: MovableClock) -> None:
    await wait_until_monday(r)
    await r.press(r.klynge.coordinator, await r.last(r.klynge.coordinator), "round.ask")
    assert len(await r.desk.dm(r.klynge.doctors[1])) == 2
    clock.move_to(at(9, 10, 15))
    await r.settle()
    assert len(await r.desk.dm(r.klynge.doctors[1])) == 2, "not twice"


async def wait_until_monday(r: ARound) -> None:
    await fill(r, send="at")
    await r.desk.submit(r.klynge.coordinator, None, {"send_day": "2026-03-09", "send_time": "10:15"})
    await r.desk.submit(r.klynge.coordinator, None, {})
    await r.settle()


async def test_waiting_request_that_can_no_longer_be_sent_is_a_draft_again_and_says_why(
    r: ARound, clock: MovableClock, bot: Runtime
) -> None:
    await wait_until_monday(r)
    assert (await r.ask())["response_action"] is None  # the same is asked for meanwhile
    clock.move_to(at(9, 10, 15))
    await r.settle()
    assert (await r.last(r.klynge.coordinator))["text"].startswith("Jeg har ikke spurgt praksisserne: *KOL*, frist ")
    assert "I er allerede i gang med at samle de tal ind." in (await r.last(r.klynge.coordinator))["text"]
    async with look(bot.database) as state:
        assert sorted(await state.session.scalars(select(Round.state))) == [RoundState.DRAFT, RoundState.OPEN]
    assert "Kladde, hvor du beder om tal" in await page(r, r.klynge.coordinator)


async def test_contact_who_has_left_meanwhile_is_not_asked_for_the_waiting_request(
    r: ARound, clock: MovableClock, bot: Runtime
) -> None:
    await wait_until_monday(r)
    async with UnitOfWork(bot.database) as uow:
        gone = update(Member).where(Member.id == r.klynge.member_ids[r.klynge.doctors[1]])
        await uow.session.execute(gone.values(active=False))
        await uow.commit()
    clock.move_to(at(9, 10, 15))
    await r.settle()
    assert await r.desk.dm(r.klynge.doctors[1]) == []
    assert "Lægehuset 2 mangler en, der svarer." in (await r.last(r.klynge.coordinator))["text"]


async def test_draft_is_deleted_and_comes_back(r: ARound, bot: Runtime) -> None:
    await wait_until_monday(r)
    await r.press(r.klynge.coordinator, await r.last(r.klynge.coordinator), "round.drop")
    assert "KOL" not in await page(r, r.klynge.coordinator)
    async with look(bot.database) as state:
        waiting = select(Outbox.kind).where(Outbox.state == OutboxState.WAITING, Outbox.kind.startswith("round."))
        assert (await state.session.scalars(waiting)).all() == []
    await r.command(r.klynge.coordinator, "/klynge fortryd")
    await r.settle()
    assert "Kladde, hvor du beder om tal: *KOL*" in await page(r, r.klynge.coordinator)
    assert await r.desk.dm(r.klynge.doctors[1]) == []


async def test_draft_that_lies_is_recalled_once_to_who_wrote_it(r: ARound, clock: MovableClock) -> None:
    await fill(r, send="draft")
    for moment in (at(5, 9), at(6, 9), at(9, 9)):
        clock.move_to(moment)
        await r.settle()
    said = [text for text in await r.texts(r.klynge.coordinator) if text.startswith("Du har en kladde liggende")]
    assert said == [
        "Du har en kladde liggende, hvor du beder om tal: *KOL*, frist torsdag den 19. marts kl. 12.00. "
        "Ingen er spurgt endnu."
    ]
    assert "Du har en kladde, hvor du beder om tal om KOL. Ingen er spurgt endnu." in await page(
        r, r.klynge.coordinator
    )


async def test_draft_that_another_changed_meanwhile_is_looked_at_again(r: ARound, bot: Runtime) -> None:
    await fill(r, send="draft")
    await r.desk.act(r.klynge.coordinator, await r.last(r.klynge.coordinator), "round.finish")
    async with UnitOfWork(bot.database) as uow:
        draft = (await uow.session.scalars(select(Round))).one()
        other = await uow.session.get_one(Member, r.klynge.member_ids[r.klynge.doctors[1]])
        await drafts.rewrite(uow, draft, await drafts.plan_of(uow, draft), by=other, now=draft.created_at)
        await uow.commit()
    answer = await r.desk.submit(r.klynge.coordinator, None, {})
    await r.settle()
    assert "En anden har rettet kladden" in str(answer) + str(await r.desk.dm(r.klynge.coordinator))
    assert await r.desk.dm(r.klynge.doctors[1]) == []


async def test_adapted_package_is_as_it_was_left_in_a_draft(r: ARound, bot: Runtime) -> None:
    boss = r.klynge.coordinator
    await r.desk.command(boss, r.klynge.channel, "/klynge data")
    await r.desk.act(boss, await r.desk.top_view(boss), "round.adapt")
    view = await r.desk.top_view(boss)
    boxes = next(block["element"] for block in view["view"]["blocks"] if block.get("block_id") == "measures")
    first = boxes["options"][0]["value"]
    await r.desk.submit(boss, None, DUE | {"measures": [first], "questions": "Hvem måler?", "send": "draft"})
    await r.settle()
    await r.desk.act(boss, await r.last(boss), "round.finish")
    view = await r.desk.top_view(boss)
    fields = {block["block_id"]: block["element"] for block in view["view"]["blocks"] if block["type"] == "input"}
    assert [each["value"] for each in fields["measures"]["initial_options"]] == [first]
    assert fields["questions"]["initial_value"] == "Hvem måler?"
    await r.desk.submit(boss, None, {"send": "now"})
    assert "Sådan ser det ud hos" in await top(r)
    await r.desk.submit(boss, None, {})
    await r.settle()
    async with look(bot.database) as state:
        begun = (await state.session.scalars(select(Round))).one()
    assert begun.state == RoundState.OPEN
    assert begun.asked is None
    assert "Hvem måler?" in str(begun.package_text)


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize(("practices", "contact"), [(MOST_LINES, "1"), (120, None)])
def test_slack_takes_the_largest_form_with_everything_above_it(lang: str, practices: int, contact: str | None) -> None:
    t, package = texts_for(lang), load("kol")
    people = [("1", "Anna & Bo"), ("2", "Ida")]
    names = [Candidate(n, "Lægerne & Sygeplejerskerne " * 8, people, contact) for n in range(practices)]
    names[0] = Candidate(0, "Ingen i Slack", [], None)
    example = Ask(0, package, "Lægehuset", "xmo", "1. marts 2025 – 28. februar 2026", at(19, 12), 60)
    asked = [AskedPractice(each.name, "Anna & Bo " * 20) for each in names]
    quiet = Clash(at(19, 0).date(), Obstacle.QUIET)
    seen = RequestPreview(asked, 3, at(9, 9), [at(12, 9)], [(True, quiet)], [], [], example)
    when = [sending("Hvornår?", t, later=at(9, 9), chosen="at", can_look=False), *which_time("Den", t, at(9, 9))]
    view = round_form(
        t,
        packages=[("kol", "KOL")],
        meetings=[("1", "KOL")],
        period=(at(1, 0).date(), at(2, 0).date()),
        deadline=at(19, 12),
        candidates=names,
        metadata="",
        sending=when,
        above=previewed(seen, t),
        adapted=Adaptation(package),
    )
    assert len(view["blocks"]) <= 100
    check_view(view)


async def test_draft_for_a_meeting_tells_nothing_of_what_the_meeting_is_about(r: ARound, bot: Runtime) -> None:
    """Neither the agenda nor what practices change takes its topic from numbers that nobody was asked for."""
    await r.desk.command(r.klynge.coordinator, r.klynge.channel, "/klynge møde")
    await r.desk.submit(r.klynge.coordinator, None, FORM)
    await r.settle()
    await fill(r, send="draft")
    async with look(bot.database) as state:
        draft = (await state.session.scalars(select(Round))).one()
        meeting = (await state.session.scalars(select(Meeting))).one()
        assert draft.meeting_id == meeting.id
        assert await package_for(state, meeting) is None
        assert await topic_of(state, meeting.id) is None
