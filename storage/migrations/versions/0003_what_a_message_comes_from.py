"""Outgoing rows remember the arrival that they come from.

Only adds: processes of the version before keep running beside it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.add_column("outbox", sa.Column("inbox_id", Id, nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("inbox_id")
