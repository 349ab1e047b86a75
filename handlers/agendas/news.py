"""What is said about agendas: the card to work on, the channel's message, wishes and what became of them."""

from __future__ import annotations

from datetime import datetime

from cluster.agendas import agendas
from cluster.agendas.room import Kinds
from cluster.meetings import meetings
from cluster.members import members
from cluster.overview.homepage import Membership
from handlers import blocks as b
from handlers.agendas.views import agenda as views
from handlers.agendas.views import home
from handlers.at_home import HomeBlock
from handlers.feature import Feature, Notice, Rendering
from handlers.meetings.lookups import meeting_of
from handlers.meetings.views.agenda import line, name_of
from handlers.meetings.views.words import titled
from handlers.message import Message
from storage.models import AgendaItem
from storage.unit_of_work import Look
from storage.words import How, ItemState, MeetingState


async def render_desk(r: Rendering) -> Message | None:
    """The card of those who run the cluster."""
    meeting = await meeting_of(r)
    if await agendas.of_meeting(r.state, meeting) is None:
        return None
    if meeting.state == MeetingState.CANCELLED:
        return views.called_off(meeting, r.t, card="agenda.desk")
    whole = await agendas.whole(r.state, meeting)
    wishers = {
        each.proposed_by: (await members.get(r.state, each.proposed_by)).name
        for each in whole.wished
        if each.proposed_by is not None
    }
    now = r.tools.clock.now()
    return views.desk(whole, wishers, r.t, is_open=now < meeting.ends_at)


async def render_channel(r: Rendering) -> Message | None:
    """One message in the channel, edited in place."""
    meeting = await meeting_of(r)
    if meeting.state == MeetingState.CANCELLED:
        return views.called_off(meeting, r.t, card="agenda.channel") if r.owed.how != How.POST else None
    entries = await agendas.shared(r.state, meeting)
    return views.channel(meeting, entries, r.t) if entries else None


async def render_shown(r: Rendering) -> Message:
    """To a member who asked."""
    meeting = await meeting_of(r)
    return views.shown(meeting, await agendas.shared(r.state, meeting), r.t)


async def _item(r: Rendering) -> AgendaItem | None:
    return await agendas.find_item(r.state, await meeting_of(r), int(r.owed.params["item"]))


async def render_kept(r: Rendering) -> Message:
    """What a step led to, and what is wrong with the plan now."""
    t, meeting, item = r.t, await meeting_of(r), await _item(r)
    whole = await agendas.whole(r.state, meeting)
    entry = next((each for each in whole.entries if item is not None and each.item_id == item.id), None)
    if entry is not None:
        number = whole.entries.index(entry) + 1
        said = t("Noted as item {n}: {point}", n=number, point=line(entry, t))
    elif item is not None and item.state in {ItemState.LATER, ItemState.CARRIED}:
        said = t("Kept for the next meeting: *{title}*", title=b.escape(name_of(item, t)))
    else:
        said = t("Taken off the agenda.")
    lines = [said, *(f"⚠ {each}" for each in views.warnings(whole.warned, t))]
    return Message("\n".join([*lines, t("Was that wrong? Write “undo”.")]))


async def render_wished(r: Rendering) -> Message | None:
    """To whoever wished: it is passed on."""
    item = await _item(r)
    if item is None:
        return None
    said = r.t(
        "I have passed on your wish to those who plan {meeting}: *{title}*. You hear from me when they have looked at "
        "it.",
        meeting=titled(await meeting_of(r), r.t),
        title=b.escape(name_of(item, r.t)),
    )
    return Message(said)


async def render_wish(r: Rendering) -> Message | None:
    """To those who run the cluster: somebody wishes for a point."""
    t, item, meeting = r.t, await _item(r), await meeting_of(r)
    if item is None or item.state != ItemState.PROPOSED or item.proposed_by is None:
        return None
    wisher = await members.get(r.state, item.proposed_by)
    said = t(
        "{name} wishes for a point at {meeting}: *{title}*",
        name=b.escape(wisher.name),
        meeting=titled(meeting, t),
        title=b.escape(name_of(item, t)),
    )
    return b.asking(said, *views.wish_answers(meeting.id, item.id, t))


async def render_settled(r: Rendering) -> Message | None:
    """To whoever wished: what became of it."""
    t, item, meeting = r.t, await _item(r), await meeting_of(r)
    if item is None or meeting.state != MeetingState.PLANNED:
        return None
    title, about = b.escape(name_of(item, t)), titled(meeting, t)
    if item.state == ItemState.PLANNED:
        return Message(t("Your point *{title}* is on the agenda of {meeting}.", title=title, meeting=about))
    if item.state == ItemState.LATER:
        return Message(
            t(
                "There was no room for your point *{title}* at {meeting}. It is kept for the next one.",
                title=title,
                meeting=about,
            )
        )
    return None


async def _shared(state: Look, part: Membership, _now: datetime) -> list[agendas.AgendaEntry]:
    return await agendas.shared(state, part.meetings[0][0]) if part.meetings else []


async def _led(state: Look, part: Membership, now: datetime) -> home.LedAgenda | None:
    ahead = await meetings.ahead(state, part.cluster.id, now)
    if not part.leads or not ahead:
        return None
    meeting = ahead[0]
    found = await agendas.items(state, meeting)
    wished = sum(each.state == ItemState.PROPOSED for each in found)
    return home.LedAgenda(meeting, await agendas.of_meeting(state, meeting), wished)


feature = Feature(
    notices={
        Kinds.AGENDA_CHANNEL: Notice(render_channel),
        Kinds.AGENDA_DESK: Notice(render_desk),
        Kinds.AGENDA_KEPT: Notice(render_kept),
        Kinds.AGENDA_SETTLED: Notice(render_settled),
        Kinds.AGENDA_SHOWN: Notice(render_shown),
        Kinds.AGENDA_WISH: Notice(render_wish),
        Kinds.AGENDA_WISHED: Notice(render_wished),
    },
    home=[
        HomeBlock(45, home.next_agenda, look=_shared),
        HomeBlock(55, home.led_agenda, look=_led, is_led=True),
    ],
)
