"""Comparisons that were recalled because a number in them was wrong, and which practices may be left out of them.

Only adds: processes of the version before keep running beside it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "recall",
        sa.Column("id", Id, nullable=False),
        sa.Column("round_id", Id, sa.ForeignKey("round.id"), nullable=False),
        sa.Column("measure_id", sa.String(length=64), nullable=False),
        sa.Column("release_id", Id, sa.ForeignKey("release.id"), nullable=False),
        sa.Column("by_id", Id, sa.ForeignKey("member.id"), nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("again_id", Id, sa.ForeignKey("release.id"), nullable=True),
        sa.Column("again_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall")),
    )
    op.create_index(op.f("ix_recall_round_id"), "recall", ["round_id"])
    op.create_table(
        "erratum",
        sa.Column("id", Id, nullable=False),
        sa.Column("recall_id", Id, sa.ForeignKey("recall.id"), nullable=False),
        sa.Column("practice_id", Id, sa.ForeignKey("practice.id"), nullable=False),
        sa.Column("answer", sa.String(length=64), nullable=False),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=True),
        sa.Column("at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erratum")),
        sa.UniqueConstraint("recall_id", "practice_id", name=op.f("uq_erratum_recall_id_practice_id")),
    )
    op.create_index(op.f("ix_erratum_recall_id"), "erratum", ["recall_id"])
    op.create_index(op.f("ix_erratum_practice_id"), "erratum", ["practice_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("erratum")
    op.drop_table("recall")
