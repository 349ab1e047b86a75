"""Groups of meetings, what they wrote, and teams that stay together; none yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "seating",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("size", Id, nullable=False),
        sa.Column("turn", Id, nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", Id, nullable=True),
        sa.Column("shown_turn", Id, nullable=True),
        sa.Column("questions", sa.String(length=2000), nullable=False),
        sa.Column("minutes", Id, nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_seating_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name=op.f("fk_seating_made_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seating")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_seating_meeting_id")),
    )
    op.create_table(
        "seat",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("number", Id, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_seat_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_seat_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("meeting_id", "member_id", name=op.f("uq_seat_meeting_id_member_id")),
    )
    op.create_index(op.f("ix_seat_member_id"), "seat", ["member_id"])
    op.create_table(
        "group_note",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("number", Id, nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("noted_by", Id, nullable=True),
        sa.Column("noted_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_group_note_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["noted_by"], ["member.id"], name=op.f("fk_group_note_noted_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_note")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_group_note_meeting_id_number")),
    )
    op.create_table(
        "team",
        sa.Column("id", Id, nullable=False),
        sa.Column("cluster_id", Id, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_team_cluster_id_cluster")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
    )
    op.create_index(op.f("ix_team_cluster_id"), "team", ["cluster_id"])
    op.create_table(
        "team_member",
        sa.Column("id", Id, nullable=False),
        sa.Column("team_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_member_team_id_team")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_team_member_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
        sa.UniqueConstraint("team_id", "member_id", name=op.f("uq_team_member_team_id_member_id")),
    )
    op.create_index(op.f("ix_team_member_member_id"), "team_member", ["member_id"])


def downgrade() -> None:
    """Back."""
    for table in ("team_member", "team", "group_note", "seat", "seating"):
        op.drop_table(table)
