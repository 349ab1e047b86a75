"""The figures behind the questions: few right numbers are asked about, nearly all wrong ones that matter are caught."""

import pytest

from tests.measures.checking.plausibility_figures import FEWEST, figures


@pytest.mark.long
def test_every_figure_holds(capsys):
    rows = figures()
    with capsys.disabled():
        for row in rows:
            print(f"\n  {'holds' if row.holds else 'FAILS'}  {row.name}: {row.figure} ({row.mark})", end="")
    assert FEWEST == 6
    assert [row for row in rows if not row.holds] == []
