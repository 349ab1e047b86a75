"""An outbox with as many messages of the coming years as one likes, made by the database itself."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, text

from storage.database import Database
from storage.models import Outbox

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SEED = 1000
"""Rows made one by one; the rest are copies under names and lanes of their own."""
PER_LANE = 30
YEARS = timedelta(days=730)


def future(number: int) -> dict[str, object]:
    """A reminder to somebody, some day in the next two years."""
    return {
        "key": f"remind:{number}",
        "kind": "meeting.reminder",
        "how": "post",
        "lane": f"m:{number}",
        "subject": f"meeting:{number}",
        "params": {"meeting": number},
        "urgency": 5,
        "due_at": NOW + timedelta(hours=1) + YEARS * number / SEED,
        "state": "waiting",
        "token": f"token{number}",
        "created_at": NOW,
    }


def due(number: int) -> dict[str, object]:
    """A message that ought to be on its way."""
    return future(number) | {
        "key": f"due:{number}",
        "lane": f"due:{number}",
        "token": f"due{number}",
        "due_at": NOW - timedelta(minutes=1),
    }


async def fill(database: Database, rows: int) -> None:
    """``rows`` messages ahead; a multiple of a thousand."""
    copied = [column.name for column in Outbox.__table__.columns if column.name not in {"id", "key", "lane", "token"}]
    names = ", ".join(copied)
    lanes = max(1, rows // SEED // PER_LANE)
    statement = (
        f"INSERT INTO outbox (key, lane, token, {names}) "  # noqa: S608 - names of our own columns
        "WITH RECURSIVE series(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM series WHERE k < :times) "
        "SELECT key || ':' || CAST(k AS TEXT), lane || ':' || CAST(k % :lanes AS TEXT), "
        f"token || ':' || CAST(k AS TEXT), {names} FROM outbox CROSS JOIN series"
    )
    async with database.write() as session:
        await session.execute(insert(Outbox), [future(number) for number in range(SEED)])
        if rows > SEED:
            await session.execute(text(statement), {"times": rows // SEED - 1, "lanes": lanes})
        await session.commit()
    async with database.engine.connect() as connection:
        await connection.execute(text("ANALYZE"))
        await connection.commit()


async def add_due(database: Database, first: int, count: int) -> None:
    """This many messages to different people that are due now."""
    async with database.write() as session:
        await session.execute(insert(Outbox), [due(number) for number in range(first, first + count)])
        await session.commit()
