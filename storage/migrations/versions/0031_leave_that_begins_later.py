"""When a member's leave begins; all that is noted has begun."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Moment

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.add_column("member", sa.Column("away_from", Moment(), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("member") as member:
        member.drop_column("away_from")
