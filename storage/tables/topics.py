"""Tables of what a cluster wants to take up: topics that members suggest, and who wishes the same."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key, Line, Short
from storage.words import IdeaState


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
