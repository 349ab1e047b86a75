"""What a viewer may see: each promise of the sacred file, attacked."""

from dataclasses import fields
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.privacy import (
    CLAMP_BELOW,
    MIN_CONTRIBUTORS,
    MIN_FOR_MEAN,
    Comparison,
    Openness,
    Rules,
    Withheld,
    comparison,
    may_renew,
)

pairs = st.integers(1, 9000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
clusters = st.dictionaries(st.integers(1, 99), pairs, min_size=1, max_size=35)
small_clusters = st.dictionaries(st.integers(1, 99), pairs, min_size=MIN_CONTRIBUTORS, max_size=CLAMP_BELOW - 1)
large_clusters = st.dictionaries(st.integers(1, 99), pairs, min_size=CLAMP_BELOW, max_size=35)
units = st.sampled_from([100, 1000])


def unit_rounded(pair, unit):
    return int(Fraction(*pair) * unit + Fraction(1, 2)) / unit


@given(clusters, units, st.data())
def test_a_practice_always_sees_its_own_exact_numbers(values, per, data):
    own = data.draw(st.sampled_from(sorted(values)))
    assert comparison(own, values, per=per).own == values[own]


@given(clusters, units, st.data())
def test_others_are_withheld_below_five_contributors_and_the_mean_below_three(values, per, data):
    own = data.draw(st.sampled_from(sorted(values)))
    seen = comparison(own, values, per=per)
    assert (seen.others is None) == (len(values) < MIN_CONTRIBUTORS)
    assert (seen.mean is None) == (len(values) < MIN_FOR_MEAN)
    assert seen.contributors == len(values)


@given(large_clusters, units, st.data())
def test_from_eight_contributors_others_are_exactly_the_rounded_sorted_values(values, per, data):
    own = data.draw(st.sampled_from(sorted(values)))
    others = sorted(unit_rounded(pair, per) for key, pair in values.items() if key != own)
    assert comparison(own, values, per=per).others == tuple(others)


@given(small_clusters, st.data())
def test_below_eight_contributors_the_outermost_others_are_clamped(values, data):
    own = data.draw(st.sampled_from(sorted(values)))
    plain = sorted(unit_rounded(pair, 100) for key, pair in values.items() if key != own)
    assert comparison(own, values).others == (plain[1], *plain[1:-1], plain[-2])


@given(clusters, units, st.data())
def test_what_is_seen_does_not_depend_on_who_is_who(values, per, data):
    """Renaming and reordering the others changes nothing: no id, order or label can leak."""
    own = data.draw(st.sampled_from(sorted(values)))
    others = data.draw(st.permutations([pair for key, pair in values.items() if key != own]))
    renamed = {1000 + number: pair for number, pair in enumerate(others)} | {own: values[own]}
    assert comparison(own, renamed, per=per) == comparison(own, values, per=per)


@given(clusters, st.integers(2, 9), st.data())
def test_sizes_of_others_never_show(values, factor, data):
    """Everyone's numbers multiplied: the same marks and mean, so denominators and numerators can't be read back."""
    own = data.draw(st.sampled_from(sorted(values)))
    larger = {key: (pair[0] * factor, pair[1] * factor) for key, pair in values.items()}
    seen, also = comparison(own, values), comparison(own, larger)
    assert (seen.mean, seen.others) == (also.mean, also.others)


def test_a_comparison_holds_nothing_else():
    assert [each.name for each in fields(Comparison)] == [
        "own",
        "mean",
        "others",
        "contributors",
        "per",
        "withheld_reason",
    ]


def test_the_mean_is_pooled_and_rounded_as_it_is_written():
    values = {1: (1, 3), 2: (200, 900), 3: (5, 97)}
    assert comparison(1, values).mean == 0.21
    assert comparison(1, values, per=1000).mean == 0.206


def test_a_cluster_may_raise_the_limit_but_not_lower_it(invent):
    values = {key: (reply["copd"], reply["listed"]) for key, reply in invent(6).items()}
    assert comparison(1, values, Rules(min_practices=7)).withheld_reason is Withheld.TOO_FEW_FOR_OTHERS
    four = dict(list(values.items())[:4])
    assert comparison(1, four, Rules(min_practices=2)).withheld_reason is Withheld.TOO_FEW_FOR_OTHERS


@pytest.mark.parametrize("openness", list(Openness))
def test_no_openness_marks_others_by_itself(openness, invent):
    values = {key: (reply["copd"], reply["listed"]) for key, reply in invent(12).items()}
    assert comparison(1, values, Rules(openness=openness)) == comparison(1, values, Rules())


def test_a_practice_without_numbers_sees_nothing_of_others(invent):
    values = {key: (reply["copd"], reply["listed"]) for key, reply in invent(12).items()}
    seen = comparison(99, values)
    assert (seen.mean, seen.others, seen.withheld_reason) == (None, None, Withheld.NO_OWN_NUMBERS)


def test_practices_without_a_denominator_do_not_contribute():
    values = {1: (1, 10), 2: (2, 10), 3: (0, 0)}
    assert comparison(1, values).withheld_reason is Withheld.TOO_FEW_FOR_MEAN


@given(large_clusters, pairs)
def test_a_late_practice_sees_itself_against_the_frozen_others(values, late):
    seen = comparison(1000, values, own=late)
    anyone = next(iter(values))
    assert seen.own == late
    assert seen.mean == comparison(anyone, values).mean
    assert seen.others == tuple(sorted(unit_rounded(pair, 100) for pair in values.values()))


@given(clusters, pairs, st.data())
def test_a_correction_changes_only_the_own_number(values, corrected, data):
    own = data.draw(st.sampled_from(sorted(values)))
    before, after = comparison(own, values), comparison(own, values, own=corrected)
    assert after.own == corrected
    assert (after.mean, after.others, after.contributors) == (before.mean, before.others, before.contributors)


def test_five_with_the_late_one_are_not_five_frozen():
    values = {key: (key, 10) for key in range(1, 5)}
    assert comparison(5, values, own=(5, 10)).withheld_reason is Withheld.TOO_FEW_FOR_OTHERS


@pytest.mark.parametrize(
    ("current", "closed", "allowed"),
    [
        ("abcde", False, False),
        ("abcdef", False, False),
        ("abcdefg", False, False),
        ("abcdefgh", False, True),
        ("abcde", True, True),
        ("abcdef", True, False),
        ("abcdefg", True, False),
        ("abcdefgh", True, True),
        ("abcd", False, False),
        ("abcd", True, False),
        ("abfgh", False, True),
    ],
)
def test_may_renew_only_when_no_one_or_two_can_be_subtracted(current, closed, allowed):
    assert may_renew("abcde", current, closed) is allowed


def test_may_renew_the_first_time():
    assert may_renew((), "ab") is True


@given(
    st.lists(pairs, min_size=5, max_size=12),
    st.lists(pairs, min_size=1, max_size=8),
    st.booleans(),
)
def test_no_two_means_a_viewer_gets_differ_by_one_or_two_practices(first, late, closing):
    """An attacker collects every mean while replies arrive one by one; each step must hide at least three."""
    replies = dict(enumerate(first + late))
    frozen = set(range(len(first)))
    for arrived in range(len(first) + 1, len(replies) + 1):
        current = set(range(arrived))
        closed = closing and arrived == len(replies)
        if may_renew(frozen, current, closed):
            assert len(current - frozen) >= 3
            frozen = current
        seen = comparison(0, {key: replies[key] for key in frozen})
        assert seen.contributors == len(frozen)
