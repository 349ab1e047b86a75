"""Who is confirmed in a practice, and by whom; which titles may consent for one.

Who has confirmed the welcome stays confirmed: `confirmed_at` says so from now on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.add_column("member", sa.Column("place", sa.String(length=64), nullable=False, server_default=""))
    _add_reference("placed_by")
    _add_reference("confirmed_by")
    op.add_column("rules", sa.Column("more_titles", sa.String(length=255), nullable=False, server_default=""))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("rules") as rules:
        rules.drop_column("more_titles")
    with op.batch_alter_table("member") as member:
        for column in ("confirmed_by", "placed_by"):
            member.drop_column(column)
        member.drop_column("place")


def _add_reference(column: str) -> None:
    """A column that may refer to a member: said as SQL, as SQLite takes a reference only together with its column."""
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    name = op.f(f"fk_member_{column}_member")
    op.execute(f"ALTER TABLE member ADD COLUMN {column} {kind} CONSTRAINT {name} REFERENCES member (id)")
