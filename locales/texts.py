"""One object for everything that is written to a person: sentences, plurals, numbers, days and times.

English sentences in the code are the message ids; ``locales/da/*.po`` holds the Danish. Each room has its
own (``meetings.po``; ``measures.deck.po`` of another floor; ``core.po`` for what handlers share); they are read once.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("da", "en")
DEFAULT_LANGUAGE = "da"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_REGIONS = {"da": "da_DK", "en": "en_GB"}
_HERE = Path(__file__).parent

_Catalogue = dict[str, tuple[str, ...]]


def N_(msgid: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark a sentence for translation where it is only named, not yet said."""
    return msgid


@cache
def _catalogue(language: str) -> _Catalogue:
    merged: _Catalogue = {}
    for path in sorted((_HERE / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if not message.id or message.fuzzy:
                    continue
                msgid = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
                forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
                if all(forms):
                    merged[msgid] = tuple(str(form) for form in forms)
    return merged


class Texts:
    """The words of one language. Missing sentences fall back to English rather than to nothing."""

    def __init__(self, language: str = DEFAULT_LANGUAGE) -> None:
        self.lang = language if language in LANGUAGES else DEFAULT_LANGUAGE
        self._region = _REGIONS[self.lang]
        self._catalogue: _Catalogue = {} if self.lang == "en" else _catalogue(self.lang)

    def __call__(self, msgid: str, /, **params: object) -> str:
        """The sentence in this language with its ``{named}`` places filled."""
        said = self._catalogue.get(msgid, (msgid,))[0]
        return said.format(**params) if params else said

    def n(self, singular: str, plural: str, n: int, /, **params: object) -> str:
        """The sentence that fits the count; ``{n}`` is filled with the number as it is written here."""
        one, many = self._catalogue.get(singular, (singular, plural))[:2]
        return (one if n == 1 else many).format(n=self.number(n), **params)

    def number(self, value: float, decimals: int = 0) -> str:
        """``1.234,5`` in Danish, ``1,234.5`` in English."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(value, format=pattern, locale=self._region)

    def given(self, value: float) -> str:
        """A number as somebody gave it, with the decimals that it has, up to six: ``3,92`` and ``1.234``."""
        return format_decimal(value, format="#,##0.######", locale=self._region)

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share of one as per cent: 0.42 is ``42 %`` in Danish, ``42%`` in English."""
        sign = " %" if self.lang == "da" else "%"
        return self.number(share * 100, decimals) + sign

    def date(self, day: dt.date) -> str:
        """``7. maj 2026``."""
        return format_date(day, "d. MMMM y" if self.lang == "da" else "d MMMM y", locale=self._region)

    def month(self, day: dt.date) -> str:
        """``maj 2026``, shortened where the name is long: ``feb. 2026``."""
        return format_date(day, "MMM y", locale=self._region)

    def day(self, day: dt.date) -> str:
        """With its weekday: ``torsdag den 7. maj``."""
        if self.lang == "da":
            return format_date(day, "EEEE 'den' d. MMMM", locale=self._region)
        return format_date(day, "EEEE d MMMM", locale=self._region)

    def time(self, moment: dt.datetime) -> str:
        """The time of day in Copenhagen: ``16.30`` in Danish, ``16:30`` in English."""
        local = moment.astimezone(COPENHAGEN)
        return format_time(local, "HH.mm" if self.lang == "da" else "HH:mm", locale=self._region)

    def moment(self, moment: dt.datetime) -> str:
        """Day and time in Copenhagen: ``torsdag den 7. maj kl. 16.30``."""
        local = moment.astimezone(COPENHAGEN)
        joint = " kl. " if self.lang == "da" else " at "
        return self.day(local.date()) + joint + self.time(moment)

    def listing(self, parts: list[str]) -> str:
        """``a, b og c``."""
        if len(parts) < 2:
            return "".join(parts)
        joint = " og " if self.lang == "da" else " and "
        return ", ".join(parts[:-1]) + joint + parts[-1]


@cache
def texts_for(language: str) -> Texts:
    """The shared, unchanging texts of a language."""
    return Texts(language)
