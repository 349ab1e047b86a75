"""What a meeting was before it was moved, what was answered to that day, and why it was called off; none so far."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.add_column("meeting", sa.Column("was_starts_at", Moment, nullable=True))
    op.add_column("meeting", sa.Column("was_ends_at", Moment, nullable=True))
    op.add_column("meeting", sa.Column("was_place", sa.String(length=255), nullable=False, server_default=""))
    op.add_column("meeting", sa.Column("cancel_reason", sa.String(length=300), nullable=False, server_default=""))
    op.add_column("invitation", sa.Column("former_answer", sa.String(length=8), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("meeting") as meeting:
        for column in ("was_starts_at", "was_ends_at", "was_place", "cancel_reason"):
            meeting.drop_column(column)
    with op.batch_alter_table("invitation") as invitation:
        invitation.drop_column("former_answer")
