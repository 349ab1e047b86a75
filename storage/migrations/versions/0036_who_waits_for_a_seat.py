"""A meeting may have only so many seats; who comes after them stands in a queue. No meeting has a limit yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.add_column("meeting", sa.Column("seats", Id, nullable=True))
    op.add_column("invitation", sa.Column("queue", Id, nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("invitation") as invitation:
        invitation.drop_column("queue")
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_column("seats")
