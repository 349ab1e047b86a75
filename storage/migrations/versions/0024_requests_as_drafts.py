"""A request for numbers that is written down and not sent, or sent at a chosen hour; there is none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.add_column("round", sa.Column("sequence", Id, nullable=False, server_default="0"))
    op.add_column("round", sa.Column("send_at", Moment(), nullable=True))
    op.add_column("round", sa.Column("asked", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("round") as round_:
        for column in ("asked", "send_at", "sequence"):
            round_.drop_column(column)
