"""What a coordinator had better do next: what is open is there, what is done is gone, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cluster.overview.next_things import (
    ORDER,
    SOON,
    AgreementFacts,
    Facts,
    MeetingFacts,
    NextThing,
    RoundFacts,
    Thing,
    UnsentFacts,
    next_things,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MEETING = MeetingFacts(7, NOW + 60 * DAY, NOW + 60 * DAY + 2 * HOUR, NOW + 50 * DAY, 20, 5, is_noted=False)
ROUND = RoundFacts(3, True, False, NOW + 30 * DAY, asked=12, answered=4, drafts=0, usable=3, objections=0)
CALM = Facts(1, True, 12, 0, 0, registers_attendance=True, meetings=(MEETING,), rounds=(ROUND,))
"""A meeting far ahead, numbers underway: nothing to do."""
OVER = replace(MEETING, starts_at=NOW - 3 * HOUR, ends_at=NOW - HOUR, answer_by=NOW - DAY, silent=0)
SENT = replace(ROUND, is_open=False, talked_over=NOW - HOUR)


def whats(facts: Facts) -> list[str]:
    return [thing.what for thing in next_things(facts, NOW)]


def met(**about: Any) -> Facts:
    return replace(CALM, meetings=(replace(MEETING, **about),))


def collected(**about: Any) -> Facts:
    return replace(CALM, rounds=(replace(ROUND, **about),))


def agreed(**about: Any) -> Facts:
    return replace(
        CALM, agreements=(AgreementFacts(**{"round_id": 3, "again_on": NOW.date(), "is_underway": False} | about),)
    )


def unsent(written_at: datetime, deadline: datetime = NOW + 30 * DAY) -> Facts:
    return replace(CALM, unsent=(UnsentFacts(5, written_at, deadline),), is_written=True)


OPEN_AND_DONE: dict[NextThing, tuple[Facts, Facts]] = {
    NextThing.SET_UP: (replace(CALM, is_set_up=False), CALM),
    NextThing.LIST: (replace(CALM, practices=0), replace(CALM, practices=0, rosters=(4,))),
    NextThing.UNDELIVERED: (replace(CALM, undelivered=(9, 10)), CALM),
    NextThing.ROSTER: (replace(CALM, rosters=(4,)), CALM),
    NextThing.FILE: (replace(CALM, files=(4,)), CALM),
    NextThing.CONTACT: (replace(CALM, without_contact=2), CALM),
    NextThing.NOT_IN_SLACK: (replace(CALM, not_in_slack=2), CALM),
    NextThing.CHARTS: (collected(deadline=NOW, usable=4), collected(deadline=NOW, usable=4, is_held=True)),
    NextThing.OBJECTION: (collected(objections=1), CALM),
    NextThing.DRAFTS: (collected(drafts=2), CALM),
    NextThing.NUMBERS: (collected(deadline=NOW + DAY), collected(deadline=NOW + DAY, answered=12, usable=0)),
    NextThing.ATTENDANCE: (
        replace(CALM, meetings=(OVER, MEETING)),
        replace(CALM, meetings=(replace(OVER, is_noted=True), MEETING)),
    ),
    NextThing.ANSWERS: (met(answer_by=NOW + DAY), met(answer_by=NOW + DAY, silent=0)),
    NextThing.SILENT: (met(answer_by=NOW - DAY), met(answer_by=NOW - DAY, silent=0)),
    NextThing.TAKER: (
        met(starts_at=NOW + DAY, ends_at=NOW + DAY, silent=0, has_minutes=False),
        met(starts_at=NOW + DAY, ends_at=NOW + DAY, silent=0),
    ),
    NextThing.MEASURE: (agreed(), agreed(is_underway=True)),
    NextThing.AGREEMENT: (replace(CALM, rounds=(SENT,)), replace(CALM, rounds=(replace(SENT, is_agreed=True),))),
    NextThing.MEETING: (replace(CALM, meetings=()), CALM),
    NextThing.UNSENT: (unsent(NOW - 3 * DAY), unsent(NOW - 2 * DAY)),
    NextThing.ASK: (replace(met(starts_at=NOW + 20 * DAY), rounds=()), met(starts_at=NOW + 20 * DAY)),
}


def test_every_thing_is_tried() -> None:
    assert OPEN_AND_DONE.keys() == set(NextThing)


@pytest.mark.parametrize("what", NextThing)
def test_thing_is_there_while_it_is_open_and_gone_when_it_is_done(what: NextThing) -> None:
    is_open, done = OPEN_AND_DONE[what]
    assert what in whats(is_open)
    assert what not in whats(done)


def test_draft_whose_deadline_is_near_is_recalled_at_once() -> None:
    assert whats(unsent(NOW - HOUR, NOW + 9 * DAY)) == [NextThing.UNSENT]


def test_calm_cluster_has_nothing_to_do() -> None:
    assert whats(CALM) == []


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        (replace(CALM, registers_attendance=False, meetings=(OVER, MEETING)), NextThing.ATTENDANCE),
        (replace(CALM, meetings=(replace(OVER, invited=0), MEETING)), NextThing.ATTENDANCE),
        (replace(CALM, meetings=(replace(OVER, ends_at=NOW - 120 * DAY), MEETING)), NextThing.ATTENDANCE),
        (collected(deadline=NOW, usable=0), NextThing.CHARTS),
        (collected(deadline=NOW + DAY, is_reminded=True), NextThing.NUMBERS),
        (met(answer_by=NOW + DAY, is_reminded=True), NextThing.ANSWERS),
        (met(starts_at=NOW - HOUR, ends_at=NOW + HOUR, answer_by=NOW - DAY), NextThing.SILENT),
        (met(has_minutes=False), NextThing.TAKER),
        (replace(CALM, meetings=(replace(OVER, ends_at=NOW - 2 * DAY, has_minutes=False), MEETING)), NextThing.TAKER),
        (agreed(again_on=None), NextThing.MEASURE),
        (agreed(again_on=(NOW + DAY).date()), NextThing.MEASURE),
        (replace(CALM, rounds=(replace(SENT, talked_over=NOW + HOUR),)), NextThing.AGREEMENT),
        (replace(CALM, rounds=(replace(SENT, talked_over=NOW - 120 * DAY),)), NextThing.AGREEMENT),
        (replace(CALM, practices=0, meetings=()), NextThing.MEETING),
        (replace(met(starts_at=NOW + 5 * DAY), rounds=()), NextThing.ASK),
        (replace(met(starts_at=NOW + 20 * DAY), rounds=(), is_written=True), NextThing.ASK),
    ],
)
def test_what_nobody_can_or_need_do_is_no_thing(facts: Facts, what: NextThing) -> None:
    assert what not in whats(facts)


moments = st.integers(-200 * 24, 200 * 24).map(lambda hours: NOW + hours * HOUR)
few = st.integers(0, 40)
meetings = st.builds(
    lambda starts, before, **more: MeetingFacts(
        starts_at=starts, ends_at=starts + 2 * HOUR, answer_by=starts - before * DAY, **more
    ),
    moments, st.integers(0, 30), id=st.integers(1, 9), invited=few, silent=few, is_noted=st.booleans(),
)  # fmt: skip
rounds = st.builds(
    lambda asked, answered, drafts, usable, **more: RoundFacts(
        asked=asked, answered=min(answered, asked), drafts=min(drafts, asked - min(answered, asked)),
        usable=min(usable, answered, asked), **more,
    ),
    few, few, few, few, id=st.integers(1, 9), is_open=st.booleans(), is_held=st.booleans(), deadline=moments,
    objections=st.integers(0, 3), talked_over=st.none() | moments, is_agreed=st.booleans(),
)  # fmt: skip
agreements = st.builds(
    AgreementFacts,
    round_id=st.integers(1, 9),
    again_on=st.none() | moments.map(datetime.date),
    is_underway=st.booleans(),
)


def several(each: Any) -> Any:
    return st.lists(each, max_size=6, unique_by=lambda one: getattr(one, "id", None) or one.round_id).map(tuple)


ids = st.lists(st.integers(1, 99), max_size=3, unique=True).map(tuple)
clusters = st.builds(
    Facts, cluster_id=st.just(1), is_set_up=st.booleans(), practices=few, not_in_slack=few, without_contact=few,
    registers_attendance=st.booleans(), undelivered=ids, rosters=ids, files=ids, meetings=several(meetings),
    rounds=several(rounds), agreements=several(agreements),
)  # fmt: skip


@pytest.mark.long
@settings(max_examples=40)
@given(clusters)
def test_things_are_in_order_once_each_and_about_what_there_is(facts: Facts) -> None:
    found = next_things(facts, NOW)
    assert [ORDER.index(each.what) for each in found] == sorted(ORDER.index(each.what) for each in found)
    assert len({(each.what, each.about) for each in found}) == len(found)
    known = {each.id for each in facts.meetings} | {each.id for each in facts.rounds} | {facts.cluster_id}
    known |= {*facts.undelivered, *facts.rosters, *facts.files} | {each.round_id for each in facts.agreements}
    assert {each.about for each in found} <= known
    assert all(each.count >= 0 for each in found)


@settings(max_examples=40)
@given(clusters)
def test_cluster_with_nothing_in_it_is_set_up_and_given_members_first(facts: Facts) -> None:
    begun = replace(facts, practices=0, rosters=())
    first = NextThing.LIST if begun.is_set_up else NextThing.SET_UP
    assert next_things(begun, NOW)[0] == Thing(first, 1)


@settings(max_examples=40)
@given(clusters)
def test_answers_take_things_away_and_bring_only_charts(facts: Facts) -> None:
    """Whoever answers gives the coordinator less to run after."""
    answered = replace(
        facts,
        meetings=tuple(replace(each, silent=0) for each in facts.meetings),
        rounds=tuple(replace(each, answered=each.asked, drafts=0) for each in facts.rounds),
    )
    gone = {NextThing.ANSWERS, NextThing.SILENT, NextThing.DRAFTS, NextThing.NUMBERS}
    before, after = next_things(facts, NOW), next_things(answered, NOW)
    assert not {each.what for each in after} & gone
    assert {(each.what, each.about) for each in after} <= {(each.what, each.about) for each in before} | {
        (NextThing.CHARTS, each.id) for each in facts.rounds
    }


@settings(max_examples=40)
@given(clusters, st.integers(1, 400))
def test_what_is_over_long_ago_is_left_in_peace(facts: Facts, days: int) -> None:
    long_ago = NOW - timedelta(days=91 + days)
    past = replace(
        facts,
        is_set_up=True,
        meetings=tuple(
            replace(each, starts_at=long_ago, ends_at=long_ago, answer_by=long_ago) for each in facts.meetings
        ),
        rounds=tuple(
            replace(each, is_open=False, talked_over=long_ago if each.talked_over else None) for each in facts.rounds
        ),
    )
    assert not {NextThing.ATTENDANCE, NextThing.AGREEMENT, NextThing.ANSWERS, NextThing.SILENT} & set(whats(past))


@settings(max_examples=40)
@given(clusters)
def test_nobody_is_reminded_long_before_the_time(facts: Facts) -> None:
    assume(facts.meetings or facts.rounds)
    early = replace(
        facts,
        meetings=tuple(replace(each, answer_by=NOW + SOON + HOUR, starts_at=NOW + 30 * DAY) for each in facts.meetings),
        rounds=tuple(replace(each, deadline=NOW + SOON + HOUR) for each in facts.rounds),
    )
    assert not {NextThing.ANSWERS, NextThing.SILENT, NextThing.NUMBERS} & set(whats(early))
