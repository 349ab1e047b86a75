"""What a practice gets back: its own charts with their words, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers.blocks import actions, button, context, escape, header, image, section
from handlers.message import Block
from handlers.rounds.ids import Action as RoundAction
from handlers.submissions.ids import Action as SubmissionAction
from locales import Texts
from measures.charts.chart import Chart
from measures.charts.words.standing import Position
from measures.packages.package import Package, text

LONGEST_ALT = 1200
"""Slack refuses messages whose blocks are too long together, well below its documented limits."""


def charts(
    t: Texts,
    *,
    title: str,
    opening: str,
    package: Package,
    shown: Sequence[tuple[str, Chart]],
    without: Sequence[str],
    submission_id: int,
    assignment_id: int,
    letters: Mapping[str, str],
    openness: Sequence[Block],
) -> list[Block]:
    """Each measure: its sentence, its picture, the counts behind it. ``shown``: attachment name and chart; ``letters``:
    the practice's own, by measure; ``openness``: what it may choose."""
    blocks: list[Block] = [header(title), section(opening)]
    for name, chart in shown:
        measure = package.measure(chart.measure_id)
        heading = escape(text(measure.title, t.lang))
        blocks.append(section(f"*{heading}*\n{escape(chart.headline)}"))
        blocks.append(image(name, chart.alt_text[:LONGEST_ALT]))
        if chart.measure_id in letters and chart.finding.position is not Position.ALONE:
            letter = letters[chart.measure_id]
            blocks.append(
                context(t("Your letter on this chart: *{letter}*. Only your practice is told.", letter=letter))
            )
        finding = chart.finding
        blocks.append(context(escape(finding.detail), escape(finding.definition), escape(finding.caution)))
    if without:
        names = t.listing([escape(name) for name in without])
        blocks.append(context(t("There is no chart for {names}, because you did not send those numbers.", names=names)))
    blocks.append(context(t("*Who is counted:* {population}", population=escape(text(package.population, t.lang)))))
    for line in dict.fromkeys(chart.finding.who_can_see for _, chart in shown):
        blocks.append(context(f"🔒 {escape(line)}"))
    blocks += openness
    blocks.append(
        actions(
            button(t("My numbers are wrong"), SubmissionAction.SUBMISSION_OBJECT, submission_id),
            button(t("Correct numbers"), SubmissionAction.SUBMISSION_CORRECT, submission_id),
            button(t("History"), RoundAction.ASSIGNMENT_HISTORY, assignment_id),
        )
    )
    return blocks


def read_aloud(opening: str, shown: Sequence[tuple[str, Chart]]) -> str:
    """Everything that matters, for a notification or a screen reader."""
    said = [opening]
    said += [f"{escape(chart.headline)} {escape(chart.finding.detail)}" for _, chart in shown]
    said += [escape(line) for line in dict.fromkeys(chart.finding.who_can_see for _, chart in shown)]
    return "\n".join(said)
