"""Counts by kind: none of fewer than three is told by itself, and nobody's is told by all being alike."""

from hypothesis import given
from hypothesis import strategies as st

from measures.disclosure.hiding import MIN_HIDDEN
from measures.disclosure.kinds import LEAST, TOGETHER, told


@given(st.dictionaries(st.sampled_from(["work", "procedure", "medicine", "teaching", "other"]), st.integers(0, 9)))
def test_every_count_hides_three_and_all_are_told(chosen):
    shown = told(chosen)
    total = sum(chosen.values())
    if total < LEAST:
        assert shown is None
        return
    assert shown is not None
    assert sum(shown.values()) == total
    assert min(shown.values()) >= MIN_HIDDEN
    assert all(chosen[kind] == n for kind, n in shown.items() if kind != TOGETHER)
    assert list(shown) == [TOGETHER] or len(shown) > 1


def test_small_kinds_stand_together_and_take_a_larger_one_along_when_they_are_too_few():
    assert told({"work": 4, "medicine": 3, "other": 1, "teaching": 2}) == {"work": 4, "medicine": 3, TOGETHER: 3}
    assert told({"work": 5, "medicine": 3, "other": 1}) == {"work": 5, TOGETHER: 4}
    assert told({"work": 7}) == {TOGETHER: 7}
    assert told({"work": 4}) is None
