"""An invitation knows whether its member was handed an entry for the calendar."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward. Nothing stands for an invitation of before: whoever said yes or maybe was handed one."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("invitation", sa.Column("calendar_steps", number, nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("invitation", "calendar_steps")
