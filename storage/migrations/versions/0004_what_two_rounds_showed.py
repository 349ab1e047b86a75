"""Which measure an agreement is about, and whose numbers a before–after picture was made from.

Only adds: processes of the version before keep running beside it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.add_column("agreement", sa.Column("measure_id", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("release", sa.Column("twice", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("release") as release:
        release.drop_column("twice")
    with op.batch_alter_table("agreement") as agreement:
        agreement.drop_column("measure_id")
