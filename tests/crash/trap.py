"""Ends this process with ``kill -9`` at one exact step of its work with the database.

The program knows nothing of it: the trap listens to SQLAlchemy, sees which rows a transaction touches, and strikes
right before its commit (nothing is kept) or right after it (everything is kept, nobody has been told).
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from storage.models import Inbox, Outbox

STEPS = {
    "received": "INSERT INTO inbox",
    "taken in": "claim Inbox",
    "worked": "UPDATE inbox SET state",
    "claimed": "claim Outbox",
    "file begun": "UPDATE outbox SET file_ids",
    "noted": "UPDATE outbox SET sent_channel",
    "settled": "UPDATE outbox SET state",
}
"""Each step, and the mark of the transaction that makes it."""
MOMENTS = ("before", "after")


def lay(file: Path) -> None:
    """From now on, ``step:moment`` in the file is the place where this process ends."""

    @event.listens_for(Session, "do_orm_execute")
    def note(state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update:
            state.session.info.setdefault("done", []).append(str(state.statement))

    @event.listens_for(Session, "before_commit")
    def strike_before(session: Session) -> None:
        _strike(file, session, "before")

    @event.listens_for(Session, "after_commit")
    def strike_after(session: Session) -> None:
        _strike(file, session, "after")

    for table in (Inbox, Outbox):
        event.listen(table, "load", _loaded)


def _loaded(row: Any, context: Any) -> None:
    """Rows come out of an update only when they are claimed."""
    done = context.session.info.get("done", [])
    if done and f"UPDATE {row.__tablename__}" in done[-1]:
        done.append(f"claim {type(row).__name__}")


def _strike(file: Path, session: Session, moment: str) -> None:
    step, _, wanted = file.read_text().partition(":") if file.exists() else ("", "", "")
    if wanted != moment or not any(_is(STEPS[step], statement) for statement in session.info.get("done", [])):
        return
    os.kill(os.getpid(), signal.SIGKILL)


def _is(mark: str, statement: str) -> bool:
    if not mark.startswith("UPDATE"):
        return statement.startswith(mark)
    begins, column = mark.rsplit(" ", 1)
    changed = " ".join(statement.split()).partition(" WHERE ")[0]
    return changed.startswith(begins) and f"{column}=" in changed
