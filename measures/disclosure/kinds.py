"""How many practices chose what, by kind, without telling of one: small kinds stand together."""

from __future__ import annotations

from collections.abc import Mapping

from measures.disclosure.hiding import MIN_HIDDEN

LEAST = 5
"""Practices; of fewer nothing is told."""
TOGETHER = ""
"""The kinds that are told as one."""


def told(chosen: Mapping[str, int]) -> dict[str, int] | None:
    """The counts as they may be told, the kinds too small for it together under ``TOGETHER``; None when nothing may be.

    Whoever is one of a kind still can't tell the others of it apart. Where all would be of one kind, everybody's would
    be known: then only how many they are is told.
    """
    counts = {kind: n for kind, n in chosen.items() if n}
    if sum(counts.values()) < LEAST:
        return None
    shown = {kind: n for kind, n in counts.items() if n >= MIN_HIDDEN}
    hidden = sum(counts.values()) - sum(shown.values())
    while 0 < hidden < MIN_HIDDEN and shown:
        smallest = min(shown, key=lambda kind: (shown[kind], kind))
        hidden += shown.pop(smallest)
    if len(shown) + bool(hidden) < 2:
        return {TOGETHER: sum(counts.values())}
    return shown | ({TOGETHER: hidden} if hidden else {})
