"""The languages that a command can answer in."""

from __future__ import annotations

from enum import StrEnum


class Lang(StrEnum):
    """Danish unless English is asked for."""

    DA = "da"
    EN = "en"
