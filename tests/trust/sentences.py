"""Sentences, ours and any others at hand, said by members of a running cluster: what is done must be what they say.

``rows()`` runs the real program against the stand-in and counts. A meeting on Thursday 26 March waits for an answer, a
round on KOL waits for numbers, and it is Monday 2 March.
"""

from __future__ import annotations

import asyncio
import csv
import logging
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import func, select, update

from bot.app import Runtime, build
from bot.settings import Settings
from cluster.clock import MovableClock
from cluster.meetings.typed_answers import fits, read_answer
from handlers import TABLE
from measures.checking.reply import read_reply
from measures.packages.package import load
from storage.database import Database
from storage.migrate import migrate
from storage.models import Cluster, Consent, Invitation, Meeting, Member, Outbox, Practice, Rules, Submission
from storage.unit_of_work import UnitOfWork
from tests.bench.row import Row
from workspace import Desk, Workspace

OWN = Path(__file__).with_name("sentences.tsv")
OTHERS = Path(__file__).resolve().parents[3] / "shared" / "cases" / "sentences.tsv"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
THURSDAY = date(2026, 3, 26)
FIELDS = ("copd", "spirometry", "care_plan")
PEOPLE = 24
NOTHING = "-"
ACTS = ("yes", "no", "maybe")
LONGEST_WAIT = 60.0
MOST_MISSED = 0.05


@dataclass(frozen=True)
class Said:
    """A sentence, and what may come of it: ``yes``, ``no``, ``maybe``, numbers, or ``-`` (nothing, or a question)."""

    words: str
    may: tuple[str, ...]

    @property
    def is_clear(self) -> bool:
        """Whether a careful person would act on it at once."""
        return NOTHING not in self.may


@dataclass(frozen=True)
class Outcome:
    """What was kept, and whether the sender was answered."""

    said: Said
    kept: str
    answered: bool

    @property
    def is_wrong(self) -> bool:
        """Something was kept that the sentence does not say."""
        return self.kept != NOTHING and self.kept not in self.said.may


def ours() -> list[Said]:
    """The sentences of this folder."""
    return [Said(row["sentence"], tuple(row["may"].split("|"))) for row in _read(OWN)]


def others(path: Path = OTHERS) -> list[Said]:
    """Sentences from elsewhere, with their meaning in words; none when they are not at hand."""
    return [Said(row["sentence"], _may(row["meant"], row["sentence"])) for row in _read(path)] if path.exists() else []


def read_directly(said: Said) -> Outcome:
    """As the readers alone understand it, without the program around them: in no time, so that all can be tried."""
    numbers = read_reply(said.words, load("kol"), own=("Lægehuset 1",), years=(2025, 2026))
    answer = read_answer(said.words)
    kept = NOTHING
    if numbers.values and not numbers.personal:
        kept = " ".join(f"{name}={numbers.values[name]}" for name in FIELDS if name in numbers.values) or NOTHING
    elif answer is not None and answer.sure and fits(answer.days, THURSDAY, MONDAY.date()):
        kept = answer.answer
    return Outcome(said, kept, answered=True)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _may(meant: str, sentence: str) -> tuple[str, ...]:
    """What a meaning in words allows, no more."""
    first = meant.split(",", maxsplit=1)[0].strip()
    if first in ACTS and "only if" not in meant:
        return (first, NOTHING)
    numbers = [part.strip(" ,.") for part in sentence.split() if part.strip(" ,.").isdigit()]
    if numbers and ("numbers" in meant or "corrected" in meant or first in numbers):
        return (" ".join(f"{field}={n}" for field, n in zip(FIELDS, numbers, strict=False)), NOTHING)
    return (NOTHING,)


async def outcomes(sentences: Sequence[Said]) -> list[Outcome]:
    """Each sentence said by one member, some at a time, from the same beginning."""
    clock = MovableClock(MONDAY, stopped=True)
    world = Workspace(clock=clock)
    world.commands = [{"command": "/klynge", "description": "Klyngebot", "usage_hint": ""}]
    world.settings.change({"rate_factor": 1000.0, "ack_seconds": 60.0, "trigger_seconds": 60.0})
    server = await world.serve(port=0)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/klynge.db"
        database = Database(url)
        await migrate(database)
        await database.close()
        settings = Settings(
            slack_bot_token=world.bot_token,
            slack_app_token=world.app_token,
            slack_signing_secret=world.signing_secret,
            slack_api_url=f"{world.url}/api/",
            database_url=url,
            port=0,
            lease_seconds=60,
            tick_seconds=0.5,
            pace_factor=1000,
        )
        found: list[Outcome] = []
        async with build(settings, clock=clock) as bot, Desk(world.url) as desk:
            doctors = await _a_cluster(world, bot, desk, clock)
            for start in range(0, len(sentences), PEOPLE):
                found += await _a_batch(world, bot, desk, doctors, sentences[start : start + PEOPLE])
    await server.close()
    return found


async def _a_cluster(world: Workspace, bot: Runtime, desk: Desk, clock: MovableClock) -> dict[str, int]:
    """Slack id → member id of those who talk; a meeting is called and numbers are asked for by the doors people use."""
    doctors = [world.add_person(f"Læge {n}", email=f"laege{n}@klynge.example") for n in range(PEOPLE + 1)]
    channel = world.add_channel("klynge", members=[*doctors, world.bot_user_id])
    now, ids = clock.now(), {}
    async with UnitOfWork(bot.database) as uow:
        cluster = Cluster(
            team_id=world.team_id, channel_id=channel, name="Nord", region="Region Midtjylland", created_at=now
        )
        cluster.set_up_at = now
        uow.session.add(cluster)
        await uow.session.flush()
        uow.session.add(Rules(cluster_id=cluster.id, decided_at=now))
        for n, doctor in enumerate(doctors):
            practice = Practice(
                cluster_id=cluster.id, ydernummer=f"0{10000 + n}", name=f"Lægehuset {n}", list_size=3000
            )
            practice.system = "xmo"
            uow.session.add(practice)
            await uow.session.flush()
            role = "coordinator" if n == 0 else "member"
            member = Member(cluster_id=cluster.id, practice_id=practice.id, slack_user_id=doctor, name=f"Læge {n}")
            member.email, member.role, member.title = f"laege{n}@klynge.example", role, "ejerlæge"
            member.confirmed_at = now
            uow.session.add(member)
            await uow.session.flush()
            practice.contact_id = member.id
            uow.session.add(Consent(practice_id=practice.id, member_id=member.id, given_at=now))
            ids[doctor] = member.id
        await uow.commit()
    await desk.command(doctors[0], channel, "/klynge møde")
    await desk.submit(doctors[0], values={"title": "KOL i praksis", "place": "Lægehuset"})
    await _settle(bot, world)
    await desk.command(doctors[0], channel, "/klynge data")
    await desk.submit(doctors[0], None, {"deadline_day": "2026-03-19", "deadline_time": "12:00"})
    await desk.submit(doctors[0], None, {})
    await _settle(bot, world)
    async with bot.database.read() as session:
        meeting = (await session.scalars(select(Meeting))).one()
        assert meeting.starts_at - now > timedelta(days=7)
    del ids[doctors[0]]
    return ids


async def _a_batch(
    world: Workspace, bot: Runtime, desk: Desk, doctors: dict[str, int], batch: Sequence[Said]
) -> list[Outcome]:
    told = {}
    async with bot.database.read() as session:
        newest = await session.scalar(select(func.max(Submission.id))) or 0
    speaking = list(zip(doctors.items(), batch, strict=False))
    for (doctor, _), said in speaking:
        conversation = await desk.dm(doctor)
        told[doctor] = len([message for message in conversation if message["bot"]])
        await desk.say(doctor, conversation[0]["channel"], said.words)
    await _settle(bot, world)
    found = []
    for (doctor, member_id), said in speaking:
        answered = len([message for message in await desk.dm(doctor) if message["bot"]]) > told[doctor]
        answered = answered or is_kind(said.words)  # met once an hour
        found.append(Outcome(said, await _kept(bot, member_id, newest), answered))
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(update(Invitation).values(answer=None, reason="", answered_at=None, answered_by=None))
        await uow.session.execute(update(Submission).values(state="dropped"))
        # a bare "yes" is an answer to what was said last, and here nothing was
        await uow.session.execute(update(Outbox).values(created_at=MONDAY - timedelta(days=1)))
        await uow.commit()
    return found


def is_kind(words: str) -> bool:
    """Whether it is a greeting or thanks and nothing else."""
    heard = TABLE.grammar.read(words)
    return bool(heard) and all(TABLE.intents[each.name].is_small_talk for each in heard)


async def _kept(bot: Runtime, member_id: int, since: int) -> str:
    async with bot.database.read() as session:
        invitation = (await session.scalars(select(Invitation).where(Invitation.member_id == member_id))).one()
        mine = select(Submission).where(Submission.member_id == member_id, Submission.id > since)
        drafts = (await session.scalars(mine)).all()
    numbers = " ".join(
        f"{name}={draft.numbers[name]}" for draft in drafts for name in FIELDS if draft.numbers.get(name) is not None
    )
    states = [draft.state for draft in drafts if draft.state != "draft"]
    return " ".join(filter(None, (invitation.answer, numbers, *states))) or NOTHING


async def _settle(bot: Runtime, world: Workspace) -> None:
    calm = 0
    async with asyncio.timeout(LONGEST_WAIT):
        while calm < 2:
            calm = calm + 1 if not world.deliveries.waiting and await bot.idle() else 0
            await asyncio.sleep(0.01)


def table(found: Sequence[Outcome]) -> list[Row]:
    """The figures: wrong actions, clear sentences that were acted on, sentences that got an answer."""
    wrong = sum(each.is_wrong for each in found)
    clear = [each for each in found if each.said.is_clear]
    done = sum(each.kept in each.said.may for each in clear)
    silent = sum(not each.answered for each in found)
    return [
        Row("sentences: wrong actions", f"{wrong} of {len(found)}", "0", wrong == 0),
        Row(
            "sentences: clear ones acted on at once",
            f"{done} of {len(clear)}",
            f"≥ {1 - MOST_MISSED:.0%}",
            done >= (1 - MOST_MISSED) * len(clear),
        ),
        Row("sentences: left without an answer", f"{silent} of {len(found)}", "0", silent == 0),
    ]


def rows(share: float = 1.0) -> list[Row]:
    """Ours, and the others when they are at hand; or an evenly spread share of them."""
    sentences = [*ours(), *others()]
    quietly()
    return table(asyncio.run(outcomes(sentences[:: max(1, round(1 / share))])))


def quietly() -> None:
    """The program's own log lines would hide the figures."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def main() -> None:
    """Print the figures, and what they were made from where it is not as it should be."""
    quietly()
    found = asyncio.run(outcomes([*ours(), *others()]))
    for each in found:
        if each.is_wrong or not each.answered or (each.said.is_clear and each.kept not in each.said.may):
            print(f"{each.said.words!r} may be {each.said.may}: kept {each.kept!r}, answered: {each.answered}")
    for row in table(found):
        print(f"{row.name}: {row.figure} (mark {row.mark}) {'holds' if row.holds else 'FAILS'}")


if __name__ == "__main__":
    main()
