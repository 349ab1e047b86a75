"""Whose account a member's is, and the accounts of other organisations that coordinators are asked about.

Everybody who is known so far is taken to be of the workspace itself.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
works_with = "0001"

COLUMNS = {"organisation": 64, "outsider": 255, "outsider_answer": 64}


def upgrade() -> None:
    """Forward."""
    for name, length in COLUMNS.items():
        op.add_column("member", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("member") as member:
        for name in reversed(COLUMNS):
            member.drop_column(name)
