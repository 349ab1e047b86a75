"""A member's own calendar fetches the member's meetings from an address; of it a fingerprint is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward. Nobody has an address."""
    op.create_table(
        "calendar_feed",
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_calendar_feed_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("member_id", name=op.f("uq_calendar_feed_member_id")),
        sa.UniqueConstraint("key", name=op.f("uq_calendar_feed_key")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("calendar_feed")
