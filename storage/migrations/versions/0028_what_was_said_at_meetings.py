"""Minutes of meetings, and each version of them that was sent; there are none yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None
works_with = "0001"

WRITTEN = ("points", "practices", "shared")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "minutes",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("taker_id", Id, nullable=True),
        sa.Column("asked_by", Id, nullable=True),
        sa.Column("asked_at", Moment(), nullable=True),
        *(sa.Column(name, sa.String(length=3000), nullable=False) for name in WRITTEN),
        sa.Column("sequence", Id, nullable=False),
        sa.Column("written_by", Id, nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_meeting_id_meeting")),
        *(
            sa.ForeignKeyConstraint([column], ["member.id"], name=op.f(f"fk_minutes_{column}_member"))
            for column in ("taker_id", "asked_by", "written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_minutes_meeting_id")),
    )
    op.create_index(op.f("ix_minutes_taker_id"), "minutes", ["taker_id"])
    op.create_table(
        "minutes_version",
        sa.Column("id", Id, nullable=False),
        sa.Column("minutes_id", Id, nullable=False),
        sa.Column("number", Id, nullable=False),
        sa.Column("sequence", Id, nullable=False),
        *(sa.Column(name, sa.String(length=3000), nullable=False) for name in WRITTEN),
        sa.Column("sent_by", Id, nullable=True),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_version_minutes_id_minutes")),
        sa.ForeignKeyConstraint(["sent_by"], ["member.id"], name=op.f("fk_minutes_version_sent_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_version")),
        sa.UniqueConstraint("minutes_id", "number", name=op.f("uq_minutes_version_minutes_id_number")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("minutes_version")
    op.drop_table("minutes")
