"""Tables of what was said at a meeting: the minutes as they are being written, and each version that was sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key


class Minutes(Base):
    """A meeting's minutes: who writes them, and what is written so far."""

    __tablename__ = "minutes"

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    taker_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    """Whoever was asked to write them; nobody when they said no."""
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime | None]
    points: Mapped[str] = mapped_column(String(3000), default="")
    practices: Mapped[str] = mapped_column(String(3000), default="")
    """Who does what, how often: what others may copy."""
    shared: Mapped[str] = mapped_column(String(3000), default="")
    """Procedures and links that practices share."""
    sequence: Mapped[int] = mapped_column(default=0)
    """Raised whenever something is written, so that two who write do not overwrite each other."""
    written_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))


class MinutesVersion(Base):
    """What was sent, as it was sent."""

    __tablename__ = "minutes_version"
    __table_args__ = (UniqueConstraint("minutes_id", "number"),)

    id: Mapped[Key]
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    number: Mapped[int]
    """1 is the first that was sent; later ones correct it."""
    sequence: Mapped[int]
    """What of the minutes it is."""
    points: Mapped[str] = mapped_column(String(3000), default="")
    practices: Mapped[str] = mapped_column(String(3000), default="")
    shared: Mapped[str] = mapped_column(String(3000), default="")
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    sent_at: Mapped[datetime]
