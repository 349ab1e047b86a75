"""Tables of what a meeting is to be about: its agenda, point by point."""

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
