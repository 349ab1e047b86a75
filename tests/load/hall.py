"""The program in a process of its own, a stand-in for Slack beside it, and a country of invited people."""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from sqlalchemy import func, insert, select

from handlers.meetings.ids import Action
from storage.database import Database
from storage.migrate import migrate
from storage.models import Cluster, Inbox, Invitation, Meeting, Member
from tests.scale.country import settle
from workspace import Workspace
from workspace.delivery.signed import FORM_TYPE, SignedPosts

ROOT = Path(__file__).resolve().parents[2]
START = "from bot.cli import main; main()"
RUNNING = "Klyngebot is running. Health: "
ANSWERS = (Action.MEETING_YES, Action.MEETING_NO, Action.MEETING_MAYBE)


@dataclass
class Hall:
    """Everything that a load is put on, and what it is measured by."""

    world: Workspace
    database: Database
    process: asyncio.subprocess.Process
    posts: SignedPosts
    log: Path
    invited: list[tuple[str, int]]
    """Slack id and meeting of everybody."""
    host: str
    port: int

    def click(self, number: int) -> bytes:
        """The request of one press on a button, signed; every tenth person changes the answer at the next press."""
        person, meeting = self.invited[number % len(self.invited)]
        action = ANSWERS[(number // len(self.invited) + number // 10) % 3]
        payload = {
            "type": "block_actions",
            "trigger_id": f"{number}.1.load",
            "team": {"id": self.world.team_id},
            "user": {"id": person, "team_id": self.world.team_id},
            "channel": {"id": "D0LOAD"},
            "actions": [{"action_id": action, "action_ts": f"{number}", "type": "button", "value": str(meeting)}],
        }
        body = urlencode({"payload": json.dumps(payload)}).encode()
        headers = self.posts.headers(body, FORM_TYPE)
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        start = f"POST /slack/events HTTP/1.1\r\nhost: load\r\ncontent-length: {len(body)}\r\n{head}\r\n"
        return start.encode() + body

    def memory(self) -> float:
        """MiB that the program holds now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    async def count(self, state: str) -> int:
        """How many clicks are in a state."""
        async with self.database.read() as session:
            rows = select(func.count()).select_from(Inbox).where(Inbox.state == state)
            return int(await session.scalar(rows) or 0)

    async def answered(self) -> int:
        """How many invitations have an answer."""
        async with self.database.read() as session:
            rows = select(func.count()).select_from(Invitation).where(Invitation.answer.is_not(None))
            return int(await session.scalar(rows) or 0)

    def locked(self) -> int:
        """How often the log speaks of a locked database."""
        return self.log.read_text().count("locked")


@asynccontextmanager
async def hall(url: str, folder: Path, people: int) -> AsyncIterator[Hall]:
    """Open it on an empty database at ``url``."""
    async with AsyncExitStack() as stack:
        world = Workspace()
        world.settings.own_message_events = False
        stand_in = await world.serve(port=0)
        stack.push_async_callback(stand_in.close)
        database = Database(url)
        stack.push_async_callback(database.close)
        await migrate(database)
        await settle(database, world, people, known=True)
        invited = await _invite(database)
        log = folder / "bot.log"
        process = await _start(world, url, log)
        stack.push_async_callback(_stop, process)
        place = urlsplit(await _listening(log))
        yield Hall(
            world, database, process, SignedPosts(world), log, invited, str(place.hostname), int(place.port or 0)
        )


async def _invite(database: Database) -> list[tuple[str, int]]:
    now = datetime.now(UTC)  # noqa: TID251 - the program under load lives by the machine's clock
    begins = now + timedelta(days=30)
    async with database.write() as session:
        clusters = (await session.scalars(select(Cluster.id))).all()
        meeting = {"title": "KOL", "starts_at": begins, "ends_at": begins + timedelta(hours=2)}
        times = {"answer_by": now + timedelta(days=20), "created_at": now}
        await session.execute(insert(Meeting), [{"id": key, "cluster_id": key, **meeting, **times} for key in clusters])
        members = (await session.execute(select(Member.id, Member.cluster_id, Member.slack_user_id))).all()
        rows = [{"meeting_id": cluster, "member_id": member} for member, cluster, _ in members]
        await session.execute(insert(Invitation), rows)
        await session.commit()
    return [(slack_id, cluster) for _, cluster, slack_id in members]


async def _start(world: Workspace, url: str, log: Path) -> asyncio.subprocess.Process:
    environment = {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "KLYNGE_SLACK_BOT_TOKEN": world.bot_token,
        "KLYNGE_SLACK_SIGNING_SECRET": world.signing_secret,
        "KLYNGE_SLACK_API_URL": f"{world.url}/api/",
        "KLYNGE_DATABASE_URL": url,
        "KLYNGE_MODE": "http",
        "KLYNGE_PORT": "0",
    }
    with log.open("wb") as file:
        return await asyncio.create_subprocess_exec(sys.executable, "-c", START, "run", env=environment, stderr=file)


async def _listening(log: Path) -> str:
    deadline = time.monotonic() + 60
    url = _told(log)
    while not url and time.monotonic() < deadline:
        await asyncio.sleep(0.1)
        url = _told(log)
    return url


def _told(log: Path) -> str:
    return log.read_text().partition(RUNNING)[2].partition("/healthz")[0]


async def _stop(process: asyncio.subprocess.Process) -> None:
    process.terminate()
    await process.wait()
