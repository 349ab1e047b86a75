"""Tables of what a cluster wants to take up: suggested topics, votes about them, and what was decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key, Line, Short
from storage.words import Deciders, IdeaState, VoteKind, VoteState


class Idea(Base):
    """A topic that somebody suggests. Never deleted: one that was taken out, or was chosen, stays with its state."""

    __tablename__ = "idea"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    words: Mapped[Line]
    package_id: Mapped[Short] = mapped_column(default="", server_default="")
    """The package it is about; empty for plain words."""
    is_named: Mapped[bool] = mapped_column(default=False)
    """Whether who suggested it wants to be shown beside it."""
    suggested_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    suggested_at: Mapped[datetime]
    state: Mapped[IdeaState] = mapped_column(default=IdeaState.OPEN)
    joined_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    """Another that means the same: the wishes of both are counted there."""


class Wish(Base):
    """A member who wants a suggested topic. Counted; shown to nobody by name."""

    __tablename__ = "wish"
    __table_args__ = (UniqueConstraint("idea_id", "member_id"),)

    id: Mapped[Key]
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)


class TopicRule(Base):
    """Who decides what a cluster takes up; agreed anew, so versioned: the newest row holds."""

    __tablename__ = "topic_rule"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    deciders: Mapped[Deciders] = mapped_column(default=Deciders.ALL)
    decided_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))


class Vote(Base):
    """A question to all which topics they want, or which one is taken up; answered without a name."""

    __tablename__ = "vote"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    kind: Mapped[VoteKind]
    state: Mapped[VoteState] = mapped_column(default=VoteState.OPEN)
    deciders: Mapped[Deciders]
    """Who decides, as it was agreed when this was opened."""
    picks: Mapped[int]
    """How many topics each may choose."""
    asked: Mapped[int]
    """How many may vote."""
    ballots: Mapped[int] = mapped_column(default=0)
    """How many have voted; counted when it is closed."""
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]


class VoteChoice(Base):
    """A topic that can be chosen, and how often it was: no ballot has a row of its own, a person or a time."""

    __tablename__ = "vote_choice"

    id: Mapped[Key]
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), index=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    """Nothing for blank."""
    given: Mapped[int] = mapped_column(default=0)


class Elector(Base):
    """Who may vote, and has; with nothing that leads to what. Deleted when the vote is closed."""

    __tablename__ = "elector"

    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
    has_voted: Mapped[bool] = mapped_column(default=False)


class TopicDecision(Base):
    """A topic that a cluster takes up: who decided, with what majority, and who wrote it down."""

    __tablename__ = "decision"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    vote_id: Mapped[int | None] = mapped_column(ForeignKey("vote.id"))
    deciders: Mapped[Deciders]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_blank: Mapped[int | None]
    """Nothing where nobody counted."""
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Nobody when a vote decided by itself."""
    recorded_at: Mapped[datetime]
