"""Whether somebody eats with us and what they cannot eat; nobody has said so far."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.add_column("invitation", sa.Column("eats", sa.Boolean(), nullable=True))
    op.add_column("invitation", sa.Column("diet", sa.String(length=120), nullable=False, server_default=""))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("invitation") as invitation:
        invitation.drop_column("diet")
        invitation.drop_column("eats")
