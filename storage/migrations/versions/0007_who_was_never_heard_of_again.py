"""A row says how often in a row whoever had taken it was never heard of again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    for table in ("inbox", "outbox"):
        number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
        op.add_column(table, sa.Column("lost", number, server_default="0", nullable=False))


def downgrade() -> None:
    """Back."""
    for table in ("inbox", "outbox"):
        op.drop_column(table, "lost")
