"""The whole story goes as it must: by socket and signed HTTP, on SQLite and PostgreSQL, and every time the same.

Twice here: by socket on SQLite, and with both the door and the database changed. Each changed alone is `make whole`'s.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from bot.rehearsal.cast import Cast, vestfjord
from bot.rehearsal.followup_act import better
from bot.rehearsal.play import Play
from bot.rehearsal.stage import stage
from bot.rehearsal.story import OPENING
from tests.journeys.performance import Performance

MOST_SECONDS = 60
CHAPTERS = [
    "1. Botten inviteres, og klyngen sættes op",
    "2. Der indkaldes til møde",
    "3. Praksis bliver bedt om tal",
    "4. Tallene kommer ind – på fire måder",
    "5. De, der mangler at svare, bliver mindet om det",
    "6. Koordinatoren følger med",
    "7. Fristen kommer, og graferne sendes privat",
    "8. Efter mødet: hvem var der?",
    "9. Hvad aftalte vi?",
    "10. Fire måneder senere: der måles igen",
]
pytestmark = pytest.mark.timeout(400)


def test_story_goes_as_it_must_by_socket(by_socket: Performance) -> None:
    assert by_socket.differences == []
    heads = [line.strip("━ ") for line in by_socket.transcript.splitlines() if line.startswith("━")]
    assert heads == CHAPTERS
    assert by_socket.transcript.splitlines()[-1] == "✔ Alt gik, som det skulle."


@pytest.mark.postgres
def test_story_goes_as_it_must_by_signed_http_on_postgresql(otherwise: Performance) -> None:
    assert otherwise.differences == []


@pytest.mark.whole
def test_story_goes_as_it_must_by_signed_http(by_http: Performance) -> None:
    assert by_http.differences == []


@pytest.mark.whole
@pytest.mark.postgres
def test_story_goes_as_it_must_on_postgresql(on_postgresql: Performance) -> None:
    assert on_postgresql.differences == []


@pytest.mark.postgres
def test_same_seed_gives_the_same_transcript_by_the_other_door_on_the_other_database(
    by_socket: Performance, otherwise: Performance
) -> None:
    assert otherwise.transcript == by_socket.transcript


@pytest.mark.whole
def test_same_seed_gives_the_same_transcript_by_either_door(by_socket: Performance, by_http: Performance) -> None:
    assert by_http.transcript == by_socket.transcript


@pytest.mark.whole
@pytest.mark.postgres
def test_same_seed_gives_the_same_transcript_on_either_database(
    by_socket: Performance, on_postgresql: Performance
) -> None:
    assert on_postgresql.transcript == by_socket.transcript


def test_another_seed_gives_other_numbers_to_the_same_people() -> None:
    one, other = vestfjord(1), vestfjord(2)
    assert [doctor.name for doctor in one.doctors] == [doctor.name for doctor in other.doctors]
    assert [surgery.numbers for surgery in one.surgeries] != [surgery.numbers for surgery in other.surgeries]


def test_story_keeps_three_charts_and_three_changes_for_each_practice_that_gave_numbers(
    by_socket: Performance, cast: Cast
) -> None:
    practices = [surgery.ydernummer for surgery in cast.contributing]
    kinds = [f"{kind}{number}" for kind in ("", "før-efter-") for number in (1, 2, 3)]
    assert list(by_socket.charts) == [f"{practice}-{kind}.png" for practice in practices for kind in kinds]
    assert len(set(by_socket.charts.values())) == len(by_socket.charts)


def test_chart_is_made_for_the_width_of_a_phone(by_socket: Performance) -> None:
    """Twice 360 pixels or a little more: scaled down by half it is as sharp as the text around it."""
    widths = {struct.unpack(">I", chart[16:20])[0] for chart in by_socket.charts.values()}
    assert min(widths) >= 2 * 360
    assert max(widths) <= 4 * 360


def test_transcript_shows_nobody_the_numbers_of_others(by_socket: Performance, cast: Cast) -> None:
    given: dict[int, set[str]] = {}
    for surgery in cast.contributing:
        for gave in (surgery, better(surgery)):
            given.setdefault(gave.numbers["copd"], set()).add(f"Klyngebot til {gave.doctors[0].name}")
    lines = by_socket.transcript.splitlines()
    for number, own in given.items():
        said = re.compile(rf"\s*• Patienter med KOL \(R95\): {number}(?!\d).*")
        told = [place for place, line in enumerate(lines) if said.fullmatch(line)]
        assert {_reader(lines, place) for place in told} == own


def _reader(lines: list[str], place: int) -> str:
    return next(line.strip(" ◂") for line in reversed(lines[:place]) if line.startswith("  ◂"))


def test_story_takes_less_than_a_minute_of_work(by_socket: Performance) -> None:
    assert by_socket.seconds < MOST_SECONDS


async def test_difference_is_told_and_counted(tmp_path: Path) -> None:
    lines: list[str] = []
    async with stage(vestfjord(1), tmp_path, start=OPENING, seed=1) as set_:
        play = Play(set_, lines.append)
        play.expect("svar", 7, 7)
        play.expect("svar", 7, 8)
    assert play.differences == ["svar: 7, not 8"]
    assert lines == ["    ✗ svar: 7, not 8"]


async def test_request_that_is_not_slacks_is_refused_by_the_whole_program(tmp_path: Path) -> None:
    async with stage(vestfjord(1), tmp_path, start=OPENING, seed=1, mode="http") as set_:
        hows = ("signed", "unsigned", "wrong", "tampered", "stale")
        answered = {how: await set_.desk.unsigned(how) for how in hows}
        await set_.settle()
        assert await set_.runtime.idle()
    assert answered == {"signed": 200, "unsigned": 401, "wrong": 401, "tampered": 401, "stale": 401}
