"""Letters and names: drawn by chance, told to nobody, and the projector shows no more than a private chart."""

import random
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from measures.disclosure.openness import letters, marks, projector_marks, revealed
from measures.disclosure.privacy import CLAMP_BELOW, MIN_CONTRIBUTORS, DisclosureRules, Openness, clamped
from tests.measures.disclosure.stories import story

LETTERS, CHOSEN = DisclosureRules(openness=Openness.LETTERS), DisclosureRules(openness=Openness.CHOSEN)
pairs = st.integers(3000, 9000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
clusters = st.lists(pairs, min_size=5, max_size=14).map(lambda found: dict(enumerate(found)))


@pytest.mark.long
@given(clusters, st.randoms(use_true_random=False), st.data())
def test_lettered_chart_fits_every_other_assignment_of_practices_as_well(values, chance, data):
    """Whoever is behind which number: the same draw of letters with the practices swapped gives the same chart."""
    viewer = data.draw(st.sampled_from(sorted(values)))
    others = sorted(values.keys() - {viewer})
    swapped = dict(zip(others, data.draw(st.permutations(others)), strict=True)) | {viewer: viewer}
    drawn = letters(values, chance)
    moved = {swapped[key]: pair for key, pair in values.items()}
    redrawn = {swapped[key]: letter for key, letter in drawn.items()}
    seen, also = (
        [(mark.value, mark.letter) for mark in marks(viewer, given, LETTERS, letters=said)]
        for given, said in ((values, drawn), (moved, redrawn))
    )
    assert seen == also


def test_letters_of_one_measure_say_nothing_of_the_next():
    """An attacker who takes the same letter to be the same practice is right as often as chance would be."""
    chance, size, draws = random.Random(1), 12, 4000
    right = 0
    for _ in range(draws):
        first, second = letters(range(size), chance), letters(range(size), chance)
        right += sum(first[key] == second[key] for key in range(size))
    assert right / draws == pytest.approx(1.0, abs=0.06)  # one of twelve, by chance


@pytest.mark.long
@settings(deadline=None)
@given(st.integers(0, 10**9))
@example(6429)
def test_letters_followed_through_renewals_fit_two_others_at_least(seed):
    """Letters stay through a round. Yet from who came, left and corrected, a letter fits two colleagues or more."""
    round_ = story(seed)
    states = round_.states
    if not states:
        return
    viewer = random.Random(seed).choice(sorted(round_.answers))
    drawn = letters(round_.answers, random.Random(seed))
    shown = [
        {mark.letter: mark.value for mark in marks(viewer, state, LETTERS, per=round_.per, own=(1, 2), letters=drawn)}
        for state in states
    ]
    if not all(shown):
        return
    for practice in states[-1].keys() - {viewer}:
        history = [state.get(practice) for state in states]
        fits = [
            letter
            for letter in shown[-1]
            if all((letter in seen) == (pair is not None) for seen, pair in zip(shown, history, strict=True))
            and not any(
                one == two and before.get(letter) != after.get(letter)
                for one, two, before, after in zip(history, history[1:], shown, shown[1:], strict=False)
                if len(before) == len(after) and not (is_outermost(letter, before) or is_outermost(letter, after))
            )
        ]
        assert drawn[practice] in fits
        assert len(fits) >= 2


def is_outermost(letter: str, seen: dict[str, float]) -> bool:
    """Whether a mark of a small cluster may move with another's number: it is drawn at its neighbour's place."""
    return len(seen) + 1 < CLAMP_BELOW and seen.get(letter) in {min(seen.values()), max(seen.values())}


@pytest.mark.long
@given(clusters, st.randoms(use_true_random=False), st.data())
def test_projector_with_letters_can_be_worked_out_from_anybodys_own_chart(values, chance, data):
    viewer, drawn = data.draw(st.sampled_from(sorted(values))), letters(values, chance)
    own = int(Fraction(*values[viewer]) * 100 + Fraction(1, 2)) / 100
    given_out = [(mark.value, mark.letter) for mark in marks(viewer, values, LETTERS, letters=drawn)]
    everybody = sorted([*given_out, (own, drawn[viewer])])
    if len(values) < CLAMP_BELOW:
        lowest, highest = everybody[2][0], everybody[-3][0]
        everybody = sorted((min(max(value, lowest), highest), letter) for value, letter in everybody)
    assert [(mark.value, mark.letter) for mark in projector_marks(values, LETTERS, letters=drawn)] == everybody


@pytest.mark.long
@given(clusters, st.data())
def test_projector_with_names_can_be_worked_out_from_anybodys_own_chart(values, data):
    shows = data.draw(st.lists(st.sampled_from(sorted(values)), unique=True))
    named = revealed(CHOSEN, [values], shows)
    viewer = data.draw(st.sampled_from(sorted(values)))
    own = int(Fraction(*values[viewer]) * 100 + Fraction(1, 2)) / 100
    seen = marks(viewer, values, CHOSEN, named=named)
    bare = sorted([mark.value for mark in seen if mark.practice is None] + [own] * (viewer not in named))
    if len(values) < CLAMP_BELOW:
        bare = clamped(bare, 2)
    told = {mark.practice: mark.value for mark in seen if mark.practice is not None} | (
        {viewer: own} if viewer in named else {}
    )
    room = projector_marks(values, CHOSEN, named=named)
    assert [mark.value for mark in room if mark.practice is None] == bare
    assert {mark.practice: mark.value for mark in room if mark.practice is not None} == told


@pytest.mark.long
@given(clusters, st.data())
def test_those_without_a_name_are_three_at_least_or_five_in_a_small_cluster_or_nobody(values, data):
    shows = data.draw(st.lists(st.sampled_from(sorted(values)), unique=True))
    once = data.draw(st.lists(st.sampled_from(sorted(values)), unique=True))
    named = revealed(CHOSEN, [values], shows, once)
    rest = len(values) - len(named)
    least = MIN_CONTRIBUTORS if len(values) < CLAMP_BELOW else 3
    assert named <= set(shows)
    assert rest == 0 or rest >= least or not named
    if named and rest:
        never = values.keys() - named - set(once)
        assert len(never) == 0 or len(never) >= 3


def test_who_is_named_stays_when_another_chooses():
    values = {key: (key * 10, 1000) for key in range(12)}
    shows = [7, 3, 5, 0, 11, 2, 8, 9, 1, 4]
    before: frozenset[int] = frozenset()
    for count in range(1, len(shows) + 1):
        named = revealed(CHOSEN, [values], shows[:count], before)
        assert before <= named
        before = named
    assert before == set(shows[:9])


def test_whoever_takes_the_name_back_is_hidden_among_three_again():
    values = {key: (key * 10, 1000) for key in range(12)}
    assert revealed(CHOSEN, [values], range(12)) == set(range(12))
    named = revealed(CHOSEN, [values], range(1, 12), once=range(12))
    assert len(named) == 9


def test_nobody_is_named_on_letters_and_nobody_lettered_on_names():
    values = {key: (key * 10, 1000) for key in range(9)}
    drawn = letters(values, random.Random(1))
    assert {mark.practice for mark in marks(0, values, LETTERS, letters=drawn, named=set(values))} == {None}
    assert {mark.letter for mark in marks(0, values, CHOSEN, letters=drawn, named={1})} == {None}


def test_three_who_came_late_together_are_named_whole_or_not_at_all_in_a_small_cluster():
    """Of the three, one name alone would leave two whom either of them could tell apart."""
    first = {key: (key * 10, 1000) for key in (0, 1, 2)}
    then = first | {key: (key * 10, 1000) for key in (4, 5, 8)}
    assert revealed(CHOSEN, [first, then], (4, 8, 5)) == frozenset()
    assert revealed(CHOSEN, [first, then], (4, 8, 5, 0, 1, 2)) == set(then)
    large = {key: (key * 10, 1000) for key in range(10, 20)}
    assert revealed(CHOSEN, [first | large, then | large], (4, 8, 5)) == {4, 5, 8}
