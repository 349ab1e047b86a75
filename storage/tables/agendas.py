"""Tables of what a meeting is to be about, and of how it goes: its agenda, point by point, and who chairs it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key, Short
from storage.words import ItemKind, ItemState


class Agenda(Base):
    """A meeting's agenda. Until it is shared only those who run the cluster see it."""

    __tablename__ = "agenda"

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    package_id: Mapped[Short] = mapped_column(default="")
    """The package that it was suggested from; empty when it came from the kind of meeting alone."""
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    shared_at: Mapped[datetime | None]


class AgendaItem(Base):
    """One point, or the wish for one. Clock times are reckoned from when the meeting begins, and not kept."""

    __tablename__ = "agenda_item"

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    place: Mapped[int]
    """The points stand in the order of their places."""
    kind: Mapped[ItemKind]
    named: Mapped[Short] = mapped_column(default="")
    """The name of a standard point, said in the reader's language where it has no title of its own."""
    title: Mapped[str] = mapped_column(String(150), default="")
    minutes: Mapped[int]
    speaker: Mapped[str] = mapped_column(String(100), default="")
    state: Mapped[ItemState] = mapped_column(default=ItemState.PLANNED)
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    carried_from: Mapped[int | None]
    """The id of the point of an earlier meeting that it is."""


class Sitting(Base):
    """A meeting as it takes place: who chairs it, and which point they are at. A restart finds everything here."""

    __tablename__ = "sitting"

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Who was asked to chair, else who began it; nobody else is told how the time goes."""
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    item_id: Mapped[int | None]
    """The point they are at …"""
    item_since: Mapped[datetime | None]
    """… since when …"""
    item_minutes: Mapped[int] = mapped_column(default=0)
    """… and for how long, with what it was extended by."""
    timer_until: Mapped[datetime | None]
    """When the groups are to be back."""


class Parked(Base):
    """An objection to the numbers that was written down so that the meeting went on."""

    __tablename__ = "parked"

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    words: Mapped[str] = mapped_column(String(300), default="")
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    noted_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class CheckIn(Base):
    """That a meeting's members may check in by themselves, and by what."""

    __tablename__ = "check_in"

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    pin: Mapped[str] = mapped_column(String(8))
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
