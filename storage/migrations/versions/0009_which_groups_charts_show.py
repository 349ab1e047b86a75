"""In which groups a release shows the cluster's parts and answers, the same for everybody.

Only adds: processes of the version before keep running beside it. What they freeze meanwhile has no groups, and shows
each practice its own parts and answers alone.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.add_column("release", sa.Column("groups", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("release") as release:
        release.drop_column("groups")
