"""What somebody changed in the last minutes, so that it can be put back; nothing can yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "undoable",
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_undoable_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undoable")),
    )
    op.create_index(op.f("ix_undoable_at"), "undoable", ["at"])
    op.create_index(op.f("ix_undoable_member_id"), "undoable", ["member_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("undoable")
