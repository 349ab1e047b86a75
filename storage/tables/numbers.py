"""Tables of what was counted: rounds, who answers, submissions, releases, pseudonyms, objections, agreed changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key, Short
from storage.words import AgreementState, RoundState, Said, Source, SubmissionState


class Round(Base):
    """One collection of data: a package, a period, a deadline."""

    __tablename__ = "round"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    package_id: Mapped[Short]
    package_version: Mapped[Short]
    package_text: Mapped[str | None] = mapped_column(Text())
    """The package as this round was begun with it, when that is not the shipped one: the cluster's own, or adapted."""
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"), index=True)
    """The round that this one measures again."""
    period_start: Mapped[date] = mapped_column(Date())
    period_end: Mapped[date] = mapped_column(Date())
    deadline: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[RoundState] = mapped_column(default=RoundState.OPEN)
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often a draft was changed, so that nobody sends another than was seen."""
    send_at: Mapped[datetime | None]
    """When a draft is sent by itself; None when only a click sends it."""
    asked: Mapped[dict[str, Any] | None] = mapped_column(JSON())
    """Of a draft: ``answering`` (practice → member) and ``left_out`` (practices). Afterwards assignments say it."""
    held_until: Mapped[datetime | None]
    """When charts that wait for somebody to look at numbers once more are sent."""
    openness: Mapped[Short] = mapped_column(default="closed")
    min_practices: Mapped[int] = mapped_column(default=5)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    released_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class Assignment(Base):
    """Who answers for a practice in a round."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("round_id", "practice_id"),)

    id: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    snoozed_until: Mapped[datetime | None]
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Who is on leave, where a colleague is asked so long."""


class Submission(Base):
    """One answer of one practice. Never overwritten: a new one gets the next version."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("round_id", "practice_id", "version"),)

    id: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    version: Mapped[int]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    source: Mapped[Source]
    state: Mapped[SubmissionState]
    numbers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Field of the package → whole number or null."""
    questions: Mapped[list[Any]] = mapped_column(default=list)
    """Codes and parameters of what the member was asked to confirm."""
    sources: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Field → where its number stood in the file: sheet, cell and heading; empty when it was typed."""
    reason: Mapped[str] = mapped_column(String(500), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of the file, to recognise the same file again; the file itself is not kept."""
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class SecondLook(Base):
    """A number that stands out among those about to be drawn: its practice was asked to look at it once more.

    Deleted as soon as the charts are sent: nothing then tells who was asked.
    """

    __tablename__ = "second_look"
    __table_args__ = (UniqueConstraint("round_id", "practice_id", "measure_id"),)

    id: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    """The answer as it stood then; another has come when the practice has corrected it."""
    measure_id: Mapped[Short]
    right_at: Mapped[datetime | None]
    """When somebody of the practice said that the numbers are right."""


class Release(Base):
    """A frozen set of submissions that charts are drawn from; renewed only as measures.disclosure.privacy allows."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    submission_ids: Mapped[list[Any]]
    twice: Mapped[dict[str, Any] | None] = mapped_column(JSON())
    """Measure → {"before": ids, "after": ids}: the answers of those who gave both times, where the cluster's change was
    shown from them. Whatever is shown later of either round must hide everybody beside these sets too."""
    groups: Mapped[dict[str, Any] | None] = mapped_column(JSON())
    """Measure → for each question the places of parts or answers that are shown as one sum. Everybody's charts of this
    release read these; a release without shows nothing of the cluster's parts and answers."""
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))


class Pseudonym(Base):
    """A letter for a practice, fresh for each round and measure (ANO-01, ANO-05)."""

    __tablename__ = "pseudonym"
    __table_args__ = (
        UniqueConstraint("round_id", "measure_id", "practice_id"),
        UniqueConstraint("round_id", "measure_id", "letter"),
    )

    id: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    measure_id: Mapped[Short]
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    letter: Mapped[str] = mapped_column(String(4))


class Naming(Base):
    """A practice that charts of a measure name, because it chose so: from a release on, and until another.

    Rows stay when a name is taken down again: colleagues remember what they have seen.
    """

    __tablename__ = "naming"

    id: Mapped[Key]
    measure_id: Mapped[Short]
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), index=True)
    until_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"))
    """The release that was the newest when the name was taken down; None while it stands."""


class Recall(Base):
    """A measure's comparison about a round's period that was recalled, because a number in it was wrong."""

    __tablename__ = "recall"

    id: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    measure_id: Mapped[Short]
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    """The newest release about the period then: what was shown up to here was wrong."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """The coordinator who pressed the button; nobody when a correction did it."""
    at: Mapped[datetime]
    again_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"))
    """The newest release when it was drawn again without those who erred; None while it stands."""
    again_at: Mapped[datetime | None]


class Erratum(Base):
    """A practice whose number made a comparison wrong, and whether it may be drawn again without that practice.

    Kept as evidence of the yes, like a consent.
    """

    __tablename__ = "erratum"
    __table_args__ = (UniqueConstraint("recall_id", "practice_id"),)

    id: Mapped[Key]
    recall_id: Mapped[int] = mapped_column(ForeignKey("recall.id"), index=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    answer: Mapped[Said] = mapped_column(default=Said.NOTHING)
    """Nothing is said either when nobody is asked."""
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Who said so, for the practice."""
    at: Mapped[datetime | None]


class Objection(Base):
    """ "Mine tal er forkerte": what a member says of the practice's own numbers, until it is settled."""

    __tablename__ = "objection"

    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    text: Mapped[str] = mapped_column(String(2000))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Agreement(Base):
    """What a cluster agreed to change after a round, and when to measure again."""

    __tablename__ = "agreement"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    text: Mapped[str] = mapped_column(String(500))
    measure_id: Mapped[Short] = mapped_column(default="", server_default="")
    """The measure it is about; empty when it is about the whole topic."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    decided_at: Mapped[datetime]
    measure_again_on: Mapped[date | None] = mapped_column(Date())
    state: Mapped[AgreementState] = mapped_column(default=AgreementState.OPEN)
