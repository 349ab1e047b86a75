"""Who was asked, and what was answered, with nothing that leads from one to the other.

An answer has no row, no time and no person: it is counted. PostgreSQL keeps rows, and dumps them, in the order in which
they were written, whatever their numbers: answers in rows would stand in the order of who answered. The tables know the
program's own, so that keys to members are keys to members.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, String, Table

from storage.tables.base import Base
from storage.tables.types import Id, Moment

TABLES = MetaData(naming_convention=Base.metadata.naming_convention)
for own in Base.metadata.sorted_tables:
    own.to_metadata(TABLES)

EVALUATION = Table(
    "evaluation",
    TABLES,
    Column("id", Id, primary_key=True),
    Column("cluster_id", Id, ForeignKey("cluster.id")),
    Column("asked_by", Id, ForeignKey("member.id")),
    Column("asked_at", Moment),
    Column("state", String(16), default="open"),
)
ASKED = Table(
    "evaluation_asked",
    TABLES,
    Column("evaluation_id", Id, ForeignKey("evaluation.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Column("answered", Boolean, default=False),
)
COUNT = Table(
    "evaluation_count",
    TABLES,
    Column("evaluation_id", Id, ForeignKey("evaluation.id"), primary_key=True),
    Column("score", Integer, primary_key=True, autoincrement=False),
    Column("given", Integer, default=0),
)
OWN = (EVALUATION, ASKED, COUNT)
