"""What this package asks of a translator, and small helpers for words that packages bring in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

Words = Mapping[str, str]
"""The same words in each language: `{"da": …, "en": …}`."""


class Texts(Protocol):
    """A translator bound to one language; the real one lives outside and is passed in."""

    @property
    def lang(self) -> str: ...

    def __call__(self, msgid: str, /, **params: object) -> str: ...

    def n(self, singular: str, plural: str, n: int, /, **params: object) -> str: ...

    def number(self, value: float, decimals: int = 0) -> str: ...

    def given(self, value: float) -> str: ...

    def percent(self, share: float, decimals: int = 0) -> str: ...

    def date(self, day: date) -> str: ...


def N_(message: str) -> str:  # noqa: N802 - the customary gettext mark
    """Mark a message for the catalogue without translating it yet."""
    return message


def choose(words: Words, lang: str) -> str:
    """The words in the language asked for, else Danish, else whatever is there."""
    return words.get(lang) or words.get("da") or next(iter(words.values()), "")
