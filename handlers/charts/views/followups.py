"""Before and after, as a practice gets it: what was agreed, each measure's change, and what it can't tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.blocks import context, escape, header, image, section
from handlers.charts.views.own_charts import LONGEST_ALT
from handlers.message import Block
from handlers.rounds.views.agreements import quoted
from locales import Texts
from measures.charts.graph import Graph
from measures.packages.package import Measure, text


@dataclass(frozen=True)
class Shown:
    """One picture with its attachment's name, and the sentences around it."""

    name: str
    measure: Measure
    graph: Graph
    said: list[str]


def changes(
    t: Texts,
    *,
    title: str,
    opening: str,
    agreed: str,
    shown: Sequence[Shown],
    other: Sequence[str],
    held_back: str,
) -> list[Block]:
    """The message: the agreement, the pictures, the cautions once for all."""
    blocks: list[Block] = [header(t("Before and after: {title}", title=title)), section(opening)]
    if agreed:
        said = t("This is what the cluster agreed on in between:")
        blocks.append(section(f"{said}\n{quoted(agreed)}"))
    for each in shown:
        heading = escape(text(each.measure.title, t.lang))
        if each.measure.role == "balancing":
            side = t("Watched for side effects:")
            heading = f"{side} {heading}"
        blocks.append(section(f"*{heading}*\n{escape(each.graph.headline)}"))
        blocks.append(image(each.name, each.graph.alt_text[:LONGEST_ALT]))
        if each.said:
            blocks.append(context(*(escape(line) for line in each.said)))
    if other:
        blocks.append(context(escape(not_comparable(other, t))))
    if shown:
        warned = [
            t("There is no group outside the cluster to compare with, so nobody can say what caused the change."),
        ]
        if held_back:
            warned.insert(0, escape(held_back))
        blocks.append(context(*warned))
    blocks.append(context("🔒 " + t("Only your practice gets these pictures.")))
    return blocks


def not_comparable(other: Sequence[str], t: Texts) -> str:
    """What is left out, and why."""
    return t(
        "{names} can't be compared with last time, because the counting has changed.",
        names=t.listing(list(other)),
    )


def read_aloud(opening: str, shown: Sequence[Shown], other: Sequence[str], t: Texts) -> str:
    """Everything that matters, for a notification or a screen reader."""
    said = [opening]
    said += [escape(" ".join([each.graph.headline, *each.said])) for each in shown]
    said += [escape(not_comparable(other, t))] if other else []
    return "\n".join([*said, t("Only your practice gets these pictures.")])
