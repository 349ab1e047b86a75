"""Tables of date polls: several dates put to everybody, and who can when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key, Line, Short
from storage.words import PollState, Suits


class Poll(Base):
    """A meeting that has no date yet. Never deleted: a cancelled one keeps its dates."""

    __tablename__ = "poll"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    kind: Mapped[Short]
    title: Mapped[Line]
    place: Mapped[Line] = mapped_column(default="")
    food: Mapped[bool] = mapped_column(default=False)
    answer_by: Mapped[datetime]
    state: Mapped[PollState] = mapped_column(default=PollState.OPEN)
    sequence: Mapped[int] = mapped_column(default=0)
    """Raised at every change of dates or deadline, for telling old reminders from new."""
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    """What came of it."""


class PollDate(Base):
    """One of the dates. Never changed: another date is another row, so that no answer comes to mean another day."""

    __tablename__ = "poll_date"

    id: Mapped[Key]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    dropped: Mapped[bool] = mapped_column(default=False)


class PollAnswer(Base):
    """What one member has said to one date; the newest word counts."""

    __tablename__ = "poll_answer"
    __table_args__ = (UniqueConstraint("poll_date_id", "member_id"),)

    id: Mapped[Key]
    poll_date_id: Mapped[int] = mapped_column(ForeignKey("poll_date.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    suits: Mapped[Suits]
    answered_at: Mapped[datetime]
