"""Recognising headings: the columns that say whose numbers these are, and when and what they count."""

from __future__ import annotations

import re
import unicodedata

YDERNUMMER = {
    "ydernummer",
    "ydernr",
    "yder nr",
    "yder nummer",
    "yder no",
    "yderid",
    "yder id",
    "yder",
    "ydernumre",
    "ydernummeret",
    "vores ydernummer",
    "jeres ydernummer",
    "lægens ydernummer",
    "praksis ydernummer",
    "ydernummer praksis",
    "praksisnummer",
    "praksis nummer",
    "praksisnr",
    "praksis nr",
    "provider number",
    "practice number",
}
PERIOD = {
    "periode",
    "perioder",
    "period",
    "periods",
    "tid",
    "tidspunkt",
    "tidsperiode",
    "tidsrum",
    "time",
    "time period",
    "opgørelse",
    "opgørelsesdag",
    "opgørelsesdato",
    "opgørelsesperiode",
    "opgjort",
    "opgjort pr",
    "dato",
    "dag",
    "date",
    "day",
    "kvartal",
    "quarter",
    "måned",
    "month",
    "year month",
    "år",
    "årstal",
    "årgang",
    "aar",
    "year",
    "financial year",
    "fiscal year",
    "regnskabsår",
    "halvår",
    "half year",
    "tal for",
    "tal fra",
    "data fra",
    "uge",
    "week",
}
BOUNDS = {
    "fra",
    "til",
    "fra dato",
    "til dato",
    "fradato",
    "tildato",
    "start",
    "slut",
    "startdato",
    "slutdato",
    "periode fra",
    "periode til",
    "periodestart",
    "periodeslut",
    "from",
    "to",
    "start date",
    "end date",
}
"""What stands over, or before, the first or the last day of a time."""
PRACTICE = {
    "praksis",
    "praksisnavn",
    "navn på praksis",
    "klinik",
    "kliniknavn",
    "lægehus",
    "lægepraksis",
    "lægeklinik",
    "ydernavn",
    "practice",
    "practice name",
    "clinic",
}
TOTALS = {
    "i alt",
    "ialt",
    "total",
    "totalt",
    "hovedtotal",
    "grand total",
    "subtotal",
    "sum",
    "samlet",
    "hele klyngen",
    "klyngen",
    "klynge",
    "regionen",
    "hele landet",
    "landet",
    "danmark",
    "gennemsnit",
    "snit",
    "klyngegennemsnit",
    "regionsgennemsnit",
    "landsgennemsnit",
    "median",
    "average",
    "mean",
    "all",
    "alle",
}
SUMS = {"i alt", "ialt", "total", "totalt", "hovedtotal", "grand total", "subtotal", "sum", "samlet", "all", "alle"}
"""Of TOTALS, those that can be the practice's own numbers added up."""
TIME_OF = re.compile(
    r"[a-z]{3,20}(?:aar|aarstal|aargang|periode|kvartal|maaned|dato)|[a-z]{3,12} (?:year|period|quarter|month|date)"
)
"""A word of time with what it is the time of: "opgørelsesår", "dataperiode", "reporting year"."""
OTHER_TIME_WORDS = """
foed udskr udskrift print opret start slut etabl tiltraed aftraed udloeb ophoer frist svar tilmeld til fra indsend
patient person leve birth founding created closing end due
"""
OTHER_TIMES = tuple(OTHER_TIME_WORDS.split())
"""How those begin that are the time of something else than the numbers."""
SUM_STARTS = ("i alt ", "ialt ", "total ", "sum ", "samlet ")
TOTAL_STARTS = ("i alt ", "ialt ", "total ", "sum ", "gennemsnit ", "hele ", "region ", "samlet ")
PERSONAL = {
    "cpr",
    "cprnr",
    "cpr nr",
    "cpr nummer",
    "cprnummer",
    "personnummer",
    "personnr",
    "pnr",
    "fødselsdato",
    "fødselsdag",
    "født",
    "patientnavn",
    "patient navn",
    "patientens navn",
    "fornavn",
    "efternavn",
    "fulde navn",
    "date of birth",
    "patient name",
    "first name",
    "last name",
}
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})

UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"))
"""Soft hyphens, blanks of no width and marks of direction: they come with what is copied, and nobody sees them."""

SOFT_RANGE = re.compile("(?<=\\d)\u00ad(?=\\d)")
"""Statistics offices write `65-69` with a soft hyphen."""


def normal(text: object) -> str:
    """A heading without what people vary: case, spaces, marks, and æøå against ae, oe and aa."""
    seen = SOFT_RANGE.sub("-", str(text)).translate(UNSEEN)
    composed = unicodedata.normalize("NFC", seen).casefold().translate(LETTERS)
    return re.sub(r"[^0-9a-z%‰<>]+", " ", composed).strip()


def _plain(names: set[str]) -> frozenset[str]:
    return frozenset(normal(name) for name in names)


_YDERNUMMER, _PERIOD, _BOUNDS, _PRACTICE, _TOTALS, _SUMS, _PERSONAL = map(
    _plain, (YDERNUMMER, PERIOD, BOUNDS, PRACTICE, TOTALS, SUMS, PERSONAL)
)


def is_ydernummer(heading: object) -> bool:
    """Whether the column or line under this heading holds the practice's number."""
    return isinstance(heading, str) and normal(heading) in _YDERNUMMER


def is_period(heading: object) -> bool:
    """Whether this heading announces the time the numbers are from."""
    if not isinstance(heading, str):
        return False
    said = normal(heading)
    return said in _PERIOD or (TIME_OF.fullmatch(said) is not None and not said.startswith(OTHER_TIMES))


def is_bound(heading: object) -> bool:
    """Whether this heading announces the first or the last day of the time that the numbers are from."""
    return isinstance(heading, str) and normal(heading) in _BOUNDS


def is_label(heading: object) -> bool:
    """Whether this says whose or when, whatever stands beside or below it."""
    return is_ydernummer(heading) or is_practice(heading) or is_period(heading) or is_bound(heading)


def is_practice(heading: object) -> bool:
    """Whether the names of practices stand under this heading."""
    return isinstance(heading, str) and normal(heading) in _PRACTICE


def is_plain_heading(wanted: str) -> bool:
    """Whether a normal heading says whose or when, and therefore never a field."""
    return wanted in _YDERNUMMER | _PERIOD | _PRACTICE | _PERSONAL


def is_total(first_cell: object) -> bool:
    """Whether a row is a sum or a mean of the others, or the numbers of a region or the country."""
    if not isinstance(first_cell, str):
        return False
    said = normal(first_cell)
    return said in _TOTALS or said.startswith(TOTAL_STARTS)


def is_sum(label: object) -> bool:
    """Whether a total is a sum that can be the practice's own, rather than a mean or a region's numbers."""
    said = normal(label)
    return said in _SUMS or said.startswith(SUM_STARTS)


def is_personal(heading: object) -> bool:
    """Whether this heading belongs to a list of patients."""
    return isinstance(heading, str) and normal(heading) in _PERSONAL


def read_ydernummer(cell: object) -> str | None:
    """The six-digit number, with the leading zero that spreadsheets eat put back and the letter O read as 0."""
    if isinstance(cell, bool) or cell is None:
        return None
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    text = text.strip().lstrip("'").replace(" ", "").replace("O", "0").replace("o", "0")
    return text.zfill(6) if re.fullmatch(r"\d{1,6}", text) else None


def is_mended(cell: object) -> bool:
    """Whether a ydernummer had to be corrected to be read: its leading zero put back, or the letter O made a zero."""
    return read_ydernummer(cell) is not None and not re.fullmatch(r"\s*'?\d{6}\s*", str(cell))
