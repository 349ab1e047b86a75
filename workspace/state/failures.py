"""Failures on command: the next calls of a method fail the way the tester asked for."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from workspace.state.errors import Json, SlackError

WIRE = ("upload", "download", "response_url")  # not methods, but they fail like them


@dataclass
class Failure:
    """One rule; `times` counts down and the rule is gone at 0."""

    id: int
    method: str
    error: str | None = None
    status: int | None = None
    retry_after: int | None = None
    delay: float = 0.0
    reset: bool = False  # cut the connection without an answer
    torn: bool = False  # cut it in the middle of the answer
    page: bool = False  # a gateway's HTML page instead of JSON; HTTP 200 unless a status is given
    redirect: str | None = None  # downloads: "slack", "foreign" or a URL
    login: bool = False  # downloads: the HTML login page with HTTP 200
    when: str = "before"  # "after": the call is honoured, then the answer is lost
    times: int = 1
    chance: float = 1.0  # of striking, each time the method is called


class Failures:
    """The rules in force, in the order they were given."""

    def __init__(self, told: Callable[[], None] = lambda: None, seed: int = 1) -> None:
        self._told = told
        self._random = random.Random(seed)
        self._rules: list[Failure] = []
        self._count = 0

    def add(self, wanted: Json) -> Failure:
        """A rule from the desk's words; refuses words it does not know."""
        known = set(Failure.__dataclass_fields__) - {"id"}
        unknown = set(wanted) - known
        if unknown or not isinstance(wanted.get("method"), str):
            raise SlackError("bad_failure", detail=", ".join(sorted(unknown)) or "method")
        if wanted.get("when", "before") not in {"before", "after"}:
            raise SlackError("bad_failure", detail="when")
        self._count += 1
        rule = Failure(self._count, **wanted)
        self._rules.append(rule)
        return rule

    def take(self, method: str) -> Failure | None:
        """The rule that strikes this call, one use of it spent."""
        for rule in self._rules:
            if rule.method == method or (rule.method == "*" and method not in WIRE):
                if rule.chance < 1 and self._random.random() >= rule.chance:
                    continue
                rule.times -= 1
                if rule.times <= 0:
                    self._rules.remove(rule)
                self._told()
                return rule
        return None

    def clear(self) -> None:
        self._rules.clear()

    def shape(self) -> list[dict[str, Any]]:
        return [asdict(rule) for rule in self._rules]
