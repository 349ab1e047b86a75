"""Own packages, confirmed headings and names, measuring again, consents that end, and what replicas share.

Only adds: processes of the version before keep running beside it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
works_with = "0001"

TABLES = ("agreement", "allowance", "chore", "collected", "heading", "own_package", "practice_alias")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "agreement",
        sa.Column("id", Id, nullable=False),
        _to("cluster"),
        _to("round"),
        sa.Column("text", sa.String(length=500), nullable=False),
        _by("decided_by"),
        sa.Column("decided_at", Moment, nullable=False),
        sa.Column("measure_again_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_cluster_id"), "agreement", ["cluster_id"])
    op.create_index(op.f("ix_agreement_round_id"), "agreement", ["round_id"])
    op.create_table(
        "allowance",
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("tokens", sa.Double(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("blocked_until", Moment, nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_allowance")),
    )
    op.create_table(
        "chore",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("last_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chore")),
    )
    op.create_table(
        "collected",
        sa.Column("id", Id, nullable=False),
        _to("cluster"),
        _to("round"),
        _by("member_id"),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("settled_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collected")),
    )
    op.create_index(op.f("ix_collected_cluster_id"), "collected", ["cluster_id"])
    op.create_index(op.f("ix_collected_round_id"), "collected", ["round_id"])
    op.create_table(
        "heading",
        sa.Column("id", Id, nullable=False),
        _to("practice"),
        sa.Column("package_id", sa.String(length=64), nullable=False),
        sa.Column("heading", sa.String(length=255), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        _by("confirmed_by"),
        sa.Column("confirmed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heading")),
        sa.UniqueConstraint(
            "practice_id", "package_id", "heading", name=op.f("uq_heading_practice_id_package_id_heading")
        ),
    )
    op.create_table(
        "own_package",
        sa.Column("id", Id, nullable=False),
        _to("cluster"),
        sa.Column("package_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _by("created_by"),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("retired_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_package")),
        sa.UniqueConstraint(
            "cluster_id", "package_id", "version", name=op.f("uq_own_package_cluster_id_package_id_version")
        ),
    )
    op.create_table(
        "practice_alias",
        sa.Column("id", Id, nullable=False),
        _to("cluster"),
        sa.Column("alias", sa.String(length=255), nullable=False),
        _to("practice"),
        _by("confirmed_by"),
        sa.Column("confirmed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_alias")),
        sa.UniqueConstraint("cluster_id", "alias", name=op.f("uq_practice_alias_cluster_id_alias")),
    )
    op.create_index(op.f("ix_practice_alias_practice_id"), "practice_alias", ["practice_id"])
    op.add_column("round", sa.Column("package_text", sa.Text(), nullable=True))
    _add_reference("round", "follows_id", "round")
    op.create_index(op.f("ix_round_follows_id"), "round", ["follows_id"])
    op.add_column("consent", sa.Column("expires_at", Moment, nullable=True))
    _add_reference("consent", "round_id", "round")


def downgrade() -> None:
    """Back to the first tables."""
    with op.batch_alter_table("consent") as consent:
        consent.drop_column("round_id")
        consent.drop_column("expires_at")
    op.drop_index(op.f("ix_round_follows_id"), "round")
    with op.batch_alter_table("round") as round_:
        round_.drop_column("follows_id")
        round_.drop_column("package_text")
    for table in TABLES:
        op.drop_table(table)


def _to(table: str) -> sa.Column[int]:
    """A needed reference; its constraint is named by the convention of `storage.tables.base`."""
    return sa.Column(f"{table}_id", Id, sa.ForeignKey(f"{table}.id"), nullable=False)


def _by(name: str) -> sa.Column[int]:
    return sa.Column(name, Id, sa.ForeignKey("member.id"), nullable=True)


def _add_reference(table: str, column: str, target: str) -> None:
    """A column that may refer to a row: said as SQL, as SQLite takes a reference only together with its column."""
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    name = op.f(f"fk_{table}_{column}_{target}")
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} CONSTRAINT {name} REFERENCES {target} (id)")
