"""By what the members of a meeting check in; nothing yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "check_in",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("pin", sa.String(length=8), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("opened_by", Id, nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_check_in_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["opened_by"], ["member.id"], name=op.f("fk_check_in_opened_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_check_in_meeting_id")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("check_in")
