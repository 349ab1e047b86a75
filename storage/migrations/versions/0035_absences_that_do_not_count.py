"""Whether an absence that was announced counts in the share of meetings; until now all did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.add_column("rules", sa.Column("excused_counts", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("rules") as rules:
        rules.drop_column("excused_counts")
