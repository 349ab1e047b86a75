"""Slack in, sentences out. Every feature stands in one table, ``TABLE`` (``handlers/table.py``).

The table loads all features, so it is loaded when it is first asked for: a module that only needs the vocabulary
(``handlers.feature``, ``handlers.turn``) doesn't pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.feature import FeatureTable
    from handlers.table import TABLE

__all__ = ["TABLE"]


def __getattr__(name: str) -> FeatureTable:
    if name != "TABLE":
        raise AttributeError(name)
    from handlers import table

    return table.TABLE
