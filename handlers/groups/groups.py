"""`/klynge grupper`: groups from those who came, another mixture by one tap, shown on screen and told to each."""

from __future__ import annotations

import json

from cluster.chairing import sittings
from cluster.errors import ClusterError
from cluster.groups import groups, teams
from cluster.groups.room import Kinds
from cluster.meetings import meetings
from cluster.members import members
from cluster.overview.homepage import Membership
from handlers.acting import actor
from handlers.blocks import Option, suggested
from handlers.chairing.ids import Action as ChairAction
from handlers.chairing.steering import nearest, steered
from handlers.doors import Door, Shelf
from handlers.errors import sentence
from handlers.feature import AboutPerson, Command, Direct, Feature, Form, HelpLine, Kept, Notice, Rendering, Told
from handlers.groups.ids import Action, View
from handlers.groups.views import groups as views
from handlers.ids import number
from handlers.meetings.lookups import led, meeting_of, reply
from handlers.message import Message
from handlers.submissions import patients
from handlers.turn import Turn
from locales import N_
from storage.models import Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, MeetingState


async def run(turn: Turn) -> None:
    """The command."""
    member = turn.require_member()
    async with turn.unit() as uow:
        await _hand(uow, turn, await nearest(uow, turn, member), member)
        await uow.commit()


async def make(turn: Turn) -> None:
    """The same by a button."""
    async with turn.unit() as uow:
        meeting, member = await steered(uow, turn, number(turn.value))
        await _hand(uow, turn, meeting, member)
        await uow.commit()


async def _hand(uow: UnitOfWork, turn: Turn, meeting: Meeting, member: Member) -> None:
    sittings.require_hour(meeting, turn.now)
    if await groups.of_meeting(uow, meeting) is None:
        await groups.deal(uow, meeting, by=member, now=turn.now)
    await reply(uow, turn, Kinds.GROUPS_CARD, member, about=meeting)


async def deal_again(turn: Turn) -> None:
    """Another mixture than the one that was pressed at."""
    async with turn.unit() as uow:
        meeting, by = await steered(uow, turn, number(turn.value))
        await groups.deal(uow, meeting, by=by, now=turn.now, turn=number(turn.value, 1))
        await uow.commit()


async def resize(turn: Turn) -> None:
    """Larger or smaller groups."""
    async with turn.unit() as uow:
        meeting, by = await steered(uow, turn, number(turn.value))
        size = number(turn.value, 2)
        await groups.deal(uow, meeting, by=by, now=turn.now, turn=number(turn.value, 1), size=size)
        await uow.commit()


async def open_show(turn: Turn) -> None:
    """The preview."""
    async with turn.look() as state:
        meeting, _ = await steered(state, turn, number(turn.value))
        dealt = await groups.dealt(state, meeting)
        questions, minutes = await groups.questions_for(state, meeting, turn.t.lang)
    if dealt is None:
        raise ClusterError("id.unknown")
    metadata = json.dumps({"meeting": meeting.id, "turn": dealt.seating.turn})
    await turn.open(views.show_form(dealt, questions, minutes, turn.t, metadata=metadata))


async def check_show(turn: Turn) -> dict[str, str] | None:
    """Questions without patients, and minutes that are some."""
    if patients.is_about_patient(str(turn.state.get("questions") or "")):
        return {"questions": sentence("text.personal", {}, turn.t, turn.tools.table.errors)}
    said = str(turn.state.get("minutes") or "")
    if said and not (said.isdecimal() and 1 <= int(said) <= 60):
        return {"minutes": sentence("chair.timer", {}, turn.t, turn.tools.table.errors)}
    return None


async def keep_show(turn: Turn) -> None:
    """Tell everybody."""
    said = str(turn.state.get("minutes") or "")
    async with turn.unit() as uow:
        meeting, by = await steered(uow, turn, number(turn.metadata.get("meeting")))
        deal = number(turn.metadata.get("turn"))
        questions = str(turn.state.get("questions") or "")
        minutes = number(said) if said else None
        if not await groups.show_all(uow, meeting, deal, questions=questions, minutes=minutes, by=by, now=turn.now):
            raise ClusterError("groups.changed")
        await uow.commit()


async def _in_group(state: Reading, turn: Turn, meeting_id: int, group: int) -> tuple[Meeting, Member]:
    meeting = await meetings.get(state, meeting_id)
    member = await actor(state, turn, meeting.cluster_id)
    await groups.require_of(state, meeting, group, member)
    return meeting, member


async def open_note(turn: Turn) -> None:
    """What the group has written so far."""
    group = number(turn.value, 1)
    async with turn.look() as state:
        meeting, _ = await _in_group(state, turn, number(turn.value), group)
        note = await groups.note_of(state, meeting, group)
    metadata = json.dumps({"meeting": meeting.id, "group": group})
    await turn.open(views.note_form(meeting, group, note.words if note else "", turn.t, metadata=metadata))


async def check_note(turn: Turn) -> dict[str, str] | None:
    """Nothing about patients."""
    if patients.is_about_patient(str(turn.state.get("words") or "")):
        return {"words": sentence("text.personal", {}, turn.t, turn.tools.table.errors)}
    return None


async def keep_note(turn: Turn) -> None:
    """Keep it for the summing up."""
    group = number(turn.metadata.get("group"))
    async with turn.unit() as uow:
        meeting, by = await _in_group(uow, turn, number(turn.metadata.get("meeting")), group)
        await groups.write(uow, meeting, group, str(turn.state.get("words") or ""), by=by, now=turn.now)
        await uow.commit()


async def show_notes(turn: Turn) -> None:
    """What all groups have written, to whoever steers."""
    async with turn.look() as state:
        meeting, _ = await steered(state, turn, number(turn.value))
        found = await groups.notes(state, meeting)
    await turn.open(views.notes_window(meeting, found, turn.t))


async def open_teams(turn: Turn) -> None:
    """Who stays together."""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.value))
        kept = await teams.of_cluster(state, meeting.cluster_id)
        people = await members.of_cluster(state, meeting.cluster_id)
    await turn.open(views.teams_form(kept, people, turn.t, metadata=json.dumps({"meeting": meeting.id})))


async def suggest_people(turn: Turn) -> list[Option]:
    """Those whose names fit what is typed."""
    async with turn.look() as state:
        meeting, _ = await led(state, turn, number(turn.metadata.get("meeting")))
        return suggested(views.people_of(await members.of_cluster(state, meeting.cluster_id)), turn.words)


async def check_teams(turn: Turn) -> dict[str, str] | None:
    """A name and its people go together."""
    name, people = str(turn.state.get("name") or "").strip(), turn.state.get("people") or []
    is_whole = bool(name) and 2 <= len(people) <= teams.LARGEST
    if (name or people) and not is_whole:
        return {"people": sentence("groups.team", {}, turn.t, ERRORS)}
    return None


async def keep_teams(turn: Turn) -> None:
    """Keep a new team, take one away; the groups are mixed by whoever wants that."""
    people = {number(each) for each in turn.state.get("people") or []}
    gone = str(turn.state.get("gone") or views.KEEP)
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.metadata.get("meeting")))
        if gone != views.KEEP:
            await teams.remove(uow, meeting.cluster_id, number(gone), by=by, now=turn.now)
        if people:
            name = str(turn.state.get("name") or "")
            await teams.add(uow, meeting.cluster_id, name, people, by=by, now=turn.now)
        await uow.commit()


async def render_card(r: Rendering) -> Message | None:
    """To whoever steers."""
    meeting = await meeting_of(r)
    reader = await members.find(r.state, r.owed.member_id)
    dealt = await groups.dealt(r.state, meeting)
    if reader is None or dealt is None or meeting.state != MeetingState.PLANNED:
        return None
    if not sittings.may_steer(await sittings.of_meeting(r.state, meeting), reader):
        said = r.t("Somebody else chairs this meeting. The coordinator can ask you instead.")
        return Message(said, card="groups.card") if r.owed.how != How.POST else None
    return views.card(dealt, r.t, notes=len(await groups.notes(r.state, meeting)))


async def render_channel(r: Rendering) -> Message | None:
    """For the screen; only the deal that was shown."""
    dealt = await groups.dealt(r.state, await meeting_of(r))
    if dealt is None or dealt.seating.shown_turn != dealt.seating.turn:
        return None
    return views.channel(dealt, r.t)


async def render_told(r: Rendering) -> Message | None:
    """To each: where they sit; not of a deal that was overtaken."""
    meeting = await meeting_of(r)
    reader, dealt = await members.find(r.state, r.owed.member_id), await groups.dealt(r.state, meeting)
    if reader is None or dealt is None or dealt.seating.turn != r.owed.params["turn"]:
        return None
    group = await groups.number_of(r.state, meeting, reader)
    return views.told(dealt, group, reader, r.t) if group is not None else None


ERRORS = {
    "groups.changed": N_("Others were dealt meanwhile, or these are shown already. Look at the card."),
    "groups.many_teams": N_("There are twelve teams already. Take one away first."),
    "groups.nobody": N_("Nobody has checked in or said yes, so there is nobody to make groups of."),
    "groups.other": N_("You don't sit in that group."),
    "groups.size": N_("Choose from 3 to 8."),
    "groups.team": N_("A team needs a name and from 2 to 10 people."),
}
feature = Feature(
    commands=[
        Command(
            ("grupper", "groups"),
            Kept(run),
            told=Told(
                25,
                readme=N_("groups from those who came: practices mixed, others than last time, told to each"),
                coordinator=N_("make groups from those who came, mix them again, show them to everybody"),
            ),
            help=(HelpLine(216, N_("make groups from those who came"), leads=True),),
            door=Door(Action.CLUSTER_GROUPS, Shelf.MEETINGS, N_("Make groups"), is_open=Membership.steers),
        )
    ],
    actions={
        Action.MEETING_DEAL: Kept(deal_again),
        Action.MEETING_GROUP_NOTE: Direct(open_note),
        Action.MEETING_GROUP_NOTES: Direct(show_notes),
        Action.MEETING_GROUP_SIZE: Kept(resize),
        Action.MEETING_GROUPS_SHOW: Direct(open_show),
        Action.MEETING_TEAMS: Direct(open_teams),
        ChairAction.MEETING_GROUPS: Kept(make),
    },
    forms={
        View.GROUPS_NOTE: Form(keep_note, check_note),
        View.GROUPS_SHOW: Form(keep_show, check_show),
        View.GROUPS_TEAMS: Form(keep_teams, check_teams),
    },
    suggestions={"people": suggest_people},
    notices={
        Kinds.GROUPS_CARD: Notice(render_card),
        Kinds.GROUPS_CHANNEL: Notice(render_channel),
        Kinds.GROUPS_TOLD: Notice(render_told),
    },
    log={
        "groups.made": N_("{who} made groups for {subject}"),
        "groups.noted": N_("{who} wrote down what a group says at {subject}"),
        "groups.shown": N_("{who} showed the groups of {subject}"),
        "groups.teams": N_("{who} changed who stays together in groups"),
    },
    about_person=AboutPerson(
        headings={
            "seat": (31, N_("Groups you sat in")),
            "team_member": (32, N_("Teams you stay together with")),
            "seating (made_by)": (206, N_("Groups you made")),
            "group_note (noted_by)": (207, N_("Notes you wrote for a group")),
        },
        columns={"number": N_("Group"), "team_id": N_("Team")},
        messages={"groups": N_("about the groups of a meeting")},
    ),
    errors=ERRORS,
)
