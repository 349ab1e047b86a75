"""Says of a chart that its numbers are made up: in the picture itself, in its headline and in what is read aloud."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar, cast

from measures.charts.graph import LONGEST_ALT_TEXT, Graph

G = TypeVar("G", bound=Graph)


def mark(graph: G, words: str) -> G:
    """The same graph with these words over it, wherever it is copied to."""
    picture = cast(Any, graph.picture)
    return replace(
        graph,
        headline=f"{words}: {graph.headline}",
        alt_text=f"{words}: {graph.alt_text}"[:LONGEST_ALT_TEXT],
        picture=replace(picture, frame=replace(picture.frame, mark=words)),
    )
