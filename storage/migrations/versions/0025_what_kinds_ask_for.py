"""A meeting holds what its kind asks for: a link, with whom, how long ahead it has to be called; none does yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.add_column("meeting", sa.Column("link", sa.String(500), nullable=False, server_default=""))
    op.add_column("meeting", sa.Column("with_whom", sa.String(255), nullable=False, server_default=""))
    op.add_column("meeting", sa.Column("notice_days", Id, nullable=True))
    op.add_column("meeting", sa.Column("was_kind", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("meeting") as meeting:
        for column in ("was_kind", "notice_days", "with_whom", "link"):
            meeting.drop_column(column)
