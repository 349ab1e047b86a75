"""Calling, moving and cancelling meetings, and answering, on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from cluster.calendar import at
from cluster.errors import ClusterError
from cluster.meetings import cards, food, invitations, meetings, reminders, waiting
from cluster.meetings.details import Details, examine, propose
from cluster.meetings.invitations import AnswerTally
from cluster.meetings.moving import MeetingChange
from cluster.notices import NotNow, Owed
from storage.database import Database
from storage.models import Audit, Cluster, Invitation, Meeting, Member, Outbox, Rules
from storage.unit_of_work import UnitOfWork, look

KIRSTEN, BO, IDA, OLE, EVA = 1, 2, 3, 4, 5
DETAILS = Details(
    kind="topic",
    title="KOL i praksis",
    starts_at=at(date(2026, 3, 26), 16, 30),
    ends_at=at(date(2026, 3, 26), 19),
    place="Lægehuset Nord",
    food=True,
    answer_by=at(date(2026, 3, 19), 12),
    note="",
)


@pytest.fixture
async def cluster(database: Database, now: datetime) -> Cluster:
    """Kirsten coordinates; Bo and Ida are in Slack, Ole is not yet; Eva only looks on."""
    people: list[tuple[str, str, str | None]] = [
        ("Kirsten", "coordinator", "U1"),
        ("Bo", "member", "U2"),
        ("Ida", "member", "U3"),
    ]
    people += [("Ole", "member", None), ("Eva", "observer", "U5")]
    async with UnitOfWork(database) as uow:
        made = Cluster(team_id="T1", channel_id="C1", created_at=now)
        uow.session.add(made)
        await uow.session.flush()
        uow.session.add(Rules(cluster_id=made.id, decided_at=now))
        for name, role, user in people:
            uow.session.add(Member(cluster_id=made.id, name=name, role=role, slack_user_id=user))
            await uow.session.flush()
        await uow.commit()
    return made


@pytest.fixture
async def meeting(database: Database, cluster: Cluster, now: datetime) -> Meeting:
    """A meeting on Thursday 26 March, answers by the 19th at noon."""
    async with UnitOfWork(database) as uow:
        made = await meetings.plan(uow, cluster, DETAILS, by=await member(uow, KIRSTEN), now=now)
        await uow.commit()
    return made


async def member(uow: UnitOfWork, member_id: int) -> Member:
    found = await uow.session.get(Member, member_id)
    assert found is not None
    return found


async def say(
    database: Database, member_id: int, answer: str, now: datetime, *, by: int | None = None, reason: str = ""
) -> str:
    async with UnitOfWork(database) as uow:
        meeting = await meetings.get(uow, 1)
        who, author = await member(uow, member_id), await member(uow, by or member_id)
        outcome = await invitations.answer(uow, meeting, who, answer, by=author, now=now, reason=reason)
        await uow.commit()
    return outcome


async def posts(database: Database, kind: str, state: str = "waiting") -> list[tuple[int | None, datetime]]:
    async with look(database) as seen:
        rows = (
            select(Outbox.member_id, Outbox.due_at)
            .where(Outbox.kind == kind, Outbox.how != "update", Outbox.state == state)
            .order_by(Outbox.due_at, Outbox.member_id)
        )
        return [(to, due_at) for to, due_at in (await seen.session.execute(rows)).all()]


async def sent(database: Database, until: datetime) -> None:
    """Everything due by a moment is marked as sent, as the sender would."""
    async with UnitOfWork(database) as uow:
        for row in (await uow.session.execute(select(Outbox).where(Outbox.due_at <= until))).scalars():
            row.state = "sent"
        await uow.commit()


async def holds(database: Database, key: str, now: datetime) -> bool:
    async with look(database) as state:
        row = (await state.session.execute(select(Outbox).where(Outbox.key == key))).scalar_one()
        owed = Owed(
            row.id,
            row.key,
            row.kind,
            row.how,
            row.due_at,
            member_id=row.member_id,
            subject=row.subject,
            params=row.params,
        )
        meeting = await meetings.get(state, 1)
        who = await state.session.get(Member, row.member_id)
        invitation = await invitations.find(state, 1, row.member_id or 0)
        assert who is not None
        assert invitation is not None
        return await reminders.holds(state, owed, meeting=meeting, invitation=invitation, member=who, now=now)


async def test_calling_a_meeting_invites_everybody_but_observers_once(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    assert await posts(database, "meeting.card") == [(KIRSTEN, now), (BO, now), (IDA, now)]
    assert await posts(database, "meeting.desk") == [(KIRSTEN, now)]
    assert await posts(database, "meeting.channel") == [(None, now)]
    async with look(database) as state:
        invited = (await state.session.execute(select(Invitation.member_id).order_by(Invitation.id))).scalars().all()
    assert sorted(invited) == [KIRSTEN, BO, IDA, OLE]


async def test_calling_a_meeting_lays_out_what_comes_by_itself(database: Database, meeting: Meeting) -> None:
    asked_again = [at(date(2026, 3, 5), 12), at(date(2026, 3, 12), 12), at(date(2026, 3, 17), 12)]
    assert await posts(database, "meeting.reminder") == [
        (who, when) for when in asked_again for who in (KIRSTEN, BO, IDA)
    ]
    assert await posts(database, "meeting.digest") == [(KIRSTEN, at(date(2026, 3, 18), 12))]
    assert await posts(database, "meeting.deadline") == [(None, at(date(2026, 3, 19), 12))]
    assert await posts(database, "meeting.day_before") == [(None, at(date(2026, 3, 25), 10))]
    assert await posts(database, "meeting.attendance") == [(KIRSTEN, at(date(2026, 3, 27), 8))]


async def test_newcomer_is_invited_to_meetings_ahead_and_only_once(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    later = now + timedelta(days=1)
    for _ in range(2):
        async with UnitOfWork(database) as uow:
            ole = await member(uow, OLE)
            ole.slack_user_id = "U4"
            await invitations.catch_up(uow, ole, now=later)
            await uow.commit()
    assert (await posts(database, "meeting.card"))[-1] == (OLE, later)
    assert len(await posts(database, "meeting.card")) == 4


async def test_answer_is_kept_and_stops_the_reminders_of_that_member_alone(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    assert await say(database, BO, "yes", now) == "kept"
    assert {to for to, _ in await posts(database, "meeting.reminder")} == {KIRSTEN, IDA}
    async with look(database) as state:
        assert (await invitations.guests(state, 1)).tally == AnswerTally(yes=1, none=3)


async def test_same_answer_twice_is_kept_once(database: Database, meeting: Meeting, now: datetime) -> None:
    assert [await say(database, BO, "yes", now) for _ in range(2)] == ["kept", "same"]
    async with look(database) as state:
        said = (await state.session.execute(select(Audit.details).where(Audit.what == "meeting.answered"))).scalars()
        assert list(said) == [{"member": BO, "answer": "yes"}]


async def test_latest_answer_holds_and_forgets_the_old_reason(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    await say(database, BO, "no", now, reason="ferie")
    await say(database, BO, "yes", now + timedelta(hours=1))
    async with look(database) as state:
        kept = await invitations.find(state, 1, BO)
    assert kept is not None
    assert (kept.answer, kept.reason) == ("yes", "")


async def test_calendar_file_is_owed_to_who_comes_and_taken_back_from_who_does_not(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    for answer in ("no", "yes", "maybe", "no", "yes"):
        await say(database, BO, answer, now)
    await say(database, IDA, "no", now)
    assert await posts(database, "meeting.calendar") == [(BO, now)] * 2
    assert await posts(database, "meeting.calendar_back") == [(BO, now)]


async def test_answer_after_the_deadline_becomes_a_wish_to_the_coordinator(
    database: Database, meeting: Meeting
) -> None:
    late = DETAILS.answer_by + timedelta(minutes=1)
    assert await say(database, BO, "no", late) == "late"
    assert await posts(database, "meeting.late_wish") == [(KIRSTEN, late)]
    async with look(database) as state:
        assert (await invitations.guests(state, 1)).tally == AnswerTally(none=4)


async def test_coordinator_answers_for_somebody_also_after_the_deadline_and_the_member_is_told(
    database: Database, meeting: Meeting
) -> None:
    late = DETAILS.answer_by + timedelta(minutes=1)
    assert await say(database, BO, "yes", late, by=KIRSTEN) == "kept"
    assert await say(database, OLE, "yes", late, by=KIRSTEN) == "kept"
    assert await posts(database, "meeting.answered_for") == [(BO, late)]
    async with look(database) as state:
        kept = await invitations.find(state, 1, BO)
    assert kept is not None
    assert kept.answered_by == KIRSTEN


@pytest.mark.parametrize(
    ("link", "kind", "is_kept"),
    [("", "topic", False), ("https://a.example", "virtual", False), ("https://a.example", "topic", True)],
)
async def test_online_is_an_answer_only_beside_a_place(
    database: Database, meeting: Meeting, now: datetime, link: str, kind: str, is_kept: bool
) -> None:
    async with UnitOfWork(database) as uow:
        held, bo = await meetings.get(uow, meeting.id), await member(uow, BO)
        held.link, held.kind = link, kind
        try:
            said = await invitations.answer(uow, held, bo, "online", by=bo, now=now)
        except ClusterError as error:
            said = error.code
    assert said == ("kept" if is_kept else "meeting.no_screen")


@pytest.mark.parametrize(
    ("who", "code"), [(EVA, "meeting.not_invited"), (BO, "meeting.is_over")], ids=["observer", "over"]
)
async def test_answer_that_cannot_be_taken_is_refused(
    database: Database, meeting: Meeting, who: int, code: str
) -> None:
    moment = DETAILS.ends_at if who == BO else DETAILS.answer_by - timedelta(days=1)
    with pytest.raises(ClusterError, match=code):
        await say(database, who, "yes", moment)


async def test_moved_meeting_tells_all_once_and_takes_the_old_reminders_back(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    await say(database, BO, "yes", now)
    await sent(database, now)
    week = timedelta(days=7)
    moved = replace(
        DETAILS, starts_at=DETAILS.starts_at + week, ends_at=DETAILS.ends_at + week, answer_by=DETAILS.answer_by + week
    )
    later = now + timedelta(days=1)
    async with UnitOfWork(database) as uow:
        change = await meetings.change(
            uow, await meetings.get(uow, 1), moved, by=await member(uow, KIRSTEN), now=later, sequence=0
        )
        assert change == MeetingChange(told=3)
        await uow.commit()
    assert await posts(database, "meeting.moved") == [(KIRSTEN, later), (BO, later), (IDA, later)]
    assert await posts(database, "meeting.reminder") == [
        (who, at(date(2026, 3, day), 12)) for day in (12, 19, 24) for who in (KIRSTEN, IDA)
    ]
    assert await posts(database, "meeting.attendance") == [(KIRSTEN, at(date(2026, 4, 7), 8))]  # after Easter
    async with look(database) as state:
        assert (await invitations.guests(state, 1)).tally == AnswerTally(yes=1, none=3)


async def test_meeting_moved_again_before_anybody_heard_was_what_they_know(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    await sent(database, now)
    for weeks, heard in ((1, False), (2, True), (3, False)):
        later = timedelta(weeks=weeks)
        moved = replace(DETAILS, starts_at=DETAILS.starts_at + later, ends_at=DETAILS.ends_at + later)
        async with UnitOfWork(database) as uow:
            kept = await meetings.get(uow, 1)
            await meetings.change(uow, kept, moved, by=await member(uow, KIRSTEN), now=now, sequence=weeks - 1)
            assert kept.was_starts_at == (DETAILS.starts_at if weeks < 3 else DETAILS.starts_at + timedelta(weeks=2))
            await uow.commit()
        if heard:
            await sent(database, now)


async def move_to(database: Database, day: int, sequence: int, now: datetime, **more: Any) -> MeetingChange:
    starts, ends = DETAILS.starts_at.replace(day=day), DETAILS.ends_at.replace(day=day)
    async with UnitOfWork(database) as uow:
        moved = replace(DETAILS, starts_at=starts, ends_at=ends, **more)
        kirsten = await member(uow, KIRSTEN)
        change = await meetings.change(uow, await meetings.get(uow, 1), moved, by=kirsten, now=now, sequence=sequence)
        await uow.commit()
    return change


async def answers(database: Database) -> dict[int, tuple[str | None, str | None]]:
    async with look(database) as state:
        rows = (await state.session.scalars(select(Invitation).order_by(Invitation.member_id))).all()
        return {each.member_id: (each.answer, each.former_answer) for each in rows}


async def test_another_weekday_asks_again_also_who_is_not_in_slack(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    await say(database, OLE, "yes", now, by=KIRSTEN)
    await sent(database, now)
    assert await move_to(database, 27, 0, now) == MeetingChange(told=3)
    assert (await answers(database))[OLE] == (None, "yes")


async def test_former_answer_goes_when_they_know_of_another_day_than_the_one_they_answered(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    await say(database, BO, "yes", now)
    await sent(database, now)
    await move_to(database, 27, 0, now)
    assert (await answers(database))[BO] == (None, "yes")
    await sent(database, now)
    await move_to(database, 27, 1, now, place="Biblioteket")
    assert (await answers(database))[BO] == (None, None)


async def test_wrong_day_put_right_before_anybody_heard_leaves_the_answers(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    await say(database, BO, "yes", now)
    await say(database, OLE, "no", now, by=KIRSTEN)
    await sent(database, now)
    assert await move_to(database, 27, 0, now) == MeetingChange(told=3, asked_again=1)
    await say(database, IDA, "yes", now)
    assert await move_to(database, 26, 1, now) == MeetingChange(told=3, asked_again=1)
    kept = await answers(database)
    assert (kept[BO], kept[OLE], kept[IDA]) == (("yes", None), ("no", None), (None, None))


async def test_diets_go_with_the_food_and_with_the_end_of_meetings_called_before_there_was_one(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    await say(database, BO, "yes", now)
    async with UnitOfWork(database) as uow:
        kept, kirsten = await meetings.get(uow, 1), await member(uow, KIRSTEN)
        await food.keep_diet(uow, kept, await member(uow, BO), "ingen nødder", now=now)
        await meetings.change(uow, kept, replace(DETAILS, food=False), by=kirsten, now=now, sequence=0)
        await uow.session.execute(delete(Outbox).where(Outbox.kind == "meeting.over"))
        await uow.commit()
    async with UnitOfWork(database) as uow:
        await meetings.close_answers(uow, await meetings.get(uow, 1), now=DETAILS.answer_by)
        await uow.commit()
        invitation = await invitations.find(uow, 1, BO)
        assert invitation is not None
        assert invitation.diet == ""
    assert await posts(database, "meeting.over") == [(None, DETAILS.ends_at)]


async def test_new_note_changes_cards_but_tells_nobody(database: Database, meeting: Meeting, now: datetime) -> None:
    async with UnitOfWork(database) as uow:
        moved = await meetings.change(
            uow,
            await meetings.get(uow, 1),
            replace(DETAILS, note="Tag tal med"),
            by=await member(uow, KIRSTEN),
            now=now,
            sequence=0,
        )
        await uow.commit()
    assert moved == MeetingChange()
    assert await posts(database, "meeting.moved") == []
    assert len(await posts(database, "meeting.reminder")) == 9


async def test_change_from_a_stale_form_is_refused(database: Database, meeting: Meeting, now: datetime) -> None:
    async with UnitOfWork(database) as uow:
        with pytest.raises(ClusterError, match=r"meeting.changed_meanwhile"):
            await meetings.change(
                uow, await meetings.get(uow, 1), DETAILS, by=await member(uow, KIRSTEN), now=now, sequence=1
            )


async def test_cancelled_meeting_tells_the_invited_once_and_owes_nothing_else(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    await say(database, BO, "yes", now)
    await sent(database, now)
    outcomes = []
    for _ in range(2):
        async with UnitOfWork(database) as uow:
            outcomes.append(
                await meetings.cancel(uow, await meetings.get(uow, 1), by=await member(uow, KIRSTEN), now=now)
            )
            await uow.commit()
    assert outcomes == [True, False]
    async with look(database) as state:
        left = select(Outbox.kind, Outbox.member_id).where(Outbox.state == "waiting", Outbox.how.in_(("post", "step")))
        rows = sorted((kind, to) for kind, to in (await state.session.execute(left)).all())
    assert rows == [("meeting.cancelled", KIRSTEN), ("meeting.cancelled", BO), ("meeting.cancelled", IDA)]


async def test_cancelling_before_the_invitations_went_out_tells_nobody(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    async with UnitOfWork(database) as uow:
        await meetings.cancel(uow, await meetings.get(uow, 1), by=await member(uow, KIRSTEN), now=now)
        await uow.commit()
    assert await posts(database, "meeting.card") == []
    assert await posts(database, "meeting.cancelled") == []


async def test_reminder_holds_only_while_nothing_is_answered_and_in_allowed_hours(
    database: Database, meeting: Meeting
) -> None:
    key, due = f"remind:1:0:2:{BO}", at(date(2026, 3, 12), 12)
    assert await holds(database, key, due)
    with pytest.raises(NotNow) as put_off:
        await holds(database, key, at(date(2026, 3, 12), 20))
    assert put_off.value.until == at(date(2026, 3, 13), 8)
    assert not await holds(database, key, DETAILS.answer_by)


async def test_reminder_is_silent_on_holiday(database: Database, meeting: Meeting) -> None:
    async with UnitOfWork(database) as uow:
        (await member(uow, BO)).away_until = at(date(2026, 3, 14), 0)
        await uow.commit()
    assert [
        await holds(database, f"remind:1:0:{n}:{BO}", at(date(2026, 3, day), 12)) for n, day in ((2, 12), (3, 17))
    ] == [False, True]


async def test_after_an_outage_only_the_latest_of_several_due_reminders_goes_out(
    database: Database, meeting: Meeting
) -> None:
    back = at(date(2026, 3, 18), 9)
    assert [await holds(database, f"remind:1:0:{n}:{BO}", back) for n in (1, 2, 3)] == [False, False, True]


async def test_snooze_puts_reminders_off_and_does_not_count_among_the_three(
    database: Database, meeting: Meeting
) -> None:
    wednesday = at(date(2026, 3, 11), 20)
    async with UnitOfWork(database) as uow:
        until = await invitations.snooze(
            uow, await meetings.get(uow, 1), await member(uow, BO), "tomorrow", now=wednesday
        )
        await uow.commit()
    assert until == at(date(2026, 3, 12), 8)
    assert await holds(database, f"snooze:1:0:2026-03-12:{BO}", until)
    assert not await holds(database, f"remind:1:0:2:{BO}", at(date(2026, 3, 12), 12))
    assert await holds(database, f"remind:1:0:3:{BO}", at(date(2026, 3, 17), 12))


async def test_snooze_beyond_the_answer_by_is_refused(database: Database, meeting: Meeting) -> None:
    async with UnitOfWork(database) as uow:
        with pytest.raises(ClusterError, match=r"meeting.snooze_too_late"):
            await invitations.snooze(
                uow, await meetings.get(uow, 1), await member(uow, BO), "monday", now=at(date(2026, 3, 18), 12)
            )


async def test_coordinators_reminder_in_the_evening_waits_for_the_morning_and_comes_once(
    database: Database, meeting: Meeting
) -> None:
    evening = at(date(2026, 3, 5), 21, 30)
    async with UnitOfWork(database) as uow:
        called, bo = await meetings.get(uow, 1), await member(uow, BO)
        moments = [await reminders.remind_now(uow, called, bo, now=evening) for _ in range(2)]
        await uow.commit()
    assert moments == [at(date(2026, 3, 6), 8), None]


def problems(now: datetime, **changes: str) -> list[tuple[str, str | None]]:
    written = replace(propose(now), **{"title": "KOL i praksis"} | changes)
    return [(problem.code, problem.field) for problem in examine(written, now=now)[1]]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"title": " "}, [("meeting.title_missing", "title")]),
        ({"day": "2026-02-31"}, [("meeting.date_unreadable", "day")]),
        ({"start": "25:00"}, [("meeting.time_unreadable", "start")]),
        ({"end": "16:00"}, [("meeting.ends_before_start", "end")]),
        ({"day": "2026-02-26"}, [("meeting.in_past", "day"), ("meeting.answer_after_start", "answer_day")]),
        ({"day": "2062-03-26"}, [("meeting.too_far", "day")]),
        ({"answer_day": "2026-03-27"}, [("meeting.answer_after_start", "answer_day")]),
        ({"answer_day": "2026-03-01"}, [("meeting.answer_in_past", "answer_day")]),
        ({"kind": "party"}, [("meeting.kind_unknown", "kind")]),
    ],
)
def test_every_mistake_in_the_form_is_named_at_its_field(
    now: datetime, changes: dict[str, str], found: list[tuple[str, str]]
) -> None:
    assert problems(now, **changes) == found


def test_proposal_is_a_free_thursday_that_is_no_holiday() -> None:
    ascension = at(date(2026, 4, 23), 9)  # three weeks later is Kristi himmelfartsdag
    assert propose(ascension, taken={date(2026, 5, 21)}).day == "2026-05-28"


async def test_card_that_may_be_sent_before_the_change_is_kept_is_edited_after_it(
    database: Database, meeting: Meeting, now: datetime
) -> None:
    """On PostgreSQL another process may take it while this unit is open."""
    async with UnitOfWork(database) as uow:
        await cards.refresh_own(uow, meeting, await member(uow, BO), now=now)
        await uow.commit()
    rows = select(Outbox.kind).where(Outbox.how == "update", Outbox.lane == f"m:{BO}")
    async with look(database) as state:
        assert (await state.session.scalars(rows)).all() == ["meeting.card"]


async def test_who_comes_while_an_invitation_waits_is_not_invited_before_the_others(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    morning = now + timedelta(hours=12)
    async with UnitOfWork(database) as uow:
        made = await meetings.plan(uow, cluster, DETAILS, by=await member(uow, KIRSTEN), now=now, send_at=morning)
        ole = await member(uow, OLE)
        ole.slack_user_id = "U4"
        await invitations.catch_up(uow, ole, now=now)
        await uow.commit()
    assert (OLE, morning) in await posts(database, "meeting.card")
    async with UnitOfWork(database) as uow:
        await waiting.bring_forward(uow, await meetings.get(uow, made.id), by=await member(uow, KIRSTEN), now=now)
        edits = await uow.session.scalars(select(Outbox.kind).where(Outbox.how == "update", Outbox.due_at <= now))
        assert set(edits) == {"meeting.channel", "meeting.desk"}, "an invitation is drawn when it is sent"
