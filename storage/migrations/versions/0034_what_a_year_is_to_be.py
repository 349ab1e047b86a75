"""What a cluster agreed about its year, and when others meet; nothing has been agreed yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "year_plan",
        sa.Column("id", Id, nullable=False),
        sa.Column("cluster_id", Id, nullable=False),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.Column("decided_by", Id, nullable=True),
        sa.Column("meetings", Id, nullable=False),
        sa.Column("weekday", Id, nullable=False),
        sa.Column("start", sa.String(length=64), nullable=False),
        sa.Column("end", sa.String(length=64), nullable=False),
        sa.Column("municipalities", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_year_plan_cluster_id_cluster")),
        sa.ForeignKeyConstraint(["decided_by"], ["member.id"], name=op.f("fk_year_plan_decided_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_plan")),
    )
    op.create_index(op.f("ix_year_plan_cluster_id"), "year_plan", ["cluster_id"])
    op.create_table(
        "noted_day",
        sa.Column("id", Id, nullable=False),
        sa.Column("cluster_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("noted_by", Id, nullable=True),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_noted_day_cluster_id_cluster")),
        sa.ForeignKeyConstraint(["noted_by"], ["member.id"], name=op.f("fk_noted_day_noted_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_noted_day")),
    )
    op.create_index(op.f("ix_noted_day_cluster_id"), "noted_day", ["cluster_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("noted_day")
    op.drop_table("year_plan")
