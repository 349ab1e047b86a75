"""Which package a round asks with: the shipped one, or what the cluster brought or adapted for this round."""

from __future__ import annotations

from functools import lru_cache

from measures.packages.package import Package, load, restored
from measures.packages.written import usable
from storage.models import Round


def package_of(round_: Round) -> Package:
    """The package of a round, as it was when the round was begun."""
    return chosen(round_.package_id, round_.package_text)


def chosen(package_id: str, text: str | None) -> Package:
    """A package by its own text when it has one, else the shipped one; KeyError when there is none of that name."""
    return _own(text) if text else load(package_id)


@lru_cache(maxsize=256)
def _own(text: str) -> Package:
    return usable(restored(text))
