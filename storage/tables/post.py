"""Tables of what comes in and goes out, what stands in Slack, and who did what.

The outbox is also the schedule: a reminder is a row whose ``due_at`` lies ahead.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key, Line, Short
from storage.words import How, InboxState, OutboxState, Urgency

IS_LEASED = text("leased_until IS NOT NULL")


class Inbox(Base):
    """Something Slack told us, kept before it is acknowledged and worked on from here."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_todo", "state", "id"), Index("ix_inbox_person", "person", "state", "id"))

    id: Mapped[Key]
    source_id: Mapped[str] = mapped_column(String(255), unique=True)
    """Slack's own id of it (event id, or a digest of the trigger): a redelivery meets it and is dropped."""
    kind: Mapped[Short]
    person: Mapped[Short]
    """Team and user: one person's doings are worked off in order."""
    body: Mapped[dict[str, Any]]
    state: Mapped[InboxState] = mapped_column(default=InboxState.WAITING)
    received_at: Mapped[datetime]
    next_at: Mapped[datetime]
    """Wall time before which it is not tried (again)."""
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often in a row whoever had taken it was never heard of again."""
    error: Mapped[str] = mapped_column(String(500), default="")
    done_at: Mapped[datetime | None]


class Outbox(Base):
    """Something we owe somebody: a message, an edit, a file, a page, or a step to take at an hour."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_todo", "state", "urgency", "due_at", "id"),
        Index("ix_outbox_lane", "lane", "state", "urgency", "due_at"),
        Index("ix_outbox_leased", "lane", sqlite_where=IS_LEASED, postgresql_where=IS_LEASED),
        Index("ix_outbox_subject", "subject", "state"),
    )

    id: Mapped[Key]
    key: Mapped[Line] = mapped_column(unique=True)
    """Says what it is, e.g. ``remind:7:2:31``: the same thing cannot be owed twice."""
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey("cluster.id"))
    kind: Mapped[Short]
    """Which sentence or step, e.g. ``meeting.reminder``."""
    how: Mapped[How]
    lane: Mapped[Short]
    """Who it is for (``m:31`` or ``c:C0…``): one lane is worked off in order. What has
    trouble with its files steps aside, into a lane of its own (``m:31/57``)."""
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    channel_id: Mapped[str | None] = mapped_column(String(64))
    thread_ts: Mapped[str | None] = mapped_column(String(32))
    subject: Mapped[Short] = mapped_column(default="")
    """What it is about, e.g. ``meeting:7``: lets a moved meeting take back its reminders."""
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Ids and codes only, never a sentence."""
    urgency: Mapped[int] = mapped_column(default=Urgency.ORDINARY)
    due_at: Mapped[datetime]
    """Calendar time."""
    next_at: Mapped[datetime | None]
    """Wall time before which it is not tried again after a failure."""
    state: Mapped[OutboxState] = mapped_column(default=OutboxState.WAITING)
    leased_until: Mapped[datetime | None]
    token: Mapped[Short]
    """Opaque id in the message's metadata, by which an uncertain send is found again."""
    attempts: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0, server_default="0")
    """As in the inbox."""
    file_ids: Mapped[list[Any]] = mapped_column(default=list)
    """Slack's ids of files begun for this row, kept before they are completed."""
    sent_channel: Mapped[str | None] = mapped_column(String(64))
    sent_ts: Mapped[str | None] = mapped_column(String(32))
    error: Mapped[str] = mapped_column(String(500), default="")
    inbox_id: Mapped[int | None]
    """The arrival it comes from; no reference, for arrivals are forgotten earlier."""
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Card(Base):
    """A message in Slack that is edited in place, e.g. a member's invitation."""

    __tablename__ = "card"
    __table_args__ = (UniqueConstraint("kind", "subject", "lane"),)

    id: Mapped[Key]
    kind: Mapped[Short]
    subject: Mapped[Short]
    lane: Mapped[Short]
    channel_id: Mapped[Short]
    ts: Mapped[str] = mapped_column(String(32))


class Audit(Base):
    """Who did what to what. Ids and codes only."""

    __tablename__ = "audit"

    id: Mapped[Key]
    at: Mapped[datetime]
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey("cluster.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    what: Mapped[Short]
    subject: Mapped[Short]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Undoable(Base):
    """What somebody changed in the last minutes, as it was and as it became: for as long as it can be put back."""

    __tablename__ = "undoable"

    id: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    """Who changed it."""
    what: Mapped[Short]
    subject: Mapped[Short]
    was: Mapped[str] = mapped_column(Text())
    became: Mapped[str] = mapped_column(Text())
    """Both in JSON, in the words of whoever wrote them."""
    at: Mapped[datetime] = mapped_column(index=True)
