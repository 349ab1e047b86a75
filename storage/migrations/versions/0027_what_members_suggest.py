"""Topics that members suggest, and who wishes the same; there are none yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "idea",
        sa.Column("id", Id, nullable=False),
        sa.Column("cluster_id", Id, nullable=False),
        sa.Column("words", sa.String(length=255), nullable=False),
        sa.Column("package_id", sa.String(length=64), server_default="", nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("suggested_by", Id, nullable=True),
        sa.Column("suggested_at", Moment(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("joined_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_idea_cluster_id_cluster")),
        sa.ForeignKeyConstraint(["joined_id"], ["idea.id"], name=op.f("fk_idea_joined_id_idea")),
        sa.ForeignKeyConstraint(["suggested_by"], ["member.id"], name=op.f("fk_idea_suggested_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea")),
    )
    op.create_index(op.f("ix_idea_cluster_id"), "idea", ["cluster_id"])
    op.create_table(
        "wish",
        sa.Column("id", Id, nullable=False),
        sa.Column("idea_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_wish_idea_id_idea")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_wish_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sa.UniqueConstraint("idea_id", "member_id", name=op.f("uq_wish_idea_id_member_id")),
    )
    op.create_index(op.f("ix_wish_member_id"), "wish", ["member_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("wish")
    op.drop_table("idea")
