"""Tables of the same evening: what practices say that they will change, and how the meeting was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key, Short
from storage.words import AppraisalState, CommitmentState, Grade


class Commitment(Base):
    """What one practice says after a meeting that it will change. Asked for by this row, and private to the practice
    unless it shares it."""

    __tablename__ = "commitment"
    __table_args__ = (UniqueConstraint("meeting_id", "practice_id"),)

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"), index=True)
    """The numbers that the meeting was about, whose package offers what to choose from."""
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """The coordinator who asked; nobody when the meeting's last minutes did."""
    state: Mapped[CommitmentState] = mapped_column(default=CommitmentState.ASKED)
    pick: Mapped[Short] = mapped_column(default="")
    """The id of what was chosen in the package, or among what fits every topic."""
    kind: Mapped[Short] = mapped_column(default="")
    words: Mapped[str] = mapped_column(String(200), default="")
    who: Mapped[Short] = mapped_column(default="")
    """all | staff | one."""
    who_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    in_weeks: Mapped[int | None]
    barrier: Mapped[Short] = mapped_column(default="")
    is_shared: Mapped[bool] = mapped_column(default=False)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    """Who said it for the practice, the last time."""
    decided_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
    """When the practice last said how it goes."""


class CommitmentCount(Base):
    """How many practices said after a meeting that they would change what: counted once and never again, so that no two
    counts can be held against each other."""

    __tablename__ = "commitment_count"
    __table_args__ = (UniqueConstraint("meeting_id"),)

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    """The new measurement at which it was counted."""
    practices: Mapped[int]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Kind → practices, as they may be told; small kinds stand together."""
    counted_at: Mapped[datetime]


class Appraisal(Base):
    """An evaluation of a meeting: one a meeting, answered once by each who was there, told when it is over."""

    __tablename__ = "appraisal"
    __table_args__ = (UniqueConstraint("meeting_id"),)

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    grade: Mapped[Grade]
    state: Mapped[AppraisalState] = mapped_column(default=AppraisalState.OPEN)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What may be told of it, once it is over; the answers themselves are gone by then."""


class AppraisalAsked(Base):
    """Who is asked, and has answered: without a time, and written again for everybody whenever it is for one."""

    __tablename__ = "appraisal_asked"

    appraisal_id: Mapped[int] = mapped_column(ForeignKey("appraisal.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
    given: Mapped[bool] = mapped_column(default=False)


class AppraisalTally(Base):
    """How many gave each answer, of at least five people more each time it is written; no answer has a row."""

    __tablename__ = "appraisal_tally"

    appraisal_id: Mapped[int] = mapped_column(ForeignKey("appraisal.id"), primary_key=True)
    ballots: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Question → answer → how many."""
    comments: Mapped[list[Any]] = mapped_column(default=list)


class AppraisalAnswer(Base):
    """A confidential answer: known to the program until the evaluation is over, and changed by whoever gave it."""

    __tablename__ = "appraisal_answer"
    __table_args__ = (UniqueConstraint("appraisal_id", "member_id"),)

    id: Mapped[Key]
    appraisal_id: Mapped[int] = mapped_column(ForeignKey("appraisal.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    words: Mapped[str] = mapped_column(String(500), default="")
