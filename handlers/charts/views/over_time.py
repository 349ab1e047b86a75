"""A practice's own numbers over time, as its members get them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.blocks import context, escape, header, image, section
from handlers.charts.views.own_charts import LONGEST_ALT
from handlers.message import Block
from locales import Texts
from measures.charts.graph import Graph


@dataclass(frozen=True)
class ShownOverTime:
    """One picture, and the name of its attachment."""

    name: str
    graph: Graph


def course(opening: str, title: str, shown: Sequence[ShownOverTime], t: Texts) -> list[Block]:
    """Each measure: what is read first, and its picture; then who sees it."""
    blocks: list[Block] = [header(t("Over time: {topic}", topic=title)), section(opening)]
    for each in shown:
        blocks += [section(f"*{escape(each.graph.headline)}*"), image(each.name, each.graph.alt_text[:LONGEST_ALT])]
    blocks.append(context(cannot_say(t)))
    return [*blocks, context("🔒 " + t("Only your practice gets these pictures."))]


def cannot_say(t: Texts) -> str:
    """What must not be read out of the pictures."""
    return t(
        "The cluster's number is the one that the charts of each round showed. The pictures don't say what caused a "
        "difference."
    )


def read_aloud(opening: str, shown: Sequence[ShownOverTime], t: Texts) -> str:
    """Everything that matters, for a notification or a screen reader."""
    said = [opening, *(escape(each.graph.headline) for each in shown)]
    return "\n".join([*said, cannot_say(t), t("Only your practice gets these pictures.")])
