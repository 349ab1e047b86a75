"""What can be put back on an agenda, and what it is called."""

from __future__ import annotations

from datetime import datetime

from cluster.agendas import changing
from cluster.meetings import meetings
from cluster.subjects import key_of
from cluster.undoing import OwnChange, Values
from handlers.blocks import button, escape
from handlers.feature import Feature
from handlers.fitting import cut
from handlers.meetings.ids import Action
from handlers.meetings.views.agenda import POINT_NAMES
from handlers.meetings.views.words import titled
from handlers.message import Block
from handlers.undoing import Undoing
from locales import N_, Texts
from storage.models import Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import ItemState


async def _named(state: Reading, change: OwnChange, t: Texts) -> str:
    return t("the agenda of {meeting}", meeting=titled(await meetings.get(state, change.number), t))


def _said(values: Values, t: Texts) -> str:
    points = [each for each in values["items"] if each["state"] in {ItemState.PLANNED, ItemState.DONE}]
    return escape(cut(", ".join(_point(each, t) for each in points), 300))


def _point(kept: Values, t: Texts) -> str:
    name = kept["title"] or t(POINT_NAMES.get(kept["named"], POINT_NAMES["topic"]))
    return f"{name} {kept['minutes']}"


async def _now(state: Reading, change: OwnChange) -> Values:
    return await changing.snapshot(state, await meetings.get(state, change.number))


async def _put_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    await changing.put_back(uow, await meetings.get(uow, change.number), change.was, by=by, now=now)


def _work(subject: str, _cluster_id: int, t: Texts) -> Block:
    return button(t("Work on the agenda"), Action.MEETING_AGENDA, key_of(subject))


feature = Feature(
    undoings={
        changing.CHANGED: Undoing(
            _named, _said, _now, _put_back, leads=True, called=frozenset({"dagsorden", "dagsordenen", "agenda"})
        ),
        "agenda.made": Undoing(why_not=N_("The agenda is a draft that only the coordinators see."), instead=_work),
        "agenda.shared": Undoing(
            why_not=N_(
                "The agenda has been shared, so all may have read it. Change it, and it changes where it stands."
            ),
            instead=_work,
        ),
    }
)
