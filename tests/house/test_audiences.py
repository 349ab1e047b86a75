"""Every kind of message says whom it is for, and nothing is said to be for somebody that nobody sends."""

from cluster.delivery.kinds import AUDIENCES, BY_AUDIENCE
from handlers.table import TABLE


def unstated(kinds: set[str], stated: set[str]) -> list[str]:
    """What the two don't have in common."""
    return sorted(kinds ^ stated)


def test_every_kind_states_its_audience():
    assert unstated(set(TABLE.notices), set(AUDIENCES)) == []


def test_no_kind_states_two():
    assert sum(map(len, BY_AUDIENCE.values())) == len(AUDIENCES)


def test_checker_notices_a_kind_without_an_audience():
    assert unstated({"home", "numbers.of_all"}, {"home"}) == ["numbers.of_all"]
