"""Somebody who copies the whole database after every step, and knows who pressed when: whose answer is found?"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from cluster.evaluations import answering, appraisals
from cluster.evaluations.counting import LEAST, QUESTIONS, SKIPPED, Ballot
from cluster.evaluations.urn import Urn
from storage.database import Database
from storage.models import (
    Appraisal,
    AppraisalAsked,
    AppraisalTally,
    Attendance,
    Audit,
    Cluster,
    Inbox,
    Meeting,
    Member,
    Outbox,
    Rules,
)
from storage.unit_of_work import UnitOfWork, look
from storage.words import Grade

TRACES = (Audit, Inbox, Outbox)
"""Where something would stand with a name and a time."""


@dataclass(frozen=True)
class Snapshot:
    """What a copy of the database tells of one evaluation."""

    given: frozenset[int]
    counts: dict[str, dict[str, int]]
    comments: frozenset[str]
    told: dict[str, Any]
    writers: frozenset[str]
    """PostgreSQL: who wrote the rows about those who are asked."""
    traces: tuple[int, ...]
    raw: bytes


@dataclass
class Run:
    """One evaluation: what everybody answered, and what was seen of it."""

    answered: dict[int, Ballot] = field(default_factory=dict)
    seen: list[Snapshot] = field(default_factory=list)

    def found(self) -> list[str]:
        """Answers whose author somebody knows who holds every two copies against each other."""
        wrong: list[str] = []
        for place, one in enumerate(self.seen):
            for other in self.seen[place + 1 :]:
                wrong += self._between(one, other)
        for place, one in enumerate(self.seen):
            hidden = {
                ballot.comment for who, ballot in self.answered.items() if who not in one.given and ballot.comment
            }
            wrong += [f"{place}: {word} lies in the file" for word in hidden if word.encode() in one.raw]
            if len(one.writers) > 1:
                wrong.append(f"{place}: rows tell who wrote last")
            if place and place < len(self.seen) - 1 and one.traces != self.seen[place - 1].traces:
                wrong.append(f"{place}: an answer left a trace")
        return wrong

    def _between(self, one: Snapshot, other: Snapshot) -> list[str]:
        newcomers = other.given - one.given
        if not newcomers:
            return [] if one.counts == other.counts or not other.counts else ["counts moved and nobody answered"]
        wrong = [f"only {len(newcomers)} at once"] if len(newcomers) < LEAST else []
        after = other.counts or {
            name: each["counts"] for name, each in other.told.get("questions", {}).items() if "counts" in each
        }
        for question in set(after) & set(QUESTIONS):
            more = Counter(after[question]) - Counter(
                {k: n for k, n in one.counts.get(question, {}).items() if k != "0" or other.counts}
            )
            exact = {key for key in more if "-" not in key and key != "0"}
            rated = [who for who in newcomers if self.answered[who].answers[question] != SKIPPED]
            if len(exact) == 1 and sum(more.values()) == len(newcomers) == len(rated):
                wrong.append(f"{question}: all of {len(newcomers)} said {exact}")
        return wrong


async def a_cluster(database: Database, people: int, now: datetime) -> tuple[Cluster, list[Member]]:
    """People who were at a meeting."""
    async with UnitOfWork(database) as uow:
        cluster = Cluster(team_id="T1", channel_id="C1", created_at=now)
        uow.session.add(cluster)
        await uow.session.flush()
        made = [
            Member(cluster_id=cluster.id, name=f"M{n}", role="member" if n else "coordinator", slack_user_id=f"U{n}")
            for n in range(people)
        ]
        uow.session.add_all([Rules(cluster_id=cluster.id, decided_at=now), *made])
        await uow.commit()
    return cluster, made


async def play(database: Database, cluster: Cluster, people: list[Member], now: datetime, seed: int) -> Run:
    """One evaluation, with a copy of the database after every answer."""
    chance, urn, run = random.Random(seed), Urn(), Run()
    async with UnitOfWork(database) as uow:
        meeting = Meeting(
            cluster_id=cluster.id,
            title="KOL",
            starts_at=now - timedelta(hours=2),
            ends_at=now,
            answer_by=now,
            created_at=now,
            attendance_closed_at=now,
        )
        uow.session.add(meeting)
        await uow.session.flush()
        there = chance.sample(people, chance.randint(LEAST, len(people)))
        for each in there:
            uow.session.add(Attendance(meeting_id=meeting.id, member_id=each.id, present=True, recorded_at=now))
        await uow.session.flush()
        made = await appraisals.open_(uow, meeting, Grade.ANONYMOUS, by=people[0], now=now)
        await uow.commit()
    run.seen.append(await copy(database, made.id))
    mood = chance.choice([[4, 5], [5], [3, 4, 5], [1, 2, 3, 4, 5], [1, 5, SKIPPED]])
    for each in chance.sample(there, chance.randint(1, len(there))):
        said = {question: chance.choice(mood) for question in QUESTIONS}
        said["benefit"] = said["benefit"] or 3
        ballot = Ballot(
            said,
            frozenset({"time"} if chance.random() < 0.3 else ()),
            f"ord{seed}x{each.id}." if chance.random() < 0.5 else "",
        )
        async with UnitOfWork(database) as uow:
            appraisal = await appraisals.get(uow, made.id)
            await answering.answer_anonymously(uow, urn, appraisal, each, ballot, now=now)
        run.answered[each.id] = ballot
        run.seen.append(await copy(database, made.id))
    async with UnitOfWork(database) as uow:
        await appraisals.close(uow, urn, await appraisals.get(uow, made.id), now=now)
        await uow.commit()
    run.seen.append(await copy(database, made.id))
    return run


async def copy(database: Database, appraisal_id: int) -> Snapshot:
    """Everything that stands in the database, and in its files."""
    writers: frozenset[str] = frozenset()
    async with look(database) as state:
        asked = select(AppraisalAsked.member_id).where(
            AppraisalAsked.appraisal_id == appraisal_id, AppraisalAsked.given
        )
        given = frozenset((await state.session.scalars(asked)).all())
        tally = await state.session.get(AppraisalTally, appraisal_id)
        row = await state.session.get_one(Appraisal, appraisal_id)
        traces = [await state.session.scalar(select(func.count()).select_from(each)) for each in TRACES]
        counts = {name: dict(each) for name, each in tally.counts.items()} if tally else {}
        comments = frozenset(tally.comments) if tally else frozenset()
        told = dict(row.told)
        if not database.is_sqlite:
            rows = await state.session.execute(
                text("SELECT xmin::text FROM appraisal_asked WHERE appraisal_id = :id"), {"id": appraisal_id}
            )
            writers = frozenset(rows.scalars())
    return Snapshot(given, counts, comments, told, writers, tuple(int(n or 0) for n in traces), raw_of(database))


def raw_of(database: Database) -> bytes:
    """The bytes of SQLite's files, free pages and log among them."""
    if not database.is_sqlite:
        return b""
    path = Path(str(database.engine.url.database))
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))
