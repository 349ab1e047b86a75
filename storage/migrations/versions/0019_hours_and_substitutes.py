"""A member's own hours for reminders, and who answers for the practice meanwhile; nobody has chosen any."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.add_column("member", sa.Column("reminders_from", Id, nullable=True))
    op.add_column("member", sa.Column("reminders_to", Id, nullable=True))
    _add_reference("member", "substitute_id")
    _add_reference("assignment", "instead_of_id")


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("assignment") as assignment:
        assignment.drop_column("instead_of_id")
    with op.batch_alter_table("member") as member:
        for column in ("substitute_id", "reminders_to", "reminders_from"):
            member.drop_column(column)


def _add_reference(table: str, column: str) -> None:
    """A column that may refer to a member: said as SQL, as SQLite takes a reference only together with its column."""
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    name = op.f(f"fk_{table}_{column}_member")
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} CONSTRAINT {name} REFERENCES member (id)")
