"""Column types that keep their promise on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator

AnyWord = TypeVar("AnyWord", bound=StrEnum)
Id = BigInteger().with_variant(Integer(), "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. Refuses naive datetimes: a missing zone is how reminders move by an hour."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware → UTC (SQLite: without the zone, so that text order is time order)."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy passes it
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[AnyWord]):
    """One of a few words. A word that only a newer version knows is read as it stands: it is in nobody's way."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[AnyWord], length: int = 64) -> None:
        super().__init__(length)
        self.words = words

    @property
    def python_type(self) -> type[AnyWord]:
        """What is read from it."""
        return self.words

    def process_bind_param(self, value: AnyWord | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - as above
        """The word as it is stored."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> AnyWord | None:  # noqa: ARG002 - as above
        """The word as the code knows it."""
        if value is None:
            return None
        try:
            return self.words(value)
        except ValueError:
            return value  # type: ignore[return-value]  # equal to no word of ours
