"""Days and weeks that were named in words: from when, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from handlers.words.days import span_of

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("slots", "span"),
    [
        ({}, (TODAY, None)),
        ({"day": "date:1.3"}, (TODAY, date(2027, 3, 1))),
        ({"day": "date:31.2"}, (TODAY, None)),
        ({"week": "49"}, (TODAY, date(2026, 12, 7))),
        ({"week": "27"}, (date(2027, 7, 5), date(2027, 7, 12))),
        ({"week": "54"}, (TODAY, None)),
        ({"since": "date:1.5"}, (date(2027, 5, 1), None)),
        ({"last": "date:31.12"}, (TODAY, date(2027, 1, 1))),
        ({"last": "date:31.2"}, (TODAY, None)),
        ({"since": "date:1.3", "last": "date:30.4"}, (date(2027, 3, 1), date(2027, 5, 1))),
        ({"since": "date:1.7", "day": "date:20.7"}, (date(2027, 7, 1), date(2027, 7, 20))),
    ],
)
def test_leave_begins_when_it_begins(slots: Mapping[str, str], span: tuple[date, date | None]) -> None:
    assert span_of(slots, TODAY) == span
