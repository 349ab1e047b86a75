"""What a practice gets back: its own charts with their words, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.blocks import actions, button, context, escape, header, image, section, window
from handlers.charts.ids import Action, View
from handlers.fitting import paragraphs
from handlers.message import Block
from handlers.rounds.ids import Action as RoundAction
from handlers.submissions.ids import Action as SubmissionAction
from locales import Texts
from measures.charts.chart import Chart
from measures.charts.words.standing import Position

LONGEST_ALT = 1200
"""Slack refuses messages whose blocks are too long together, well below its documented limits."""


def charts(
    t: Texts,
    *,
    title: str,
    opening: str,
    said: Sequence[Block] = (),
    shown: Sequence[tuple[str, Chart]],
    without: Sequence[str],
    submission_id: int,
    release_id: int,
    round_id: int,
    assignment_id: int,
    letters: Mapping[str, str],
    openness: Sequence[Block],
) -> list[Block]:
    """Each measure: what is read in ten seconds, its picture, its buttons. ``said``: what the practice said that it
    would change; ``shown``: attachment name and chart; ``letters``: the own, by measure; ``openness``: what it may
    choose."""
    blocks: list[Block] = [header(title), section(opening), *said]
    for name, chart in shown:
        blocks.append(section("\n".join(_told(chart))))
        blocks.append(image(name, chart.alt_text[:LONGEST_ALT]))
        if chart.measure_id in letters and chart.finding.position is not Position.ALONE:
            letter = letters[chart.measure_id]
            blocks.append(
                context(t("Your letter on this chart: *{letter}*. Only your practice is told.", letter=letter))
            )
        blocks.append(
            actions(
                button(t("My numbers are wrong"), SubmissionAction.SUBMISSION_OBJECT, submission_id),
                button(t("How to read the picture"), Action.CHART_READ, f"{release_id}:{chart.measure_id}"),
            )
        )
    if without:
        names = t.listing([escape(name) for name in without])
        blocks.append(context(t("There is no chart for {names}, because you did not send those numbers.", names=names)))
    for line in dict.fromkeys(chart.finding.who_can_see for _, chart in shown):
        blocks.append(context(f"🔒 {escape(line)}"))
    blocks += openness
    staff = button(t("Page for our staff meeting"), Action.PAGE_FETCH, round_id)
    blocks.append(
        actions(
            button(t("Correct numbers"), SubmissionAction.SUBMISSION_CORRECT, submission_id),
            button(t("History"), RoundAction.ASSIGNMENT_HISTORY, assignment_id),
            staff,
        )
    )
    return blocks


def _told(chart: Chart) -> list[str]:
    """The number and the standard, what it is held against, the one thing to do."""
    said = [f"*{escape(chart.headline)}*", escape(chart.finding.detail)]
    return [*said, f"👉 {escape(chart.finding.action)}"] if chart.finding.action else said


def explanation(t: Texts, title: str, lines: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """How a picture is read: what the message itself has no room for."""
    said = [f"*{escape(title)}*", *(f"\n*{escape(lead)}*\n{escape(words)}" for lead, words in lines)]
    blocks: list[Block] = [section(each) for each in paragraphs(said)]
    return window(View.CHART_READ, t("How to read the picture"), t("Close"), blocks)


def read_aloud(opening: str, shown: Sequence[tuple[str, Chart]]) -> str:
    """Everything that matters, for a notification or a screen reader."""
    said = [opening]
    said += [" ".join([escape(chart.headline), *_told(chart)[1:]]) for _, chart in shown]
    said += [escape(line) for line in dict.fromkeys(chart.finding.who_can_see for _, chart in shown)]
    return "\n".join(said)
