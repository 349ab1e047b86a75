"""Forms around an agenda: a point, a new suggestion, sharing with a preview, a member's wish."""

from __future__ import annotations

import json
from typing import Any

from cluster.agendas import agendas, editing, wishes
from cluster.agendas.editing import WrittenPoint
from cluster.agendas.room import Kinds
from cluster.errors import ClusterError
from cluster.meetings import meetings
from cluster.meetings.cards import reachable
from cluster.meetings.waiting import unheard_of
from cluster.packages import own_packages
from handlers.acting import actor
from handlers.agendas.errors import ERRORS
from handlers.agendas.ids import Action, View
from handlers.agendas.views import forms
from handlers.errors import sentence
from handlers.feature import Direct, Feature, Form
from handlers.ids import number
from handlers.meetings.lookups import led, reply
from handlers.submissions import patients
from handlers.turn import Turn
from locales import N_
from storage.models import Meeting, Member
from storage.unit_of_work import Reading
from storage.words import ItemKind

PERSONAL = "text.personal"


async def open_add(turn: Turn) -> None:
    """An empty point."""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.value))
        agendas.require_open(meeting, turn.now)
        entries = await agendas.entries(state, meeting)
    await turn.open(forms.point(meeting, entries, turn.t, metadata=json.dumps({"meeting": meeting.id})))


async def open_edit(turn: Turn) -> None:
    """A point as it stands."""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.value))
        agendas.require_open(meeting, turn.now)
        entries = await agendas.entries(state, meeting)
        item = await agendas.item(state, meeting, number(turn.value, 1))
    metadata = json.dumps({"meeting": meeting.id, "item": item.id})
    await turn.open(forms.point(meeting, entries, turn.t, metadata=metadata, item=item))


def _point(state: dict[str, Any]) -> WrittenPoint:
    try:
        minutes, kind = int(str(state.get("minutes") or editing.USUAL)), ItemKind(str(state.get("kind")))
    except ValueError as error:
        raise ClusterError("agenda.minutes", field="minutes") from error
    return WrittenPoint(str(state.get("title") or ""), kind, minutes, str(state.get("speaker") or ""))


async def check_point(turn: Turn) -> dict[str, str] | None:
    """A point has a title where it is not a standard one, and some minutes; nothing about patients."""
    said = f"{turn.state.get('title') or ''} {turn.state.get('speaker') or ''}"
    if patients.is_about_patient(said):
        return {"title": sentence(PERSONAL, {}, turn.t, turn.tools.table.errors)}
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.metadata.get("meeting")))
        item = None
        if turn.metadata.get("item"):
            item = await agendas.item(state, meeting, number(turn.metadata.get("item")))
    try:
        editing.checked(_point(turn.state), has_name=item is not None and bool(item.named))
    except ClusterError as error:
        return {error.field or "title": sentence(error.code, {}, turn.t, ERRORS)}
    return None


async def keep_point(turn: Turn) -> None:
    """Add it, change it, move it, take it off or keep it for the next meeting."""
    point = _point(turn.state)
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.metadata.get("meeting")))
        chosen = str(turn.state.get("after") or "")
        after = number(chosen) if chosen not in {"", forms.FIRST} else None
        if not turn.metadata.get("item"):
            where = 0 if chosen == forms.FIRST else after
            await editing.add(uow, meeting, point, by=by, now=turn.now, after=where)
        else:
            item = await agendas.item(uow, meeting, number(turn.metadata.get("item")))
            fate = str(turn.state.get("fate") or "")
            if fate == forms.REMOVE:
                await editing.remove(uow, meeting, item, by=by, now=turn.now)
            elif fate == forms.LATER:
                await editing.put_off(uow, meeting, item, by=by, now=turn.now)
            else:
                moves = bool(chosen)
                await editing.rewrite(uow, meeting, item, point, by=by, now=turn.now, after=after, moves=moves)
        await uow.commit()


async def open_again(turn: Turn) -> None:
    """From what shall it be suggested?"""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.value))
        agenda = await agendas.get(state, meeting)
        packages = [each.package for each in await own_packages.for_meetings(state, meeting.cluster_id)]
    metadata = json.dumps({"meeting": meeting.id})
    await turn.open(forms.again(meeting, packages, agenda.package_id, turn.t, metadata=metadata))


async def keep_again(turn: Turn) -> None:
    """The planned points are replaced; within ten minutes they can be put back."""
    chosen = str(turn.state.get("package") or "")
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.metadata.get("meeting")))
        known = {each.package.id for each in await own_packages.for_meetings(uow, meeting.cluster_id)}
        package = chosen if chosen in known else ""
        await editing.suggest_again(uow, meeting, by=by, now=turn.now, lang=turn.t.lang, package_id=package)
        await uow.commit()


async def open_share(turn: Turn) -> None:
    """To whom it goes and how it looks, before anybody sees it."""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.value))
        agendas.require_open(meeting, turn.now)
        whole = await agendas.whole(state, meeting)
        people = len(await reachable(state, meeting.id))
    metadata = json.dumps({"meeting": meeting.id})
    await turn.open(forms.share(whole, people, turn.t, metadata=metadata))


async def keep_share(turn: Turn) -> None:
    """Share it."""
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.metadata.get("meeting")))
        await editing.share(uow, meeting, by=by, now=turn.now)
        await uow.commit()


async def _invited(state: Reading, turn: Turn, meeting_id: int) -> tuple[Meeting, Member]:
    meeting = await meetings.get(state, meeting_id)
    member = await actor(state, turn, meeting.cluster_id)
    if meeting.id in await unheard_of(state, member, turn.now):
        raise ClusterError("meeting.unknown")
    agendas.require_open(meeting, turn.now)
    return meeting, member


async def open_wish(turn: Turn) -> None:
    """What would you like to talk about?"""
    async with turn.look() as state:
        meeting, _ = await _invited(state, turn, number(turn.value))
    await turn.open(forms.wish(meeting, turn.t, metadata=json.dumps({"meeting": meeting.id})))


async def check_wish(turn: Turn) -> dict[str, str] | None:
    """Some words, none about patients."""
    said = str(turn.state.get("wish") or "")
    if patients.is_about_patient(said):
        return {"wish": sentence(PERSONAL, {}, turn.t, turn.tools.table.errors)}
    return None if said.strip() else {"wish": sentence("agenda.title_missing", {}, turn.t, ERRORS)}


async def keep_wish(turn: Turn) -> None:
    """Keep it, and ask those who run the cluster."""
    async with turn.unit() as uow:
        meeting, member = await _invited(uow, turn, number(turn.metadata.get("meeting")))
        made = await wishes.wish(uow, meeting, str(turn.state.get("wish") or ""), by=member, now=turn.now)
        await reply(uow, turn, Kinds.AGENDA_WISHED, member, about=meeting, item=made.id, what="add")
        await uow.commit()


feature = Feature(
    actions={
        Action.MEETING_AGENDA_ADD: Direct(open_add),
        Action.MEETING_AGENDA_AGAIN: Direct(open_again),
        Action.MEETING_AGENDA_EDIT: Direct(open_edit),
        Action.MEETING_AGENDA_SHARE: Direct(open_share),
        Action.MEETING_AGENDA_WISH: Direct(open_wish),
    },
    forms={
        View.AGENDA_AGAIN: Form(keep_again),
        View.AGENDA_POINT: Form(keep_point, check_point),
        View.AGENDA_SHARE: Form(keep_share),
        View.AGENDA_WISH: Form(keep_wish, check_wish),
    },
    log={
        "agenda.made": N_("{who} made an agenda for {subject}"),
        "agenda.changed": N_("{who} changed the agenda of {subject}"),
        "agenda.shared": N_("{who} shared the agenda of {subject}"),
    },
)
