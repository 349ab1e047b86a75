"""How a draft is shown to those who run the cluster: what it is, how old, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers import blocks as b
from handlers.meetings.ids import Action
from handlers.meetings.views.words import titled
from handlers.message import Block
from handlers.reminders.views.send_time import age
from locales import Texts
from storage.models import Meeting

MOST = 4
"""Drafts that the page shows; more are nobody's plan."""


def at_home(drafts: Sequence[Meeting], t: Texts, now: datetime) -> list[Block]:
    """The drafts on the page, the nearest first."""
    blocks: list[Block] = []
    for each in drafts[:MOST]:
        said = t("Draft: {meeting}", meeting=titled(each, t))
        blocks += one("\n".join((said, age(each.created_at, t, now), t("Nobody else sees it."))), each, t)
    return blocks


def one(said: str, draft: Meeting, t: Texts) -> list[Block]:
    """What is said of it, with its two doors."""
    sure = b.confirmation(t("Delete the draft?"), t("Nobody has heard of it."), t("Delete"), t("Keep it"))
    finish = b.button(t("Finish it"), Action.MEETING_FINISH, draft.id, style="primary")
    return [b.section(said), b.actions(finish, b.button(t("Delete"), Action.MEETING_DROP, draft.id, confirm=sure))]
