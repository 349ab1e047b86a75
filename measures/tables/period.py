"""The time that numbers are from, as far as a file says it: days, months, quarters, half-years, years, and ranges."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

Span = tuple[date, date]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "januar", "january"),
            ("feb", "februar", "february"),
            ("mar", "mrt", "marts", "march"),
            ("apr", "april"),
            ("maj", "may"),
            ("jun", "juni", "june"),
            ("jul", "juli", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("okt", "oct", "oktober", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
YEAR = r"(?P<year>(?:19|20)\d\d)"
FISCAL = re.compile(rf"(?<!\d){YEAR}\s?(?:/|-(?=\d{{4}}))\s?(?P<next>(?:19|20)?\d\d)(?![\d/.-])")
"""A year that begins in one and ends in the next, `2017/18`."""
COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)?")
QUARTER_WORD = r"(?:kvartal|kvt|kv|quarter|qtr|k|q)"
DAYS = (
    re.compile(rf"(?<!\d){YEAR}-(?P<month>\d\d?)-(?P<day>\d\d?)(?!\d)"),
    re.compile(r"(?<![\d.])(?P<day>\d\d?)\s?[-./]\s?(?P<month>\d\d?)\s?[-./]\s?(?P<year>(?:(?:19|20)\d\d|\d\d))(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d\d?)\.?\s+(?P<name>[a-zæøå]{{3,9}})\.?\s+{YEAR}(?!\d)"),
)
WIDER = (
    re.compile(rf"(?<!\d){YEAR}\s*[-/ ]?\s*{QUARTER_WORD}\.?\s*(?P<quarter>[1-4])(?!\d)"),
    re.compile(rf"(?<!\d)(?P<quarter>[1-4])\.?\s*{QUARTER_WORD}\.?\s*[-/ ]?\s*{YEAR}(?!\d)"),
    re.compile(rf"(?<![a-zæøå]){QUARTER_WORD}\.?\s*(?P<quarter>[1-4])\s*[-/ ]?\s*{YEAR}(?!\d)"),
    re.compile(rf"(?<!\d)(?P<half>[12])\.?\s*(?:halvår|half)\s*[-/ ]?\s*{YEAR}(?!\d)"),
    re.compile(rf"(?<!\d){YEAR}[m-](?P<month>0[1-9]|1[0-2])(?!\d)"),
    re.compile(rf"(?<!\d)(?P<month>0[1-9]|1[0-2])[-/]{YEAR}(?!\d)"),
    re.compile(rf"(?<![a-zæøå])(?P<name>[a-zæøå]{{3,9}})\.?\s+{YEAR}(?!\d)"),
    re.compile(rf"(?<!\d){YEAR}(?!\d)"),
)
SERIALS = (36526, 55153)
"""A spreadsheet's number for a day between 2000 and 2050."""
NEAR = timedelta(days=45)
MOST = 2 / 3
"""So much of a period lies in the time that is meant, when no other has as much."""
Key = TypeVar("Key")


def span_of(cell: object) -> Span | None:
    """The first and last day named in a cell; None when it names no time. Day first, always."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, datetime | date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return day, day
    if isinstance(cell, int | float):
        if SERIALS[0] <= cell <= SERIALS[1]:
            day = date(1899, 12, 30) + timedelta(days=int(cell))
            return day, day
        cell = int(cell) if float(cell).is_integer() else cell
    spans = _spans(str(cell).casefold())
    return (min(start for start, _ in spans), max(end for _, end in spans)) if spans else None


def span_under(cell: object) -> Span | None:
    """As `span_of`, for a cell under a heading that announces a time: `202511`, `20251130` and a
    spreadsheet's number for a day, `45657` as text, are read there too."""
    text = str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()
    if not isinstance(cell, bool) and (found := COMPACT.fullmatch(text)):
        return _span(found.groupdict())
    if text.isascii() and text.isdigit() and len(text) == 5:
        return span_of(int(text))
    return span_of(cell)


def is_day(span: Span) -> bool:
    """Whether the span is one day: often the day of a print, not the time of the numbers."""
    return span[0] == span[1]


def fits(span: Span, period: Span) -> bool:
    """Whether the span is the period, give or take what people mean by it."""
    return abs(span[0] - period[0]) <= NEAR and abs(span[1] - period[1]) <= NEAR


def overlaps(span: Span, period: Span) -> bool:
    """Whether the numbers can be from the period. A single day is judged by its year, for it may be a day of print."""
    if is_day(span):
        return period[0].year <= span[0].year <= period[1].year + 1
    return span[0] <= period[1] and period[0] <= span[1]


def nearest(spans: Mapping[Key, Span], period: Span) -> list[Key]:
    """Of several times those that are the period; else the one that most of it lies in; else all that touch it.

    Of the years 2017/18 and 2018/19 the second one has three quarters of 2018.
    """
    exact = [key for key, span in spans.items() if fits(span, period)]
    shares = {key: _share(span, period) for key, span in spans.items()}
    most = {span for key, span in spans.items() if shares[key] >= MOST}
    if not exact and len(most) == 1:
        return [key for key, span in spans.items() if span in most]
    return exact or [key for key, span in spans.items() if overlaps(span, period)]


def _share(span: Span, period: Span) -> float:
    """How much of the period lies in the span; none for a longer one, which holds other years too."""
    common = (min(span[1], period[1]) - max(span[0], period[0])).days + 1
    whole = (period[1] - period[0]).days + 1
    return max(common, 0) / whole if (span[1] - span[0]).days < 2 * whole else 0.0


def written(span: Span) -> str:
    """The span in figures that every Dane reads alike: `2026`, `2008–2026`, `30.4.2026`, `1.1.2026–31.3.2026`."""
    start, end = span
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    days = [f"{day.day}.{day.month}.{day.year}" for day in span]
    return days[0] if is_day(span) else "–".join(days)


def _spans(text: str) -> list[Span]:
    found: list[Span] = []
    for match in FISCAL.finditer(text):
        first = int(match["year"])
        if int(match["next"][-2:]) == (first + 1) % 100 and len(match["next"]) in {2, 4}:
            found.append((date(first, 4, 1), date(first + 1, 3, 31)))
            text = text.replace(match.group(), " ")
    for shape in (*DAYS, *WIDER):
        for match in shape.finditer(text):
            span = _span(match.groupdict())
            if span:
                found.append(span)
        text = shape.sub(lambda match: " " if _span(match.groupdict()) else match.group(), text)
    return found


def _span(parts: dict[str, str | None]) -> Span | None:
    year = int(parts["year"] or 0)
    year += 2000 if year < 100 else 0
    name, month = parts.get("name"), int(parts.get("month") or 0)
    if name:
        month = MONTHS.get(name, 0)
    if (name or parts.get("month")) and not 1 <= month <= 12:
        return None
    if day := int(parts.get("day") or 0):
        if day > monthrange(year, month)[1]:
            return None
        return date(year, month, day), date(year, month, day)
    if quarter := int(parts.get("quarter") or 0):
        return _months(year, 3 * quarter - 2, 3 * quarter)
    if half := int(parts.get("half") or 0):
        return _months(year, 6 * half - 5, 6 * half)
    return _months(year, month, month) if month else _months(year, 1, 12)


def _months(year: int, first: int, last: int) -> Span:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
