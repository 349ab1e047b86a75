"""Renewals and subgroups: whatever is compared, no fewer than three practices differ together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.disclosure.hiding import MIN_FOR_MEAN, MIN_HIDDEN, hides, may_show_subgroup, published, renewed

OLD = dict.fromkeys("abcdefgh", (10, 100))
"""Eight practices; letters are practices, pairs are their numbers."""


def with_values(practices, value=(20, 100)):
    return dict.fromkeys(practices, value)


@pytest.mark.parametrize("late", ["x", "xy"])
def test_one_or_two_newcomers_wait(late):
    assert renewed([OLD], OLD | with_values(late)) == OLD


def test_three_newcomers_are_taken_in():
    assert renewed([OLD], OLD | with_values("xyz")) == OLD | with_values("xyz")


def test_one_or_two_corrections_wait_and_newcomers_do_not_cover_them():
    now = OLD | with_values("a", (30, 100)) | with_values("xyz")
    assert renewed([OLD], now) == OLD | with_values("xyz")


def test_three_corrections_are_taken_in():
    now = OLD | with_values("abc", (30, 100))
    assert renewed([OLD], now) == now


def test_corrections_wait_when_they_would_leave_two_unchanged():
    assert renewed([OLD], OLD | with_values("abcdef", (30, 100))) == OLD


def test_one_who_left_stays_until_three_have():
    assert renewed([OLD], with_values("abcdefg", (10, 100))) == OLD
    assert renewed([OLD], with_values("abcde", (10, 100))) == with_values("abcde", (10, 100))


def test_newcomers_are_taken_in_while_somebody_who_left_waits():
    now = with_values("abcdefg", (10, 100)) | with_values("xyz")
    assert renewed([OLD], now) == OLD | with_values("xyz")


def test_nobody_is_singled_out_over_several_releases():
    first = OLD | with_values("xyz")
    then = with_values("cdefgh", (10, 100)) | with_values("x")
    # a, b, y and z leave: then against the first set, x alone would have been added
    assert renewed([OLD, first], then) == first


def test_two_removals_that_overlap_in_one_practice_are_refused():
    everybody = dict.fromkeys("abcdefghijklmno", (10, 100))
    without = {key: value for key, value in everybody.items() if key not in "abcg"}
    overlapping = {key: value for key, value in everybody.items() if key not in "defg"}
    assert hides([everybody, without])
    assert hides([everybody, overlapping])
    assert not hides([everybody, without, overlapping])


def test_published_passes_over_sets_too_small_to_show():
    assert published([with_values("ab"), with_values("abcde")]) == [with_values("abcde")]
    assert published([with_values("ab")]) == []


def test_published_keeps_what_colleagues_have_seen():
    releases = [OLD, OLD | with_values("x"), OLD | with_values("xy"), OLD | with_values("xyz")]
    assert published(releases) == [OLD, OLD | with_values("xyz")]


def test_known_practices_hide_nobody():
    assert hides([OLD, OLD | with_values("xyz")])
    assert not hides([OLD, OLD | with_values("xyz")], known="x")
    assert hides([OLD, OLD | with_values("xyz")], known="xyz")


@pytest.mark.parametrize(
    ("group", "allowed"),
    [("abc", True), ("abcd", True), ("ab", False), ("abcdef", False), ("", False), ("abcdefgh", False)],
)
def test_a_subgroup_needs_a_complement_that_holds_too(group, allowed):
    assert may_show_subgroup([OLD], group) is allowed


def test_a_second_subgroup_must_not_cut_the_first_into_small_pieces():
    large = {key: OLD[key] for key in "abcd"}
    assert may_show_subgroup([large, OLD], "efgh")
    assert not may_show_subgroup([large, OLD], "abce")


values = st.integers(0, 2).map(lambda n: (n, 100))
answers = st.dictionaries(st.integers(1, 14), values, min_size=0, max_size=14)


@pytest.mark.long
@settings(max_examples=300)
@given(st.lists(answers, min_size=1, max_size=6))
def test_whatever_happens_every_group_that_can_be_told_apart_has_three(releases):
    states = published(releases)
    assert all(len(state) == 0 or len(state) >= MIN_FOR_MEAN for state in states)
    patterns = []
    for practice in set().union(*states):
        seen = [state.get(practice) for state in states]
        patterns.append(tuple(value and seen.index(value) for value in seen))
    assert all(patterns.count(pattern) >= MIN_HIDDEN for pattern in patterns)


@given(st.lists(answers, min_size=1, max_size=6))
def test_what_was_published_stays_published(releases):
    for number in range(1, len(releases)):
        earlier, later = published(releases[:number]), published(releases[: number + 1])
        assert later[: len(earlier)] == earlier


@given(answers.filter(lambda found: len(found) >= MIN_FOR_MEAN), answers)
def test_only_numbers_that_were_given_are_ever_drawn(first, then):
    for practice, value in renewed([first], then).items():
        assert value in (first.get(practice), then.get(practice))
