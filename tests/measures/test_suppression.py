"""Small counts: hidden, and not to be worked out from totals."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.suppression import suppress, suppress_table

counts = st.integers(0, 12)


@pytest.mark.parametrize(
    ("given_counts", "shown"),
    [
        ([20, 31, 7], [20, 31, 7]),
        ([20, 3, 7], [20, None, None]),
        ([20, 0, 7], [20, 0, 7]),
        ([2, 2, 30, 9], [None, None, 30, 9]),
        ([1, 1, 30, 9], [None, None, 30, None]),
        ([3], [None]),
        ([3, 0], [None, None]),
        ([], []),
    ],
)
def test_suppress_hides_small_parts_and_enough_beside_them(given_counts, shown):
    assert suppress(given_counts) == shown


def test_a_table_hides_in_rows_and_columns():
    shown = suppress_table([[20, 3, 31], [40, 22, 18], [9, 33, 28]])
    hidden = [(row, column) for row in range(3) for column in range(3) if shown[row][column] is None]
    assert hidden == [(0, 0), (0, 1), (2, 0), (2, 1)]


def test_a_table_without_small_counts_is_shown_whole():
    assert suppress_table([[5, 0], [8, 13]]) == [[5, 0], [8, 13]]
    assert suppress_table([]) == []


def possible(rows, shown, cell, by_columns):
    """Every value that a hidden cell can have, by trying all."""
    hidden = [(r, c) for r, row in enumerate(shown) for c, value in enumerate(row) if value is None]
    total = sum(rows[r][c] for r, c in hidden)
    found = set()
    for first in product(range(total + 1), repeat=len(hidden) - 1):
        guess = (*first, total - sum(first))
        if guess[-1] < 0:
            continue
        filled = [list(row) for row in shown]
        for (r, c), value in zip(hidden, guess, strict=True):
            filled[r][c] = value
        same_rows = [sum(row) for row in filled] == [sum(row) for row in rows]
        same_columns = not by_columns or [sum(col) for col in zip(*filled, strict=True)] == [
            sum(col) for col in zip(*rows, strict=True)
        ]
        if same_rows and same_columns:
            found.add(filled[cell[0]][cell[1]])
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(counts, min_size=2, max_size=6))
def test_a_hidden_part_can_be_one_of_five_values_or_everything_is_hidden(parts):
    shown = suppress(parts)
    assert [value for value in shown if value is not None and 0 < value < 5] == []
    for place, count in enumerate(parts):
        if 0 < count < 5 and any(value is not None for value in shown) and shown.count(None) <= 3:
            assert len(possible([parts], [shown], (0, place), by_columns=False)) >= 5


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 8), min_size=3, max_size=3), min_size=2, max_size=2))
def test_a_hidden_cell_of_a_table_can_be_one_of_five_values_or_everything_is_hidden(rows):
    shown = suppress_table(rows)
    hidden = [(r, c) for r, row in enumerate(shown) for c, value in enumerate(row) if value is None]
    assert all(shown[r][c] in (None, rows[r][c]) for r in range(len(rows)) for c in range(3))
    if 0 < len(hidden) <= 4 and len(hidden) < 3 * len(rows):
        for r, c in hidden:
            if 0 < rows[r][c] < 5:
                assert len(possible(rows, shown, (r, c), by_columns=True)) >= 5


@pytest.mark.parametrize("rows", [[[1, 2], [3]], [[-1, 2]]])
def test_a_table_that_is_none_is_refused(rows):
    with pytest.raises(ValueError, match=r"same number|negative"):
        suppress_table(rows)
