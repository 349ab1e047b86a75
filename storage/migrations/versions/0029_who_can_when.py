"""Date polls, their dates and what was said to each; there has been none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "poll",
        sa.Column("id", Id, nullable=False),
        sa.Column("cluster_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("food", sa.Boolean(), nullable=False),
        sa.Column("answer_by", Moment(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("sequence", Id, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by", Id, nullable=True),
        sa.Column("meeting_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_poll_cluster_id_cluster")),
        sa.ForeignKeyConstraint(["created_by"], ["member.id"], name=op.f("fk_poll_created_by_member")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_poll_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
    )
    op.create_index(op.f("ix_poll_cluster_id"), "poll", ["cluster_id"])
    op.create_table(
        "poll_date",
        sa.Column("id", Id, nullable=False),
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_date_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_date")),
    )
    op.create_index(op.f("ix_poll_date_poll_id"), "poll_date", ["poll_id"])
    op.create_table(
        "poll_answer",
        sa.Column("id", Id, nullable=False),
        sa.Column("poll_date_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("suits", sa.String(length=64), nullable=False),
        sa.Column("answered_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["poll_date_id"], ["poll_date.id"], name=op.f("fk_poll_answer_poll_date_id_poll_date")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_poll_answer_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_answer")),
        sa.UniqueConstraint("poll_date_id", "member_id", name=op.f("uq_poll_answer_poll_date_id_member_id")),
    )
    op.create_index(op.f("ix_poll_answer_member_id"), "poll_answer", ["member_id"])
    op.add_column("invitation", sa.Column("from_poll", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("invitation") as invitation:
        invitation.drop_column("from_poll")
    for table in ("poll_answer", "poll_date", "poll"):
        op.drop_table(table)
