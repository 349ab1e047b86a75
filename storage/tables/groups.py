"""Tables of who sits with whom: the groups of a meeting, their notes, and teams that stay together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key


class Seating(Base):
    """The groups of a meeting as they were dealt last."""

    __tablename__ = "seating"

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    size: Mapped[int]
    """How many are meant to sit together."""
    turn: Mapped[int]
    """Raised with every deal: another mixture, and an old button does nothing."""
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    shown_turn: Mapped[int | None]
    """The deal that everybody has been told of."""
    questions: Mapped[str] = mapped_column(String(2000), default="")
    """What the groups talk about, a line each."""
    minutes: Mapped[int | None]
    """How long they have, where that was said."""


class GroupSeat(Base):
    """In which group somebody sits."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    number: Mapped[int]


class GroupNote(Base):
    """What a group wants to say to all, written by one of it."""

    __tablename__ = "group_note"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(String(2000))
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    noted_at: Mapped[datetime]


class Team(Base):
    """People of a cluster who stay together when groups are made: a babyklynge, or who plans together."""

    __tablename__ = "team"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))


class TeamMember(Base):
    """One of a team."""

    __tablename__ = "team_member"
    __table_args__ = (UniqueConstraint("team_id", "member_id"),)

    id: Mapped[Key]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
