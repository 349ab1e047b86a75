"""No percentage of the cluster, anywhere on a chart, stands for a count of 1 to 4 people.

The counts are worked back from what is written, as a reader with a pocket calculator would.
"""

import re

import pytest

from measures.charts.chart import About
from measures.charts.chart_of import chart_of
from measures.charts.projector import projector_chart
from measures.charts.shared import shared_of
from measures.disclosure.privacy import DisclosureRules
from measures.disclosure.suppression import LEAST
from measures.packages.package import load
from tests.gallery.numbers import kept
from tests.measures.disclosure.stories_sums import measures, people_in, rows_of, story, values_in

ABOUT = About("Lægehuset", "2025", "7. april 2026")
PERCENT = re.compile(r"(\d+)\s%")
PACKAGES = ("stop_op", "polyfarmaci", "uvi")


def written(chart, *, own: bool) -> list[str]:
    """What is written of the cluster; on own charts of parts one's own shares stand beside it."""
    if own and not hasattr(chart.picture, "questions"):
        return [cell for row in chart.table for cell in row if cell.startswith("klyngen")]
    questions = getattr(chart.picture, "questions", ())
    cells = [cell for row in chart.table for cell in row]
    return [chart.headline, chart.alt_text, *cells, *(said for each in questions for said in each.said)]


def counts_behind(texts: list[str], total: int) -> set[int]:
    """With fewer than a hundred people each percentage is one count."""
    shares = {int(share) for said in texts for share in PERCENT.findall(said)}
    return {count for count in range(total + 1) if int(100 * count / total + 0.5) in shares}


@pytest.mark.parametrize(("package_id", "measure"), [*zip(PACKAGES, measures(), strict=True)], ids=PACKAGES)
def test_every_percentage_of_the_cluster_is_a_sum_that_may_be_shown(package_id, measure, da):
    package = load(package_id).model_copy(update={"measures": (measure,)})
    drawn = 0
    for told in (each for seed in range(200) if (each := story(seed, 0)).measure == measure):
        replies, total = told.releases[0], people_in(told.releases[0])
        groups = kept(package, replies)
        shared = shared_of(measure, {}, [replies], kept=groups)
        if total >= 100 or shared.value is None or shared.is_small:
            continue
        rows = rows_of(measure, values_in(measure, replies))
        parts = [set(group) for group in shared.groups[0]]
        upper = set(range((len(measure.scale) + 1) // 2, len(measure.scale)))
        parts += [upper] if upper and all(each <= upper or not each & upper for each in parts) else []
        sums = [
            {own: [rows[key][place] for key in rows if key != own for place in part] for own in (*rows, None)}
            for part in parts
        ]
        assert not any(0 < sum(each) < LEAST for part in sums for each in part.values())
        charts = [
            chart_of(measure, package, key, replies, DisclosureRules(), ABOUT, da, own=own, kept=groups)
            for key, own in replies.items()
        ]
        said = [written(chart, own=True) for chart in charts]
        said.append(
            written(projector_chart(measure, package, [replies], DisclosureRules(), "2025", da, kept=groups), own=False)
        )
        for texts in said:
            counts = counts_behind(texts, total)
            assert counts <= {0, total} | {sum(part[None]) for part in sums}
            drawn += bool(counts)
    assert drawn > 50
