"""Numbers that look like a CPR number and are told to be another by what stands around them."""

from __future__ import annotations

import re

NEAR = 40
"""This many characters before and after are looked at."""
BEFORE = re.compile(
    r"(?i)(?:\byder\w*\.?\s*(?:nr\.?|nummer|no\.?)?\s*[:#]?"
    r"|zoom\.us/\w+/|\bzoom\w*|m(?:ø|oe|ee)(?:de|ting)[- ]?(?:id|nr)\.?\s*:?)\s*$"
)
"""A practice's number, or a meeting's on the telephone."""
OF_THINGS = re.compile(
    r"(?i)\b(?:faktura|ordre|konto|bilags?|serie|vare|lot|batch|invoice|order|account|s/?n|serial|item)"
    r"[- ]?(?:nr|no|nummer|number)?\b\.?\s?:?\s?(?:\d{4}\s)?$"
)
"""A number of a bill, an account or a thing; numbers of customers and cases may be a person's and are not here."""
HEX = re.compile(r"(?:0x)?[0-9a-f]*", re.IGNORECASE)
LEAST_HEX = 12
WORD = re.compile(r"\w*")
PRODUCTION_UNIT = re.compile(r"(?i)(?:\bp[-. ]{0,2}(?:nr|no|nummer|enhed)\.?|produktionsenhed\w*)\s*:?\s*$")
"""In front of a number of the business register (P-nummer); these all begin with 100 to 103."""
UNIT = re.compile(
    r"(?i)\s*(?:tilmeldte|sikrede|patienter|pt\.|personer|borgere|stk|kr|dkk|gange|konsultationer|ydelser|rækker|linjer"
    r"|patients|people|listed)\b"
)
PRACTICE = re.compile(r"(?i)læge|praksis|klinik|torvet|lægehus|center|\byder|doctors|clinic|practice")
RECENT = range(2015, 2036)
PERSON = re.compile(r"(?i)\b(?:cpr\w*|pers\w*|pt|pat|patient\w*|født|f|hr|fru)\b")
BESIDE_A_YEAR = frozenset({"_", " ", "/", " - ", " – ", ", "})
CLOCK = re.compile(r"(?:0[6-9]|1\d|2[0-3])(?:00|15|30|45)")


def is_explained(text: str, start: int, end: int, parts: list[str], signs: list[str]) -> bool:
    """Whether the number at this place, in these groups of digits with these signs between, is of another kind.

    Decimals of a longer number, a time stamp, a practice's number beside its list size or a year, a day of counting
    beside a count or a time, a number of the business register.
    """
    before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    if list(map(len, parts)) == [6, 4] and signs[0] in BESIDE_A_YEAR and int(parts[1]) in RECENT:
        return PERSON.search(before) is None  # a practice and a year; two persons in a thousand have such a number
    if len(parts) == 1:
        return _is_part_of_a_number(before, after) or _is_told(before, parts[0]) or _is_hex(before, parts[0], after)
    if len(parts) == 2 and "/" in signs[0] and re.match(r"\s?=\s?\d", after):
        return True  # a share, worked out
    if len(parts) == 2 and len(parts[0]) == 6 and signs[0].strip() != signs[0]:
        return bool(BEFORE.search(before) or UNIT.match(after)) or (
            int(parts[1]) in RECENT and PRACTICE.search(before) is not None
        )
    if len(parts) == 2 and len(parts[0]) == 6:
        return signs[0] in {",", "."} and _is_part_of_a_number(before, after)
    return not signs[-1].strip() and _is_day_of_counting(parts, after)


def is_production_unit(number: str) -> bool:
    """Whether it can be a number of the business register, which a heading must say too."""
    return re.fullmatch(r"\s*10[0-3]\d{7}(?:[.,]0+)?\s*", number) is not None


def _is_part_of_a_number(before: str, after: str) -> bool:
    """Whether it is the decimals of a longer number, or the whole of one with decimals that aren't all zeros."""
    decimals = re.match(r"[.,](\d+)(?![\d.,-])", after)
    if decimals and (decimals.group(1).strip("0") or len(decimals.group(1)) == 6):
        return True
    return re.search(r"\d[.,]$", before) is not None


def _is_hex(before: str, number: str, after: str) -> bool:
    """Whether it is a part of a long number to the base of sixteen, `0x…` or with letters here and there."""
    left, right = (found.group() if (found := WORD.match(each)) else "" for each in (before[::-1], after))
    word = left[::-1] + number + right
    letters = re.findall(r"[a-fA-F]+", word)
    return (
        HEX.fullmatch(word) is not None
        and len(word) >= LEAST_HEX
        and (word[:2] == "0x" or len(letters) > 1 or len(word) > len(number) + 4)
        and bool(letters or word[:2] == "0x")
    )


def _is_told(before: str, number: str) -> bool:
    if (BEFORE.search(before) or OF_THINGS.search(before)) and len(number) != 12:
        return True
    return is_production_unit(number) and PRODUCTION_UNIT.search(before) is not None


def _is_day_of_counting(parts: list[str], after: str) -> bool:
    """Whether a whole day of late years stands beside a count with its unit, a time or a year."""
    years = [int(each) for each in parts[:-1] if len(each) == 4]
    year = years[0] if years else 2000 + int(parts[2]) if len(parts) == 4 and len(parts[2]) == 2 else 0
    rest = parts[-1]
    if year not in RECENT:
        return False
    return UNIT.match(after) is not None or (bool(years) and (CLOCK.fullmatch(rest) is not None or int(rest) in RECENT))
