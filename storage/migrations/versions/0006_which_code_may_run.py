"""The database says which older code may go on beside the newest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "compatibility",
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("works_with", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_compatibility")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("compatibility")
