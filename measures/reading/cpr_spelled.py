"""CPR numbers written in ways that need more than digits with something short between: words, masks, single digits."""

from __future__ import annotations

import re

DASHES = "–—‐‑−-"
DAY = r"(?P<day>\d\d)(?P<month>\d\d)\d\d"
MASKED = re.compile(rf"(?<!\d){DAY}[\s/._{DASHES}]{{0,3}}(?:[xX]{{4}}|\*{{4}}|•{{4}})")
"""Masked by hand: 251248-xxxx."""
PARTLY_MASKED = re.compile(rf"(?<!\d){DAY}\s?[{DASHES}]\s?(?=\d{{0,3}}[xX*•?_])[\dxX*•?_]{{4}}(?![^\W_])")
"""The day is enough, whatever hides the rest: 251248-49xx, 251248-____."""
REPLACED = re.compile(rf"(?<![A-Za-z\d]){DAY}[\s/._{DASHES}]{{0,3}}\d[A-Za-z]{{2}}\d(?![A-Za-z\d])")
"""A replacement number for people without one: 2512484AB6."""
DIGIT_BY_DIGIT = re.compile(rf"(?<![\d.,])\d(?:[ .]\d){{5}} ?[{DASHES}]? ?\d(?:[ .]\d){{3}}(?![\d.,])")
"""As they are dictated."""
NAMED_MONTH = re.compile(
    r"(?<!\d)(?P<day>\d\d?)\.? ?(?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)[a-z]{0,6}\.? ?"
    rf"(?P<year>(?:18|19|20)?\d\d)\s?[\s,.{DASHES}]\s?\d{{4}}(?!\d)",
    re.IGNORECASE,
)
LABEL = r"\b(?:cpr[a-z]{0,6}|personn(?:r|ummer)|pt|patient|født|f)\b"
ENDING = r"(?:sidste|løbe|kontrol|endende|last|four)"
LAST_FOUR = re.compile(
    rf"(?<!\d){DAY}\W{{0,3}}(?:(?:og|så|de|med|the|last) ){{0,3}}"
    rf"{ENDING}[a-zæøå]{{0,9}}"
    r"\W{0,3}(?:(?:fire|4|four|er|cifre|nr|digits)\b\W{0,3}){0,3}\d{4}(?!\d)",
    re.IGNORECASE,
)
"""The rest is announced in words: "251248, de sidste fire er 4916"."""
LABELLED = re.compile(
    rf"{LABEL}[^\w\n]{{0,4}}(?:(?:nr|nummer|d)\b[^\w\n]{{0,4}})?"
    rf"{DAY}[^\w\n]{{1,6}}\d{{4}}(?!\d)",
    re.IGNORECASE,
)
"""Told to be a person's, so that anything wordless may stand between: "cpr 251248 (4916)"."""
DASHED = re.compile(rf"(?<!\d){DAY}(?:[\t;|]\s?[{DASHES}]\s?[\t;|]?|\s?[{DASHES}]\s?[\t;|])\d{{4}}(?!\d)")
"""A dash at the seam of two columns."""
TOLD = re.compile(rf"{LABEL}|{ENDING}", re.IGNORECASE)
"""The words without which a number is neither labelled nor announced; both go on over a seam of any kind."""
TAG = re.compile(r"</?[A-Za-z][^<>]{0,60}>")
JOINED = re.compile(r"\"\s?&\s?\"")
"""What puts pieces of text together in a formula."""
LATE_YEARS = range(2015, 2040)


def places(text: str) -> list[tuple[int, int, str, str]]:
    """Where such writings stand, each with its day and month as digits, still to be judged."""
    found = [
        (*match.span(), match["day"], match["month"])
        for shape in (MASKED, PARTLY_MASKED, REPLACED, LAST_FOUR, LABELLED, DASHED)
        for match in shape.finditer(text)
    ]
    for match in DIGIT_BY_DIGIT.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        found.append((*match.span(), digits[:2], digits[2:4]))
    for match in NAMED_MONTH.finditer(text):
        if int(match["year"]) not in LATE_YEARS:
            found.append((*match.span(), match["day"], "01"))
    return found


def is_told(text: str) -> bool:
    """Whether a word tells of a number that may be in several pieces."""
    words = re.sub(r"[\d\W]+", " ", text)
    return TOLD.search(words) is not None and any(shape.search(text) for shape in (LAST_FOUR, LABELLED))


def put_together(text: str) -> list[str]:
    """The text as it is read when marks of formatting and of joining are left out."""
    readings = []
    if "<" in text and ">" in text:
        readings.append(TAG.sub("", text))
    if '"' in text and "&" in text:
        readings.append(JOINED.sub("", text))
    return readings
