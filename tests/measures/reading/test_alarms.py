"""A share of the two runs: no false alarm on files of regions, and a number found in every spelling at every place."""

import pytest

from tests.measures.reading import alarms

SHARE = 40


@pytest.mark.long
@pytest.mark.parametrize("practices", alarms.REGIONS)
def test_no_file_of_a_region_is_called_a_list_of_patients(practices):
    assert [rows for rows in alarms.regions(SHARE, practices) if alarms.is_alarm(rows)] == []


@pytest.mark.long
def test_a_number_is_found_in_every_spelling_at_every_place(capsys):
    missed = [(spelling, place) for spelling, place, found in alarms.detections() if not found]
    with capsys.disabled():
        print(f"\n{len(alarms.SPELLINGS) * len(alarms.PLACES)} spellings at places, {len(missed)} missed")
    assert missed == []


@pytest.mark.long
def test_the_run_says_each_figure_with_its_mark():
    rows = alarms.figures(2)
    assert [(row.mark, row.holds) for row in rows] == [("0", True), ("0", True), ("all", True)]


def test_the_run_would_notice_a_list_of_patients():
    assert alarms.is_alarm([["Navn", "Nummer"], ["Jens Hansen", 2512484916]])
