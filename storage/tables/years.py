"""Tables of a cluster's year: what it has agreed about its meetings, and when others meet."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key, Line, Short


class YearPlan(Base):
    """What a cluster agreed about its year; agreed anew, so versioned: the newest row holds."""

    __tablename__ = "year_plan"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    decided_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    meetings: Mapped[int]
    """How many in a year."""
    weekday: Mapped[int]
    """Monday is 0."""
    start: Mapped[Short]
    end: Mapped[Short]
    municipalities: Mapped[Line] = mapped_column(default="")
    """Whose school holidays are heeded, with commas between."""


class NotedDay(Base):
    """A day on which others meet whom the cluster's members belong to: PLO-K, a neighbouring cluster."""

    __tablename__ = "noted_day"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    day: Mapped[date] = mapped_column(Date())
    title: Mapped[Line]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
