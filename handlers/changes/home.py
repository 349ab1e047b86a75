"""What a person's own page shows of it, and where."""

from __future__ import annotations

from handlers import blocks as b
from handlers.at_home import AtHome, HomeBlock, all_button
from handlers.changes.views import home as views
from handlers.message import Block

OWED, SAID = 35, 56


def _to_say(at: AtHome) -> list[Block]:
    return views.to_say(at.part.commitments, at.t)


def _newest(at: AtHome) -> list[Block]:
    blocks, many = views.newest(at.part.commitments, at.t), len(views.told(at.part.commitments))
    if many > 1:
        blocks.append(b.actions(all_button(at, SAID, at.t("Show all {n}", n=many))))
    return blocks


def _everything(at: AtHome) -> list[Block]:
    return views.everything(at.part.commitments, at.t)


BLOCKS = [HomeBlock(OWED, _to_say, is_owed=True), HomeBlock(SAID, _newest, whole=_everything)]
