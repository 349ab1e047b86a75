"""What a viewer may see: each promise of the sacred file, attacked."""

import random
from collections import Counter
from dataclasses import fields
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.disclosure.hiding import MIN_FOR_MEAN
from measures.disclosure.openness import letters, marks, revealed
from measures.disclosure.privacy import (
    CLAMP_BELOW,
    MIN_CONTRIBUTORS,
    Comparison,
    DisclosureRules,
    Openness,
    Withheld,
    benchmark,
    comparison,
    is_dominated,
)

pairs = st.integers(3000, 9000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
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


@pytest.mark.long
@given(clusters, units, st.data())
def test_others_are_withheld_below_five_contributors_and_the_mean_below_three(values, per, data):
    own = data.draw(st.sampled_from(sorted(values)))
    seen = comparison(own, values, per=per)
    assert (seen.others is None) == (len(values) < MIN_CONTRIBUTORS)
    assert (seen.mean is None) == (len(values) < MIN_FOR_MEAN)
    assert seen.contributors == len(values)


@pytest.mark.long
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


@pytest.mark.long
@given(clusters, units, st.data())
def test_what_is_seen_does_not_depend_on_who_is_who(values, per, data):
    """Renaming and reordering the others changes nothing: no id, order or label can leak."""
    own = data.draw(st.sampled_from(sorted(values)))
    others = data.draw(st.permutations([pair for key, pair in values.items() if key != own]))
    renamed = {1000 + number: pair for number, pair in enumerate(others)} | {own: values[own]}
    assert comparison(own, renamed, per=per) == comparison(own, values, per=per)


@pytest.mark.long
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
    values = {1: (1, 103), 2: (20, 90), 3: (5, 97)}
    assert comparison(1, values).mean == 0.09
    assert comparison(1, values, per=1000).mean == 0.0897


def test_a_cluster_may_raise_the_limit_but_not_lower_it(invent):
    values = {key: (reply["copd"], reply["listed"]) for key, reply in invent(6).items()}
    assert comparison(1, values, DisclosureRules(min_practices=7)).withheld_reason is Withheld.TOO_FEW_FOR_OTHERS
    four = dict(list(values.items())[:4])
    assert comparison(1, four, DisclosureRules(min_practices=2)).withheld_reason is Withheld.TOO_FEW_FOR_OTHERS


@pytest.mark.parametrize("openness", list(Openness))
def test_no_openness_marks_others_by_itself(openness, invent):
    values = {key: (reply["copd"], reply["listed"]) for key, reply in invent(12).items()}
    assert comparison(1, values, DisclosureRules(openness=openness)) == comparison(1, values, DisclosureRules())


def test_a_practice_without_numbers_sees_nothing_of_others(invent):
    values = {key: (reply["copd"], reply["listed"]) for key, reply in invent(12).items()}
    seen = comparison(99, values)
    assert (seen.mean, seen.others, seen.withheld_reason) == (None, None, Withheld.NO_OWN_NUMBERS)


def test_practices_without_a_denominator_do_not_contribute():
    values = {1: (1, 10), 2: (2, 10), 3: (0, 0)}
    assert comparison(1, values).withheld_reason is Withheld.TOO_FEW_FOR_MEAN


@pytest.mark.long
@given(large_clusters, pairs)
def test_a_late_practice_sees_itself_against_the_frozen_others(values, late):
    seen = comparison(1000, values, own=late)
    anyone = next(iter(values))
    assert seen.own == late
    assert seen.mean == comparison(anyone, values).mean
    assert seen.others == tuple(sorted(unit_rounded(pair, 100) for pair in values.values()))


@pytest.mark.long
@given(clusters, pairs, st.data())
def test_a_correction_changes_only_the_own_number(values, corrected, data):
    own = data.draw(st.sampled_from(sorted(values)))
    before, after = comparison(own, values), comparison(own, values, own=corrected)
    assert after.own == corrected
    assert (after.mean, after.others, after.contributors) == (before.mean, before.others, before.contributors)


def test_five_with_the_late_one_are_not_five_frozen():
    values = {key: (key, 10) for key in range(1, 5)}
    assert comparison(5, values, own=(5, 10)).withheld_reason is Withheld.TOO_FEW_FOR_OTHERS


def test_nothing_of_others_is_shown_while_one_of_them_wants_out():
    values = {key: (key * 10, 1000) for key in range(1, 11)}
    seen = comparison(1, values, gone={4})
    assert (seen.own, seen.mean, seen.others) == ((10, 1000), None, None)
    assert seen.withheld_reason is Withheld.SOMEBODY_LEFT
    assert comparison(1, values, gone={99}) == comparison(1, values)


def test_who_took_back_the_consent_sees_nothing_of_others():
    values = {key: (key * 10, 1000) for key in range(1, 11)}
    assert comparison(99, values, own=(3, 1000), gone={99}).withheld_reason is Withheld.SOMEBODY_LEFT


@pytest.mark.parametrize(
    ("sizes", "dominated"),
    [
        ((10_000, 700, 700), True),
        ((5000, 4500, 400), True),
        ((9000, 1000, 899), True),
        ((9000, 1200, 1200), False),
        ((1600, 3200, 12_000, 2500, 1800), False),
        ((1500, 1500, 1500), False),
    ],
)
def test_a_mean_that_is_nearly_one_practices_own_is_withheld(sizes, dominated):
    values = {key: (size // 50, size) for key, size in enumerate(sizes)}
    assert is_dominated(values.values()) is dominated
    seen = comparison(1, values)
    assert (seen.withheld_reason is Withheld.DOMINATED) is dominated
    assert (seen.mean is None) is dominated


def ten():
    return {key: (key * 10, 1000) for key in range(1, 11)}


def rung(openness, minimum=5):
    return DisclosureRules(minimum, openness)


@pytest.mark.parametrize(
    ("openness", "shows", "named"),
    [
        (Openness.CLOSED, range(1, 11), ()),
        (Openness.LETTERS, range(1, 11), ()),
        (Openness.CHOSEN, (), ()),
        (Openness.CHOSEN, (1,), (1,)),
        (Openness.CHOSEN, (1, 2, 99), (1, 2)),
        (Openness.CHOSEN, range(1, 8), range(1, 8)),
        (Openness.CHOSEN, range(1, 9), range(1, 8)),
        (Openness.CHOSEN, (9, 8, 7, 6, 5, 4, 3, 2, 1), range(3, 10)),
        (Openness.CHOSEN, range(1, 11), range(1, 11)),
        (Openness.OPEN, range(1, 11), range(1, 11)),
        (Openness.OPEN, range(1, 10), ()),
    ],
)
def test_the_ladder_names_only_who_consents_and_nobody_by_elimination(openness, shows, named):
    assert revealed(rung(openness), [ten()], tuple(shows)) == frozenset(named)


def test_consent_taken_back_closes_at_once_and_still_counts_as_known():
    assert revealed(rung(Openness.CHOSEN), [ten()], (1, 2), once=(3,)) == {1, 2}
    assert revealed(rung(Openness.CHOSEN), [ten()], range(1, 7), once=(7, 8)) == {1, 2, 3, 4, 5}
    assert revealed(rung(Openness.OPEN), [ten()], range(2, 11), once=(1,)) == frozenset()


def test_names_do_not_uncover_a_late_practice_beside_them():
    late = ten() | {11: (5, 1000), 12: (6, 1000), 13: (7, 1000)}
    assert revealed(rung(Openness.CHOSEN), [ten(), late], (11, 12)) == frozenset()
    assert revealed(rung(Openness.CHOSEN), [ten(), late], (1, 2)) == {1, 2}


def test_marks_are_bare_unless_the_ladder_says_otherwise():
    bare = marks(1, ten(), rung(Openness.CLOSED), letters=dict.fromkeys(range(1, 11), "A"), named=(2, 3))
    assert [(mark.value, mark.letter, mark.practice) for mark in bare] == [
        (value, None, None) for value in comparison(1, ten()).others or ()
    ]


def test_letters_go_with_the_rounded_values_on_their_rung_only():
    given_out = dict(zip(range(1, 11), "KCXAHBDFGE", strict=True))
    seen = marks(1, ten(), rung(Openness.LETTERS), letters=given_out)
    assert [(mark.value, mark.letter, mark.practice) for mark in seen[:3]] == [
        (0.02, "C", None),
        (0.03, "X", None),
        (0.04, "A", None),
    ]


def test_letters_of_clamped_marks_do_not_tell_which_was_outermost():
    six = {key: (value * 10, 1000) for key, value in enumerate((9, 1, 2, 3, 4, 5))}
    for swapped in (six, six | {1: six[2], 2: six[1]}):
        seen = marks(0, swapped, rung(Openness.LETTERS), letters=dict(enumerate("ZBACDE")))
        assert [(mark.value, mark.letter) for mark in seen] == [
            (0.02, "A"),
            (0.02, "B"),
            (0.03, "C"),
            (0.04, "D"),
            (0.04, "E"),
        ]


def test_named_practices_stand_at_their_own_value_and_the_others_are_clamped_among_themselves():
    six = {key: (value * 10, 1000) for key, value in enumerate((9, 1, 2, 3, 4, 5))}
    seen = marks(0, six, rung(Openness.CHOSEN), named={1})
    assert [(mark.value, mark.practice) for mark in seen] == [
        (0.01, 1),
        (0.03, None),
        (0.03, None),
        (0.04, None),
        (0.04, None),
    ]


def test_marks_show_nothing_where_the_comparison_shows_no_others():
    four = dict(list(ten().items())[:4])
    assert marks(1, four, rung(Openness.OPEN), named=four) == ()
    assert marks(1, ten(), rung(Openness.OPEN), named=ten(), gone={5}) == ()


@given(st.integers(1, 80), st.integers(0, 99))
def test_letters_are_different_and_tell_nothing_of_the_order(size, seed):
    found = letters(range(size), random.Random(seed))
    assert list(found) == list(range(size))
    assert len(set(found.values())) == size
    assert {len(letter) for letter in found.values()} <= {1, 2}


def test_letters_are_fresh_each_time_and_evenly_spread():
    chance = random.Random(1)
    first = Counter(letters(range(5), chance)[0] for _ in range(3000))
    assert sorted(first) == ["A", "B", "C", "D", "E"]
    assert min(first.values()) > 500


def test_the_benchmark_needs_three_practices_that_make_it_and_three_that_do_not():
    # the best tenth of 38 equal practices are four; of twelve they are two
    large = {key: (key * 10, 1000) for key in range(1, 39)}
    assert benchmark([large]) == 0.37  # (380 + 370 + 360 + 350) / 4000 = 36.5 %
    assert benchmark([large], lower_is_better=True, per=1000) == 0.025
    assert benchmark([dict(list(large.items())[:12])]) is None


def test_the_benchmark_is_withheld_when_a_renewal_moves_two_in_or_out_of_it():
    large = {key: (key * 10, 1000) for key in range(1, 39)}
    then = large | {39: (900, 1000), 40: (5, 1000), 41: (6, 1000)}
    assert benchmark([large, then]) is None
    assert benchmark([large, large | {40: (5, 100), 41: (6, 100), 42: (7, 100)}]) == 0.37


def test_there_is_no_benchmark_of_nothing():
    assert benchmark([]) is None
    assert benchmark([{key: (key, 100) for key in range(38)}, {}]) is None
