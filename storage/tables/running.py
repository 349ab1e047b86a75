"""Tables that replicas share to run as one: Slack's pace, and what is done once a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class Allowance(Base):
    """How many calls of one kind Slack allows now: a bucket that fills with the time, and a pause Slack asked for."""

    __tablename__ = "allowance"

    name: Mapped[str] = mapped_column(String(128), primary_key=True)
    tokens: Mapped[float]
    at: Mapped[datetime]
    """Wall time of ``tokens``."""
    blocked_until: Mapped[datetime | None]


class Compatibility(Base):
    """The oldest version of the code that may go on working against these tables."""

    __tablename__ = "compatibility"

    revision: Mapped[str] = mapped_column(String(32), primary_key=True)
    works_with: Mapped[str] = mapped_column(String(32))


class Chore(Base):
    """Work that is done once in a while by whoever leads, e.g. deleting what has been kept long enough."""

    __tablename__ = "chore"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    last_at: Mapped[datetime]
    """The slot of time it was last done for."""
