"""How a chart is read: what stands behind its button, so that the picture and its message can be short."""

from __future__ import annotations

from measures.charts.chart import Chart
from measures.charts.words.amounts import amount_text, value_text
from measures.drawing.forms.lanes import Lanes
from measures.packages.package import Measure
from measures.texts import Texts


def explained(chart: Chart, measure: Measure, t: Texts) -> tuple[tuple[str, str], ...]:
    """Each a lead-in and a sentence: marks and lines, statistical uncertainty, who is counted, who can see it."""
    finding, drawn = chart.finding, chart.picture
    said: list[tuple[str, str]] = []
    if isinstance(drawn, Lanes):
        said.append((t("Your number"), t("The filled circle is your number now, the open one your number last time.")))
        if drawn.others:
            each = t(
                "Each ring is a practice. Rings with nearly the same number stand on each other; height means nothing. "
                "The light field covers the middle half of the rings."
            )
            said.append((t("The others"), each))
        if any(line.kind == "cluster" for line in drawn.lines):
            together = t(
                "All patients of the cluster counted together, so large practices count for more. It is not the middle "
                "of the rings, and not a goal."
            )
            said.append((t("The cluster as a whole"), together))
    if finding.limits is not None:
        low, high = value_text(finding.limits[0], measure, t), amount_text(finding.limits[1], measure, t)
        swings = t(
            "The line through your mark goes from {low} to {high}. That much the number may swing by chance (95%).",
            low=low,
            high=high,
        )
        said.append((t("Statistical uncertainty"), swings))
    return (
        *said,
        (t("How it is counted"), finding.definition),
        (t("Who is counted"), finding.population),
        (t("Keep in mind"), finding.caution),
        (t("Who can see it"), finding.who_can_see),
    )
