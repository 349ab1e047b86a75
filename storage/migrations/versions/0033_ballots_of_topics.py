"""Votes about topics without a name, who decides, and what was decided; nothing is yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "topic_rule",
        sa.Column("id", Id, nullable=False),
        _reference("topic_rule", "cluster_id", "cluster"),
        sa.Column("deciders", sa.String(length=64), nullable=False),
        sa.Column("decided_at", Moment(), nullable=False),
        _reference("topic_rule", "decided_by", "member", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_rule")),
    )
    op.create_table(
        "vote",
        sa.Column("id", Id, nullable=False),
        _reference("vote", "cluster_id", "cluster"),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("deciders", sa.String(length=64), nullable=False),
        sa.Column("picks", Id, nullable=False),
        sa.Column("asked", Id, nullable=False),
        sa.Column("ballots", Id, nullable=False),
        _reference("vote", "opened_by", "member", nullable=True),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("closes_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
    )
    op.create_table(
        "vote_choice",
        sa.Column("id", Id, nullable=False),
        _reference("vote_choice", "vote_id", "vote"),
        _reference("vote_choice", "idea_id", "idea", nullable=True),
        sa.Column("given", Id, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_choice")),
    )
    op.create_table(
        "elector",
        _reference("elector", "vote_id", "vote"),
        _reference("elector", "member_id", "member"),
        sa.Column("has_voted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("vote_id", "member_id", name=op.f("pk_elector")),
    )
    op.create_table(
        "decision",
        sa.Column("id", Id, nullable=False),
        _reference("decision", "cluster_id", "cluster"),
        _reference("decision", "idea_id", "idea"),
        _reference("decision", "vote_id", "vote", nullable=True),
        sa.Column("deciders", sa.String(length=64), nullable=False),
        sa.Column("votes_for", Id, nullable=True),
        sa.Column("votes_against", Id, nullable=True),
        sa.Column("votes_blank", Id, nullable=True),
        _reference("decision", "recorded_by", "member", nullable=True),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    for table in ("topic_rule", "vote", "decision"):
        op.create_index(op.f(f"ix_{table}_cluster_id"), table, ["cluster_id"])
    op.create_index(op.f("ix_vote_choice_vote_id"), "vote_choice", ["vote_id"])
    op.create_index(op.f("ix_elector_member_id"), "elector", ["member_id"])


def downgrade() -> None:
    """Back."""
    for table in ("decision", "elector", "vote_choice", "vote", "topic_rule"):
        op.drop_table(table)


def _reference(table: str, name: str, to: str, *, nullable: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{to}.id", name=op.f(f"fk_{table}_{name}_{to}"))
    return sa.Column(name, Id, key, nullable=nullable)
