"""Requests for numbers that are not sent, as those who run the cluster see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cluster.packages.lookup import package_of
from handlers import blocks as b
from handlers.message import Block
from handlers.reminders.views.send_time import age
from handlers.rounds.ids import Action
from handlers.rounds.views.asks import title
from locales import Texts
from storage.models import Round

MOST = 4
"""Requests that are shown; more are nobody's plan."""


def named(draft: Round, t: Texts) -> str:
    """What it asks for, until when."""
    topic = f"*{b.escape(title(package_of(draft), t))}*"
    return t("{topic}, deadline {moment}", topic=topic, moment=t.moment(draft.deadline))


def shown(requests: Sequence[Round], t: Texts, now: datetime) -> list[Block]:
    """Each with how old it is, or when it is sent, and its doors."""
    blocks: list[Block] = []
    for each in requests[:MOST]:
        blocks += one(line(each, t, now), each, t)
    return blocks


def line(draft: Round, t: Texts, now: datetime) -> str:
    """How it stands."""
    about = named(draft, t)
    if draft.send_at is not None:
        said = t("The practices are asked on {moment}: {request}", moment=t.moment(draft.send_at), request=about)
        return f"{said}\n" + t("Nobody else sees it.")
    said = t("Draft of a request for numbers: {request}", request=about)
    return "\n".join((said, age(draft.created_at, t, now), t("Nobody else sees it.")))


def one(said: str, draft: Round, t: Texts) -> list[Block]:
    """What is said of it, with its doors."""
    sure = b.confirmation(t("Delete the draft?"), t("Nobody has heard of it."), t("Delete"), t("Keep it"))
    if draft.send_at is None:
        doors = [b.button(t("Finish it"), Action.ROUND_FINISH, draft.id, style="primary")]
    else:
        question, words = t("Ask them now?"), t("Every practice is asked at once.")
        at_once = b.confirmation(question, words, t("Ask now"), t("Wait"))
        doors = [
            b.button(t("Change it"), Action.ROUND_FINISH, draft.id),
            b.button(t("Ask now"), Action.ROUND_ASK, draft.id, confirm=at_once),
        ]
    return [b.section(said), b.actions(*doors, b.button(t("Delete"), Action.ROUND_DROP, draft.id, confirm=sure))]
