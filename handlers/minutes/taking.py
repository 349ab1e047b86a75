"""`/klynge referat`: who takes the minutes, and the list of what there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cluster.errors import ClusterError
from cluster.members import members
from cluster.minutes import sending, writing
from cluster.minutes.room import Kinds
from cluster.notices import NotNow
from cluster.overview.homepage import Membership
from cluster.overview.next_things import NextThing, Thing
from handlers import blocks as b
from handlers.acting import leader
from handlers.at_home import AtHome, HomeBlock
from handlers.doors import Door, Shelf
from handlers.errors import say
from handlers.feature import Command, Direct, Feature, Form, HelpLine, Kept, Notice, Rendering, Told
from handlers.ids import number
from handlers.meetings.lookups import meeting_of, reply
from handlers.meetings.views.words import titled
from handlers.message import Block, Message
from handlers.minutes.ids import Action, View
from handlers.minutes.lookups import acted, name, require_reader
from handlers.minutes.views import forms, told
from handlers.turn import Turn
from locales import N_
from storage.models import Meeting
from storage.unit_of_work import Look, Reading
from storage.words import MeetingState, Role

MOST = 4
PLACE = 35


async def start(turn: Turn) -> Message:
    """What there is, with the buttons for it; with words behind the command, where they stand."""
    member, cluster = turn.require_member(), turn.require_cluster()
    require_reader(member)
    async with turn.look() as state:
        if words := turn.words.strip():
            return told.found(await sending.find(state, cluster.id, words, turn.now), words, turn.t)
        meetings = await writing.recent(state, cluster.id, turn.now, MOST)
        rows = [await _listed(state, turn, meeting) for meeting in meetings]
    return forms.listed([row for row in rows if row.may_pick or row.may_write or row.was_sent], turn.t)


async def _listed(state: Reading, turn: Turn, meeting: Meeting) -> forms.Listed:
    by, row = turn.require_member(), await writing.of_meeting(state, meeting.id)
    return forms.Listed(
        meeting,
        b.escape(await name(state, row.taker_id if row is not None else None)),
        may_pick=by.role in members.LEADERS,
        may_write=writing.may_write(by, row) and not writing.is_early(meeting, turn.now),
        was_sent=await sending.newest_sent(state, meeting.id, turn.now) is not None,
        is_written=row is not None and row.sequence > 0,
    )


async def pick(turn: Turn) -> None:
    """The form: who takes them?"""
    async with turn.look() as state:
        found = await acted(state, turn, number(turn.value))
        await leader(state, turn, found.meeting.cluster_id)
        people = await writing.candidates(state, found.meeting)
        chairs = await writing.chairs_of(state, found.meeting)
    if not people:
        raise ClusterError("minutes.nobody_comes")
    await turn.open(forms.pick_form(found.meeting, people, chairs, found.row.taker_id if found.row else None, turn.t))


async def check_picked(turn: Turn) -> dict[str, str] | None:
    """Whether who was picked still comes."""
    async with turn.look() as state:
        found = await acted(state, turn, number(turn.metadata.get("meeting")))
        await leader(state, turn, found.meeting.cluster_id)
        known = {each.id for each in await writing.candidates(state, found.meeting)}
    is_known = number(turn.state.get("taker")) in known
    return None if is_known else {"taker": say(ClusterError("minutes.not_coming"), turn.t, ERRORS)}


async def picked(turn: Turn) -> None:
    """Ask them."""
    async with turn.unit() as uow:
        meeting = await writing.meeting_with_minutes(uow, number(turn.metadata.get("meeting")))
        by = await leader(uow, turn, meeting.cluster_id)
        taker = await members.get(uow, number(turn.state.get("taker")))
        await writing.ask(uow, meeting, taker, by=by, now=turn.now)
        await reply(uow, turn, Kinds.MINUTES_PICKED, by, about=meeting, who=taker.id)
        await uow.commit()


async def decline(turn: Turn) -> None:
    """No, ask another."""
    async with turn.unit() as uow:
        found = await acted(uow, turn, number(turn.value))
        await writing.decline(uow, found.meeting, by=found.by, now=turn.now)
        await uow.commit()


async def render_asked(r: Rendering) -> Message | None:
    """To whoever is to take the minutes."""
    meeting = await meeting_of(r)
    row = await writing.of_meeting(r.state, meeting.id)
    if meeting.state != MeetingState.PLANNED or row is None:
        return None
    by = await name(r.state, row.asked_by)
    return forms.asked(meeting, r.t, by=by, is_theirs=row.taker_id == r.owed.member_id)


async def render_time(r: Rendering) -> Message | None:
    """The meeting is over: to whoever takes the minutes, unless they are written, or another does."""
    meeting = await meeting_of(r)
    row = await writing.of_meeting(r.state, meeting.id)
    if meeting.state != MeetingState.PLANNED or row is None or row.taker_id != r.owed.member_id:
        return None
    if meeting.ends_at > r.tools.clock.now():
        raise NotNow(meeting.ends_at)
    if await sending.was_sent(r.state, row):
        return None
    return forms.time(meeting, r.t, is_begun=row.sequence > 0)


async def render_picked(r: Rendering) -> Message:
    """To who picked them."""
    who, meeting = b.escape(await name(r.state, int(r.owed.params["who"]))), await meeting_of(r)
    return Message(r.t("I have asked {who} to take the minutes of {meeting}.", who=who, meeting=titled(meeting, r.t)))


async def render_declined(r: Rendering) -> Message | None:
    """To who runs the cluster; nothing where another has been asked meanwhile."""
    meeting = await meeting_of(r)
    row = await writing.of_meeting(r.state, meeting.id)
    if row is None or row.taker_id is not None or meeting.state != MeetingState.PLANNED:
        return None
    return forms.declined(meeting, await name(r.state, int(r.owed.params["who"])), r.t)


async def waiting(state: Look, part: Membership, now: datetime) -> Sequence[Meeting]:
    """Meetings whose minutes the reader takes and has not sent."""
    return await writing.unsent_of(state, part.member.id, now)


def at_home(at: AtHome) -> list[Block]:
    """On the start page of whoever takes minutes."""
    return [
        b.section(
            at.t("You take the minutes of {meeting}.", meeting=titled(meeting, at.t)),
            b.button(at.t("Write the minutes"), Action.MINUTES_WRITE, meeting.id),
        )
        for meeting in at.found or []
    ]


def to_pick(thing: Thing, at: AtHome) -> tuple[str, Block] | None:
    """The meeting is near, and nobody takes the minutes."""
    found = at.part.lead.gathering(thing.about) if at.part.lead is not None else None
    if found is None:
        return None
    said = at.t("Nobody takes the minutes of {meeting} yet.", meeting=titled(found.meeting, at.t))
    return said, b.button(at.t("Pick who takes the minutes"), Action.MINUTES_PICK, thing.about)


def _may_read(part: Membership, _now: datetime) -> bool:
    return part.member.role != Role.OBSERVER


ERRORS = {
    "minutes.members_only": N_("Minutes are for the cluster's members. You only look on here."),
    "minutes.no_meeting": N_("That meeting was called off or is a draft, so it has no minutes."),
    "minutes.nobody_comes": N_("Nobody who is invited is in Slack yet, so there is nobody to ask."),
    "minutes.not_coming": N_("They do not come to the meeting any more. Pick another."),
    "minutes.not_yours": N_("Another takes the minutes of that meeting. The coordinator can ask you to."),
}
feature = Feature(
    commands=[
        Command(
            ("referat", "minutes"),
            Direct(start),
            told=Told(
                75,
                readme=N_("the minutes of a meeting, written the same evening, sent to all and found again"),
                coordinator=N_(
                    "coordinator: pick who takes the minutes; whoever takes them: write and send; everybody: read; "
                    "with a word behind it: find where it stands in earlier minutes"
                ),
                member=N_("read what was said at the meetings; with a word behind it: where it stands in the minutes"),
                hint=65,
            ),
            help=(HelpLine(45, N_("what was said at the meetings; `/klynge referat spirometri` finds a word in it")),),
            door=Door(Action.CLUSTER_MINUTES, Shelf.MEETINGS, N_("The minutes"), is_open=_may_read),
        )
    ],
    actions={Action.MINUTES_PICK: Direct(pick), Action.MINUTES_DECLINE: Kept(decline)},
    forms={View.MINUTES_PICKED: Form(picked, check_picked)},
    notices={
        Kinds.MINUTES_ASKED: Notice(render_asked),
        Kinds.MINUTES_DECLINED: Notice(render_declined),
        Kinds.MINUTES_PICKED: Notice(render_picked),
        Kinds.MINUTES_TIME: Notice(render_time, ahead=N_("“Write the minutes” to whoever takes them")),
    },
    home=[HomeBlock(PLACE, at_home, look=waiting, is_owed=True, things={NextThing.TAKER: to_pick})],
    errors=ERRORS,
    log={
        "minutes.asked": N_("{who} asked somebody to take the minutes of {subject}"),
        "minutes.declined": N_("{who} could not take the minutes of {subject}"),
    },
)
