"""Tables of how numbers are read: confirmed headings, files for all practices, the cluster's own packages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key, Line, Short
from storage.words import ProposalState


class Heading(Base):
    """A heading of a practice's own file that a click tied to a field: understood by itself the next time."""

    __tablename__ = "heading"
    __table_args__ = (UniqueConstraint("practice_id", "package_id", "heading"),)

    id: Mapped[Key]
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    package_id: Mapped[Short]
    heading: Mapped[Line]
    """As `measures.reading.headers.normal` writes it."""
    field: Mapped[Short]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    confirmed_at: Mapped[datetime]


class Collected(Base):
    """A file for all practices that has been read and shown, and waits for the coordinator's yes."""

    __tablename__ = "collected"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.WAITING)
    rows: Mapped[list[Any]]
    """One for each practice: its id, numbers, questions, and names that are only alike; emptied once settled."""
    digest: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class OwnPackage(Base):
    """A klyngepakke that a cluster brought itself, as the text of its file. A changed one is a new version."""

    __tablename__ = "own_package"
    __table_args__ = (UniqueConstraint("cluster_id", "package_id", "version"),)

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"))
    package_id: Mapped[Short]
    version: Mapped[Short]
    text: Mapped[str] = mapped_column(Text())
    created_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
