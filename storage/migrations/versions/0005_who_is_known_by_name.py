"""Which practices charts have named, and how long a consent lasts.

Only adds: processes of the version before keep running beside it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "naming",
        sa.Column("id", Id, nullable=False),
        sa.Column("measure_id", sa.String(length=64), nullable=False),
        sa.Column("practice_id", Id, sa.ForeignKey("practice.id"), nullable=False),
        sa.Column("release_id", Id, sa.ForeignKey("release.id"), nullable=False),
        sa.Column("until_id", Id, sa.ForeignKey("release.id"), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_naming")),
    )
    op.create_index(op.f("ix_naming_practice_id"), "naming", ["practice_id"])
    op.create_index(op.f("ix_naming_release_id"), "naming", ["release_id"])
    op.add_column("rules", sa.Column("consent_months", Id, nullable=False, server_default="0"))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("rules") as rules:
        rules.drop_column("consent_months")
    op.drop_table("naming")
