"""What a row is about: written, read, and asked whose it is, what it is called and whether it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cluster import subjects
from cluster.errors import ClusterError
from storage.database import Database
from storage.models import (
    Agreement,
    Assignment,
    Cluster,
    Consent,
    Meeting,
    Member,
    Objection,
    Practice,
    Round,
    Submission,
)
from storage.unit_of_work import look


@pytest.fixture
async def things(database: Database, now: datetime) -> None:
    """A closed round with all that belongs to it in cluster 2, each with the id 7; a meeting that is over."""
    at = {"created_at": now}
    rows = [
        Cluster(id=2, team_id="T1", channel_id="C1", **at),
        Practice(id=7, cluster_id=2, ydernummer="000001", name="Havnen"),
        Member(id=7, cluster_id=2, practice_id=7, name="Anne"),
        Meeting(id=7, cluster_id=2, title="KOL", starts_at=now, ends_at=now, answer_by=now, **at),
        Round(
            id=7, cluster_id=2, package_id="kol", package_version="1", period_start=now.date(), period_end=now.date(),
            deadline=now, state="closed", closed_at=now, **at,
        ),
        Assignment(id=7, round_id=7, practice_id=7, member_id=7),
        Submission(id=7, round_id=7, practice_id=7, version=1, source="form", state="accepted", **at),
        Objection(id=7, submission_id=7, member_id=7, text="Forkert", opened_at=now),
        Agreement(id=7, cluster_id=2, round_id=7, text="Flere spirometrier", decided_at=now),
        Consent(id=7, practice_id=7, member_id=7, given_at=now),
    ]  # fmt: skip
    async with database.write() as session:
        for row in rows:
            session.add(row)
            await session.flush()
        await session.commit()


def test_subject_is_read_as_it_is_written():
    for noun in subjects.SUBJECTS.values():
        assert subjects.read(noun.about(7)) == (noun, 7)
    assert subjects.MEETING.about(7) == "meeting:7"


@pytest.mark.parametrize("written", ["", "meeting", "meeting:", "meeting:x", "thing:7", "meeting:99999999999"])
def test_what_is_no_subject_is_none(written: str):
    assert subjects.read(written) is None
    with pytest.raises(ClusterError, match=r"id\.unknown"):
        subjects.key_of(written)


def test_key_is_found_only_of_the_noun_that_is_meant():
    assert subjects.ROUND.key_in("round:7") == 7
    assert subjects.ROUND.key_in("meeting:7") is None


def test_only_nouns_of_buttons_are_read_from_buttons():
    assert subjects.on_button("meeting", "7") == "meeting:7"
    assert [subjects.on_button(*each) for each in (("bundle", 7), ("recall", 7), ("meeting", "uge"))] == ["", "", ""]


ALL = (
    "cluster",
    "meeting",
    "round",
    "practice",
    "member",
    "assignment",
    "submission",
    "agreement",
    "objection",
    "consent",
)


@pytest.mark.usefixtures("things")
async def test_cluster_is_found_of_every_noun(database: Database) -> None:
    async with look(database) as state:
        found = {name: await subjects.cluster_of(state, f"{name}:{2 if name == 'cluster' else 7}") for name in ALL}
        gone = await subjects.cluster_of(state, "objection:8")
    assert found == dict.fromkeys(ALL, 2)
    assert gone is None


@pytest.mark.usefixtures("things")
async def test_practice_is_found_of_what_is_one_practices(database: Database) -> None:
    async with look(database) as state:
        found = {name for name in ALL if await subjects.practice_of(state, f"{name}:7") == 7}
    assert found == {"practice", "assignment", "submission"}


@pytest.mark.usefixtures("things")
async def test_things_are_called_by_what_people_know(database: Database) -> None:
    async with look(database) as state:
        known = await subjects.named(state, [*(f"{name}:7" for name in ALL), "meeting:8", ""])
    assert {subject: type(row).__name__ for subject, row in known.items()} == {
        "meeting:7": "Meeting",
        "round:7": "Round",
        "practice:7": "Practice",
        "member:7": "Member",
        "assignment:7": "Round",
        "submission:7": "Practice",
        "agreement:7": "Round",
        "objection:7": "Practice",
        "consent:7": "Practice",
    }


@pytest.mark.usefixtures("things")
async def test_meeting_and_round_are_over_with_what_ends_with_them(database: Database, now: datetime) -> None:
    asked = [f"{name}:7" for name in ALL]
    async with database.read() as session:
        assert await subjects.over(session, asked, now) == set()
        later = await subjects.over(session, asked, now + timedelta(seconds=1))
    assert later == {"meeting:7", "round:7", "assignment:7", "submission:7"}
