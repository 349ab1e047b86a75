"""The windows about meetings stay within Slack's limits in the largest cluster there is: 73 doctors in 35 practices."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cluster.calendar import at
from cluster.meetings.attendance import Seat
from cluster.meetings.invitations import Guests
from cluster.overview.years import Year
from handlers.meetings.views.attendance import sheet_form, year_sheets, year_window
from handlers.meetings.views.meetings import answer_for_form, who_window
from locales import texts_for
from storage.models import Invitation, Meeting, Member, Practice

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
MEETING = Meeting(
    id=1,
    cluster_id=1,
    kind="topic",
    title="=KOL i praksis",
    starts_at=at(date(2026, 3, 26), 16, 30),
    ends_at=at(date(2026, 3, 26), 19),
    place="",
    answer_by=at(date(2026, 3, 19), 12),
    state="planned",
    sequence=0,
    created_at=NOW,
)
PRACTICES = [Practice(id=n, cluster_id=1, ydernummer=f"{n:06}", name=f"Lægehuset {n}") for n in range(1, 36)]


def practice_of(n: int) -> Practice:
    """The first practice has twelve doctors, more than one group of boxes takes."""
    return PRACTICES[0 if n < 12 else (n - 12) % 34 + 1]


PEOPLE = [
    Member(id=n + 1, cluster_id=1, practice_id=practice_of(n).id, name=f"Doktor {n:02} " + "Æ" * 40, title="ejerlæge")
    for n in range(73)
]
INVITED = [(member, Invitation(answer=None, reason="g" * 300, member_id=member.id)) for member in PEOPLE]


def check_limits(view: dict[str, Any]) -> None:
    assert len(view["blocks"]) <= 100
    assert all(len(view[name]["text"]) <= 24 for name in ("title", "submit", "close") if name in view)
    for block in view["blocks"]:
        if block["type"] == "section":
            assert len(block["text"]["text"]) <= 3000
        for option in block.get("element", {}).get("options", []):
            assert len(option["text"]["text"]) <= 75


@pytest.mark.parametrize("language", ["da", "en"])
def test_largest_cluster_fits_into_every_window(language: str) -> None:
    t = texts_for(language)
    seats = sorted(
        (Seat(member, practice_of(n), True, "yes", None) for n, member in enumerate(PEOPLE)),
        key=lambda seat: seat.practice.id if seat.practice else 0,
    )
    year = Year([MEETING], [(member, practice_of(n)) for n, member in enumerate(PEOPLE)], frozenset(), frozenset())
    for view in (
        who_window(MEETING, Guests(no=INVITED), t),
        answer_for_form(MEETING, Guests(none=INVITED), t, metadata="{}"),
        sheet_form(MEETING, seats, t, metadata="{}"),
        year_window(year, 2026, t),
    ):
        check_limits(view)


def test_every_person_is_on_the_sheet_once_in_groups_of_ten_at_most() -> None:
    seats = [Seat(member, practice_of(n), True, None, None) for n, member in enumerate(PEOPLE[:14])]
    view = sheet_form(MEETING, seats, texts_for("da"), metadata="{}")
    groups = [block["element"]["options"] for block in view["blocks"] if block["type"] == "input"]
    assert [len(group) for group in groups] == [10, 2, 1, 1]
    assert [option["value"] for group in groups for option in group] == [str(n) for n in range(1, 15)]


def test_nobody_is_left_out_of_the_list_of_who() -> None:
    view = who_window(MEETING, Guests(none=INVITED), texts_for("da"))
    said = "\n".join(block["text"]["text"] for block in view["blocks"] if block["type"] == "section")
    assert said.count("• Doktor") == 73


def test_participant_list_holds_only_those_who_were_there() -> None:
    there = frozenset({(1, 2)})
    year = Year([MEETING], [(PEOPLE[0], PRACTICES[0]), (PEOPLE[1], None)], there, there)
    whole, _, one = year_sheets(year, texts_for("da"))
    assert whole.header[4] == "26-03-2026 =KOL i praksis"
    assert list(one.rows) == [["", "", PEOPLE[1].name, "ejerlæge"]]
