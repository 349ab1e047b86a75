"""What a story that was played leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

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
