"""The weeks and days of a year in which a cluster's members are not reminded; none so far."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.add_column("rules", sa.Column("quiet", sa.String(length=255), nullable=False, server_default=""))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("rules") as rules:
        rules.drop_column("quiet")
