"""A round can wait for a practice that looks at its numbers once more; nothing of it is left when it is over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
works_with = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.add_column("round", sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "second_look",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("round_id", NUMBER, nullable=False),
        sa.Column("practice_id", NUMBER, nullable=False),
        sa.Column("submission_id", NUMBER, nullable=False),
        sa.Column("measure_id", sa.String(length=64), nullable=False),
        sa.Column("right_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_second_look_practice_id_practice")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_second_look_round_id_round")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_second_look_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_look")),
        sa.UniqueConstraint(
            "round_id", "practice_id", "measure_id", name=op.f("uq_second_look_round_id_practice_id_measure_id")
        ),
    )
    op.create_index(op.f("ix_second_look_practice_id"), "second_look", ["practice_id"], unique=False)
    op.create_index(op.f("ix_second_look_submission_id"), "second_look", ["submission_id"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_index(op.f("ix_second_look_submission_id"), table_name="second_look")
    op.drop_index(op.f("ix_second_look_practice_id"), table_name="second_look")
    op.drop_table("second_look")
    op.drop_column("round", "held_until")
