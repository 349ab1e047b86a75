"""Evaluations of meetings; none has been asked for, and no cluster has agreed on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None
works_with = "0001"


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    """Forward."""
    op.add_column("rules", sa.Column("evaluation", sa.String(length=64), nullable=False, server_default=""))
    op.create_table(
        "appraisal",
        sa.Column("id", Id, nullable=False),
        sa.Column("cluster_id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("grade", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("asked_by", Id, nullable=True),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("closes_at", Moment(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        _to("appraisal", "cluster_id", "cluster"),
        _to("appraisal", "meeting_id", "meeting"),
        _to("appraisal", "asked_by", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_appraisal_meeting_id")),
    )
    op.create_index(op.f("ix_appraisal_cluster_id"), "appraisal", ["cluster_id"])
    op.create_table(
        "appraisal_asked",
        sa.Column("appraisal_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        _to("appraisal_asked", "appraisal_id", "appraisal"),
        _to("appraisal_asked", "member_id", "member"),
        sa.PrimaryKeyConstraint("appraisal_id", "member_id", name=op.f("pk_appraisal_asked")),
    )
    op.create_index(op.f("ix_appraisal_asked_member_id"), "appraisal_asked", ["member_id"])
    op.create_table(
        "appraisal_tally",
        sa.Column("appraisal_id", Id, nullable=False),
        sa.Column("ballots", Id, nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        _to("appraisal_tally", "appraisal_id", "appraisal"),
        sa.PrimaryKeyConstraint("appraisal_id", name=op.f("pk_appraisal_tally")),
    )
    op.create_table(
        "appraisal_answer",
        sa.Column("id", Id, nullable=False),
        sa.Column("appraisal_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        _to("appraisal_answer", "appraisal_id", "appraisal"),
        _to("appraisal_answer", "member_id", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_answer")),
        sa.UniqueConstraint("appraisal_id", "member_id", name=op.f("uq_appraisal_answer_appraisal_id_member_id")),
    )
    op.create_index(op.f("ix_appraisal_answer_member_id"), "appraisal_answer", ["member_id"])


def downgrade() -> None:
    """Back."""
    for table in ("appraisal_answer", "appraisal_tally", "appraisal_asked", "appraisal"):
        op.drop_table(table)
    with op.batch_alter_table("rules") as rules:
        rules.drop_column("evaluation")
