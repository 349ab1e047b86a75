"""What a person's own page shows of evaluations."""

from __future__ import annotations

from handlers.at_home import AtHome, HomeBlock
from handlers.evaluations.views import appraisals as views
from handlers.message import Block

PLACE = 36


def _waiting(at: AtHome) -> list[Block]:
    if at.part.evaluation is None:
        return []
    found, meeting = at.part.evaluation
    return views.request(found, meeting, at.t)


BLOCKS = [HomeBlock(PLACE, _waiting, is_owed=True)]
