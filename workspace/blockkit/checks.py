"""Small checks for Block Kit payloads that collect every problem with the place it is at, as Slack words them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

ID_LIMIT = 255


class Checks:
    """Collects problems; each method returns nothing and adds what is wrong."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def add(self, what: str, path: str) -> None:
        self.problems.append(f"{what} [json-pointer:{path}]")

    def short(self, value: Any, limit: int, path: str, *, needed: bool = False) -> None:
        """A string of at most `limit` characters; when `needed`, of at least one."""
        if value is None:
            if needed:
                self.add("missing required field", path)
        elif not isinstance(value, str):
            self.add("must provide a string", path)
        elif len(value) > limit:
            self.add(f"must be less than {limit + 1} characters", path)
        elif needed and not value:
            self.add("must be more than 0 characters", path)

    def count(self, value: Any, low: int, high: int, path: str) -> list[Any]:
        """A list with `low` to `high` entries; returns it (empty when it is none)."""
        if not isinstance(value, list):
            self.add("must provide an array", path)
            return []
        if len(value) < low:
            self.add(f"no fewer than {low} items allowed", path)
        elif len(value) > high:
            self.add(f"no more than {high} items allowed", path)
        return value

    def text(self, value: Any, limit: int, path: str, *, plain: bool = False, needed: bool = True) -> None:
        """A text object; `plain` allows plain_text only."""
        if value is None:
            if needed:
                self.add("missing required field", path)
            return
        if not isinstance(value, dict):
            self.add("must provide an object", path)
            return
        allowed = {"plain_text"} if plain else {"plain_text", "mrkdwn"}
        if value.get("type") not in allowed:
            self.add(f"must be one of {sorted(allowed)}", f"{path}/type")
        self.short(value.get("text"), limit, f"{path}/text", needed=True)

    def unique(self, values: Iterable[str | None], what: str, path: str) -> None:
        """No id may stand twice."""
        given = [value for value in values if value]
        for twice in sorted({value for value in given if given.count(value) > 1}):
            self.add(f"{what} '{twice}' already exists", path)

    def integer(self, value: Any, low: int, high: int, path: str) -> None:
        if value is None:
            return
        if not isinstance(value, int) or isinstance(value, bool):
            self.add("must provide a number", path)
        elif not low <= value <= high:
            self.add(f"must be between {low} and {high}", path)

    def ids(self, holder: dict[str, Any], path: str, *names: str) -> None:
        """action_id and block_id: at most 255 characters."""
        for name in names:
            if name in holder:
                self.short(holder[name], ID_LIMIT, f"{path}/{name}", needed=True)
