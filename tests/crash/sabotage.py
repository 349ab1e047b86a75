"""Takes one protection away, to see that the trials notice. Not in the program: the database forgets what it protects.

Triggers, so that every process meets the same forgetfulness and no flag for it stands in the product.
"""

from __future__ import annotations

AFTER = {
    "lease": [("outbox", "UPDATE OF leased_until", "leased_until = NULL", "NEW.leased_until IS NOT NULL")],
    "key": [
        ("outbox", "INSERT", "key = key || ':' || id", ""),
        ("inbox", "INSERT", "source_id = source_id || ':' || id", ""),
    ],
    "reconciliation": [("outbox", "UPDATE OF attempts", "token = token || 'x', file_ids = '[]'", "")],
}
"""Without a lease anybody takes what somebody works on; without keys the same thing is kept as often as it is told;
without the token and the ids of files nobody finds in Slack what an earlier try has left there."""


def without(what: str, *, is_sqlite: bool) -> list[str]:
    """SQL that makes a fresh database forget."""
    make = _sqlite if is_sqlite else _postgresql
    return [statement for number, rule in enumerate(AFTER[what]) for statement in make(f"forget_{number}", *rule)]


def _sqlite(name: str, table: str, when: str, change: str, condition: str) -> list[str]:
    only = f" WHEN {condition}" if condition else ""
    doing = f"BEGIN {_update(table, change)} END"
    return [f"CREATE TRIGGER {name} AFTER {when} ON {table}{only} {doing}"]


def _postgresql(name: str, table: str, when: str, change: str, condition: str) -> list[str]:
    doing = f"BEGIN {_update(table, change)} RETURN NULL; END"
    only = f"({condition}) AND " if condition else ""
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {doing} $$",
        f"CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW WHEN ({only}pg_trigger_depth() = 0) "
        f"EXECUTE FUNCTION {name}()",
    ]


def _update(table: str, change: str) -> str:
    return f"UPDATE {table} SET {change} WHERE id = NEW.id;"  # noqa: S608 - our own words, from the table above
