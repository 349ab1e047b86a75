"""Before and after: honest about chance, and nobody found out by comparing those who answered twice with all."""

import pytest

from measures.charts.change import Between, cluster_sentence, compose_change
from measures.charts.followup import (
    ClusterChange,
    Side,
    change_of,
    cluster_change,
    gave_twice,
    is_comparable,
    stay_hidden,
    was_extreme,
)
from measures.disclosure.privacy import Comparison
from measures.statistics.rates import Estimate

BETWEEN = Between("Lægehuset", "2025", "2026")


def test_change_of_a_proportion_is_newcombes_difference(kol):
    """56/70 − 48/80, the worked example of Newcombe 1998."""
    change = change_of(kol.measure("spirometry"), (48, 80), (56, 70))
    assert tuple(round(part, 4) for part in change.change) == (0.2, 0.0524, 0.3339)
    assert (change.scale, change.is_told_apart) == ("difference", True)


def test_change_is_not_told_apart_when_its_interval_covers_none(kol):
    assert change_of(kol.measure("spirometry"), (60, 130), (66, 132)).is_told_apart is False


def test_headline_gives_no_verdict_when_the_interval_covers_no_change(kol, da):
    own = change_of(kol.measure("spirometry"), (60, 130), (66, 132))
    graph = compose_change(kol.measure("spirometry"), own, None, BETWEEN, da)
    assert graph.picture.frame.headline == "Fra 46 % til 50 % – ingen sikker ændring"
    assert ("Ændring med 95 %-sikkerhedsinterval", "+3,8 procentpoint (−8,2 til +16)") in graph.table


def sides(*numbers: int, add: int = 0) -> list[dict[int, dict[str, int | None]]]:
    """One release in which these practices answered."""
    return [{n: {"copd": 100 + n, "spirometry": 20 + 3 * n + add} for n in numbers}]


def test_cluster_change_is_from_those_who_answered_twice(kol):
    measure = kol.measure("spirometry")
    twice = gave_twice(measure, Side(sides(*range(9))), Side(sides(*range(9), add=5)))
    found = cluster_change(measure, twice, (0.3, 0.35))
    assert (found.same, found.before, found.after, found.is_told_apart) == (9, 0.31, 0.36, True)


@pytest.mark.parametrize("gone", [1, 2])
def test_cluster_change_does_not_give_away_who_answered_only_once(kol, gone):
    """All minus those who answered twice would be one or two practices: the shown means are used instead."""
    measure = kol.measure("spirometry")
    twice = gave_twice(measure, Side(sides(*range(9))), Side(sides(*range(gone, 9), add=5)))
    assert cluster_change(measure, twice, (0.31, 0.36)) == ClusterChange(0.31, 0.36, 0, None)


def test_cluster_change_may_leave_out_three(kol):
    measure = kol.measure("spirometry")
    first, second = gave_twice(measure, Side(sides(*range(9))), Side(sides(*range(3, 9), add=5)))
    assert (sorted(first), sorted(second)) == ([*range(3, 9)], [*range(3, 9)])


def test_cluster_change_is_not_of_those_who_left(kol):
    measure, before = kol.measure("spirometry"), sides(*range(9))
    assert gave_twice(measure, Side(before, gone={4}), Side(sides(*range(9), add=5))) is None


def test_cluster_change_hides_beside_what_was_shown_before(kol):
    """Six of nine were shown once; seven of them now would tell the seventh by subtraction."""
    measure, before = kol.measure("spirometry"), sides(*range(12))
    shown = {"spirometry": [{n: before[0][n] for n in range(6)}]}
    assert gave_twice(measure, Side(before, beside=shown), Side(sides(*range(7), *range(20, 23)))) is None
    assert gave_twice(measure, Side(before), Side(sides(*range(7), *range(20, 23)))) is not None


def test_release_that_would_tell_one_apart_beside_a_change_is_noticed(kol):
    """Three corrected: one of them among those who gave twice, so its old number would come out."""
    before = sides(*range(9))
    shown = {"spirometry": [{n: before[0][n] for n in range(6)}]}
    corrected = {n: values | ({"spirometry": 99} if n in {0, 7, 8} else {}) for n, values in before[0].items()}
    together = {n: values | ({"spirometry": 99} if n in {0, 1, 2} else {}) for n, values in before[0].items()}
    measures = [kol.measure("spirometry")]
    assert stay_hidden(measures, [*before, corrected], shown) is False
    assert stay_hidden(measures, [*before, together], shown) is True
    assert stay_hidden(measures, [*before, corrected], {}) is True


def test_cluster_change_without_shown_means_is_nothing(kol):
    assert cluster_change(kol.measure("spirometry"), None, (None, None)) is None


def test_measures_are_comparable_while_they_count_the_same(kol):
    def altered(**changes):
        one = kol.measure("spirometry").model_copy(update=changes)
        return kol.model_copy(update={"measures": tuple(one if m.id == one.id else m for m in kol.measures)})

    other = kol.measure("prevalence")
    found = [
        is_comparable("spirometry", kol, each)
        for each in (
            kol,
            altered(caution=other.caution),
            altered(definition=other.definition),
            altered(denominator="listed"),
            kol.model_copy(update={"measures": (other,)}),
        )
    ]
    assert found == [True, True, False, False, False]


def test_headline_praises_only_where_the_good_direction_is_known(kol, da):
    own = change_of(kol.measure("spirometry"), (48, 80), (78, 80))
    worse = change_of(kol.measure("spirometry"), (78, 80), (48, 80))
    unknown = kol.measure("spirometry").model_copy(update={"direction": None})
    said = [
        compose_change(measure, change, None, BETWEEN, da).picture.frame.headline
        for measure, change in ((kol.measure("spirometry"), own), (unknown, own), (kol.measure("spirometry"), worse))
    ]
    assert said == [
        "Flot: fra 60 % til 98 % – mere, end tilfældigheder kan forklare",
        "Fra 60 % til 98 % – mere, end tilfældigheder kan forklare",
        "Fra 98 % til 60 % – mere, end tilfældigheder kan forklare",
    ]


def test_few_patients_are_warned_of_and_not_praised(kol, da):
    graph = compose_change(
        kol.measure("spirometry"), change_of(kol.measure("spirometry"), (0, 3), (4, 4)), None, BETWEEN, da
    )
    assert graph.picture.frame.headline == "Fra 0 % til 100 %"
    assert graph.picture.frame.notes == ("Tallet bygger på få patienter, så det kan svinge meget fra år til år.",)


def test_cluster_sentence_says_from_whom_and_whether_chance_would_do(kol, da):
    measure = kol.measure("spirometry")
    told = [
        cluster_sentence(measure, each, da)
        for each in (
            ClusterChange(0.61, 0.66, 0, None),
            ClusterChange(0.61, 0.66, 4, None),
            ClusterChange(0.61, 0.66, 9, Estimate(0.04, 0.01, 0.07)),
            ClusterChange(0.61, 0.66, 9, Estimate(0.04, -0.01, 0.07)),
        )
    ]
    assert told == [
        "Klyngen som helhed gik fra 61 % til 66 %.",
        "De 4 praksisser, der gav tal begge gange, gik samlet fra 61 % til 66 %.",
        "De 9 praksisser, der gav tal begge gange, gik samlet fra 61 % til 66 %. "
        "De fleste af dem har flyttet sig samme vej, mere end tilfældigheder kan forklare.",
        "De 9 praksisser, der gav tal begge gange, gik samlet fra 61 % til 66 %. Det er ingen sikker ændring.",
    ]


def test_cautions_name_the_move_towards_the_middle_only_for_the_extreme(kol, da):
    measure = kol.measure("spirometry")
    own = change_of(measure, (10, 100), (30, 100))
    first = Comparison((10, 100), 0.6, None, 9, 100)
    away = change_of(measure, (10, 100), (2, 100))
    assert [was_extreme(measure, first, change) for change in (own, away)] == [True, False]
    warned, plain = (compose_change(measure, own, None, BETWEEN, da, extreme=extreme) for extreme in (True, False))
    said = "I lå langt fra klyngen første gang. Sådanne tal bevæger sig ofte mod midten af sig selv."
    assert (warned.picture.frame.notes[0] == said, said in plain.alt_text) == (True, False)


def test_change_needs_something_to_show(kol, da):
    with pytest.raises(ValueError, match="nothing to show"):
        compose_change(kol.measure("spirometry"), None, None, BETWEEN, da)
