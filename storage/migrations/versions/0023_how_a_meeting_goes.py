"""Who chairs a meeting and which point it is at, and what was parked; nothing yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "sitting",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("chair_id", Id, nullable=True),
        sa.Column("begun_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("item_id", Id, nullable=True),
        sa.Column("item_since", Moment(), nullable=True),
        sa.Column("item_minutes", Id, nullable=False),
        sa.Column("timer_until", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_sitting_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["chair_id"], ["member.id"], name=op.f("fk_sitting_chair_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_sitting_meeting_id")),
    )
    op.create_table(
        "parked",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("noted_by", Id, nullable=True),
        sa.Column("noted_at", Moment(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_parked_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["noted_by"], ["member.id"], name=op.f("fk_parked_noted_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked")),
    )
    op.create_index(op.f("ix_parked_meeting_id"), "parked", ["meeting_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("parked")
    op.drop_table("sitting")
