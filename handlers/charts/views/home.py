"""What a person's page says of charts."""

from __future__ import annotations

from cluster.packages.lookup import package_of
from handlers.at_home import AtHome
from handlers.charts.views import openness
from handlers.message import Block
from measures.packages.package import text


def own_openness(at: AtHome) -> list[Block]:
    """Whether the practice's name stands on charts, round by round."""
    blocks: list[Block] = []
    for round_, choice in at.part.openness:
        title = text(package_of(round_).title, at.t.lang)
        blocks += openness.of_practice(round_.id, title, choice, at.t, decides=at.part.may_decide)
    return blocks
