"""People picked in Slack: who can be on the list, who can't and why, and how their places are read."""

from __future__ import annotations

import pytest

from cluster.errors import ClusterError
from cluster.members.members import Person
from cluster.onboarding.picking import Unfit, read_place, rows_of, sort_out
from storage.models import Member

ANNA = Person("U1", "Anna Holm", "Anna@x.dk")
GUEST = Person("U6", "Eva Friis", "eva@x.dk", guest=True)
OTHERS = {
    Unfit.LISTED: Person("U2", "Bo Krogh", "bo@x.dk"),
    Unfit.BOT: Person("U3", "Kaffebot", "bot@x.dk", outsider=True, is_bot=True),
    Unfit.GONE: Person("U4", "Carl Dahl", "carl@x.dk", gone=True),
    Unfit.OUTSIDER: Person("U5", "Dea Eg", "dea@y.dk", outsider=True, organisation="T9"),
    Unfit.NO_ADDRESS: Person("U7", "Finn Gam"),
}


def test_each_who_cannot_be_picked_is_told_why_and_the_others_are_taken() -> None:
    people = [
        Member(name="Bo", email="BO@x.dk", practice_id=1),
        Member(name="Anna", email="anna@x.dk", practice_id=None),
    ]
    fit, unfit = sort_out([ANNA, GUEST, *OTHERS.values()], people)
    assert fit == [ANNA, GUEST]  # who invited the bot has no practice yet; a guest is a member by a file, too
    assert unfit == {why: [person] for why, person in OTHERS.items()}


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("057584 Lægehuset Nord", ("057584", "Lægehuset Nord")),
        (" 57584 ", ("057584", "")),
        ("057584, Nord", ("057584", "Nord")),
        ("", ("", "")),
    ],
)
def test_place_is_read(written: str, place: tuple[str, str]) -> None:
    assert read_place(written) == place


@pytest.mark.parametrize("written", ["Lægehuset Nord", "0575841 Nord", "0 Nord", "057584Nord"])
def test_place_that_begins_with_no_ydernummer_is_refused(written: str) -> None:
    with pytest.raises(ClusterError, match=r"^person\.ydernummer_wrong$"):
        read_place(written)


def test_rows_say_what_slack_says_and_where_they_work() -> None:
    (row, other) = rows_of([ANNA, GUEST], {"U1": ("057584", "Nord")}).rows
    assert (row.name, row.email, row.ydernummer, row.practice) == ("Anna Holm", "anna@x.dk", "057584", "Nord")
    assert (other.ydernummer, other.practice, other.row) == ("", "", 2)
