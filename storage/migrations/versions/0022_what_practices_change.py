"""What practices say that they will change; nobody has been asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "commitment",
        sa.Column("id", Id, nullable=False),
        sa.Column("cluster_id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("practice_id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=True),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("asked_by", Id, nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("pick", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("who_id", Id, nullable=True),
        sa.Column("in_weeks", Id, nullable=True),
        sa.Column("barrier", sa.String(length=64), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("looked_at", Moment(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_commitment_{column}_{table}"))
            for column, table in (
                ("cluster_id", "cluster"),
                ("meeting_id", "meeting"),
                ("practice_id", "practice"),
                ("round_id", "round"),
                ("asked_by", "member"),
                ("who_id", "member"),
                ("member_id", "member"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("meeting_id", "practice_id", name=op.f("uq_commitment_meeting_id_practice_id")),
    )
    for column in ("cluster_id", "practice_id", "round_id", "member_id"):
        op.create_index(op.f(f"ix_commitment_{column}"), "commitment", [column])
    op.create_table(
        "commitment_count",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("practices", Id, nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("counted_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_commitment_count_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_commitment_count_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_count")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_commitment_count_meeting_id")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("commitment_count")
    op.drop_table("commitment")
