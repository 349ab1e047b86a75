"""What a story that was played leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.rehearsal.cast import company

Mode = Literal["socket", "http"]


@dataclass(frozen=True)
class Performance:
    """One story from beginning to end."""

    transcript: str
    differences: list[str]
    charts: dict[str, bytes]
    """File name → picture."""
    seconds: float
    """Of this process's work, whatever else the machine did."""


Played = Callable[..., Performance]
"""``played(cast, mode="http", database_url=…)``."""

FIVE = company(
    [
        {"listed": 3000 + 100 * n, "copd": 101 + 13 * n, "spirometry": 61 + 9 * n, "care_plan": 43 + 5 * n}
        for n in range(5)
    ]
)
"""As few practices as a story can have."""
