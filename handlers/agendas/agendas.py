"""`/klynge dagsorden`: the agenda of the next meeting, made for whoever runs the cluster, shown to everybody else."""

from __future__ import annotations

from collections.abc import Mapping

from cluster.agendas import agendas, editing, steps, wishes
from cluster.agendas.agendas import AgendaEntry
from cluster.agendas.room import Kinds
from cluster.agendas.typed_steps import TypedStep, read_step
from cluster.errors import ClusterError
from cluster.meetings import meetings
from cluster.meetings.waiting import unheard_of
from cluster.members.members import LEADERS
from cluster.subjects import MEETING
from cluster.submissions.submissions import VerdictPlace
from handlers import blocks as b
from handlers.acting import actor, place_of
from handlers.agendas.ids import Action
from handlers.agendas.views import agenda as views
from handlers.doors import Door, Shelf
from handlers.feature import Command, Direct, Feature, HelpLine, Intent, Kept, Told, sentences
from handlers.ids import number
from handlers.meetings.ids import Action as MeetingAction
from handlers.meetings.lookups import led, reply
from handlers.meetings.views.agenda import name_of
from handlers.message import Message
from handlers.saying import PRIVATELY, answer
from handlers.submissions import patients
from handlers.turn import Turn
from locales import N_, Texts
from storage.models import Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork


async def run(turn: Turn) -> None:
    """The command: the agenda, or a step on it, of the next meeting."""
    member = turn.require_member()
    if patients.is_about_patient(turn.words):
        raise ClusterError("text.personal")
    async with turn.unit() as uow:
        meeting = await _next(uow, turn, member)
        if turn.words.strip():
            step = read_step(turn.words, about_agenda=True)
            if step is None:
                raise ClusterError("agenda.not_understood")
            await _step(uow, turn, meeting, member, step, PRIVATELY)
        else:
            await _show(uow, turn, meeting, member)
        await uow.commit()


async def open_agenda(turn: Turn) -> None:
    """The button: the same of the meeting it stands at."""
    async with turn.unit() as uow:
        meeting = await meetings.get(uow, number(turn.value))
        member = await actor(uow, turn, meeting.cluster_id)
        await _show(uow, turn, meeting, member)
        await uow.commit()


async def receive_words(turn: Turn) -> bool:
    """A step in plain words in the conversation; False when it is none, or nothing can be meant."""
    step, member = read_step(turn.words), turn.member
    if step is None or member is None:
        return False
    async with turn.look() as state:
        if not await _ahead(state, turn, member):
            return False
    async with turn.unit() as uow:
        await _step(uow, turn, await _next(uow, turn, member), member, step, place_of(turn))
        await uow.commit()
    return True


async def _ahead(state: Reading, turn: Turn, member: Member) -> list[Meeting]:
    found = list(await meetings.ahead(state, member.cluster_id, turn.now))
    if member.role in LEADERS:
        return found
    unheard = await unheard_of(state, member, turn.now)
    return [each for each in found if each.id not in unheard]


async def _next(state: Reading, turn: Turn, member: Member) -> Meeting:
    ahead = await _ahead(state, turn, member)
    if not ahead:
        raise ClusterError("agenda.no_meeting")
    return ahead[0]


async def _show(uow: UnitOfWork, turn: Turn, meeting: Meeting, member: Member) -> None:
    if member.role not in LEADERS:
        if meeting.id in await unheard_of(uow, member, turn.now):
            raise ClusterError("meeting.unknown")
        await reply(uow, turn, Kinds.AGENDA_SHOWN, member, about=meeting)
        return
    if await agendas.of_meeting(uow, meeting) is None:
        await editing.make(uow, meeting, by=member, now=turn.now, lang=turn.t.lang)
    await reply(uow, turn, Kinds.AGENDA_DESK, member, about=meeting)


async def _step(
    uow: UnitOfWork, turn: Turn, meeting: Meeting, member: Member, step: TypedStep, place: VerdictPlace
) -> None:
    if member.role in LEADERS and await agendas.of_meeting(uow, meeting) is None:
        await editing.make(uow, meeting, by=member, now=turn.now, lang=turn.t.lang)
    names = names_of(await agendas.entries(uow, meeting), turn.t)
    item = await steps.take(uow, meeting, step, names, by=member, now=turn.now)
    leads = member.role in LEADERS
    await answer(
        uow,
        turn,
        Kinds.AGENDA_KEPT if leads else Kinds.AGENDA_WISHED,
        member_id=member.id,
        cluster_id=meeting.cluster_id,
        subject=MEETING.about(meeting.id),
        place=place,
        item=item,
        what=step.what.value,
    )


def names_of(entries: list[AgendaEntry], t: Texts) -> Mapping[int, str]:
    """What the reader knows the points by."""
    return {each.item_id: name_of(each, t) for each in entries}


async def fit(turn: Turn) -> None:
    """Fit the points into the meeting."""
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.value))
        await editing.fit(uow, meeting, by=by, now=turn.now)
        await uow.commit()


async def take_wish(turn: Turn) -> None:
    """Put a wish on the agenda."""
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.value))
        item = await agendas.item(uow, meeting, number(turn.value, 1))
        await wishes.take(uow, meeting, item, by=by, now=turn.now, lang=turn.t.lang)
        await reply(uow, turn, Kinds.AGENDA_KEPT, by, about=meeting, item=item.id, what="taken")
        await uow.commit()


async def put_wish_off(turn: Turn) -> None:
    """Keep a wish for the next meeting."""
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.value))
        item = await agendas.item(uow, meeting, number(turn.value, 1))
        await wishes.decline(uow, meeting, item, by=by, now=turn.now)
        await reply(uow, turn, Kinds.AGENDA_KEPT, by, about=meeting, item=item.id, what="later")
        await uow.commit()


async def what_is_on(turn: Turn) -> Message:
    """Plain words: what is on the agenda of the next meeting."""
    member = turn.require_member()
    async with turn.look() as state:
        ahead = await _ahead(state, turn, member)
        if not ahead:
            return Message(turn.t("No meetings are planned."))
        leads = member.role in LEADERS
        entries = await (agendas.entries if leads else agendas.shared)(state, ahead[0])
    return views.shown(ahead[0], entries, turn.t, leads=leads)


async def how_to_wish(turn: Turn) -> Message:
    """Plain words: somebody would like a point on the agenda."""
    member, t = turn.require_member(), turn.t
    async with turn.look() as state:
        ahead = await _ahead(state, turn, member)
    if not ahead:
        return Message(t("No meetings are planned."))
    said = t("Write your point in the form. I pass it on to those who plan the meeting.")
    return b.asking(said, views.wish_button(ahead[0], t))


feature = Feature(
    commands=[
        Command(
            ("dagsorden", "agenda"),
            Kept(run),
            told=Told(
                22,
                readme=N_("an agenda with times, made from the topic and kept to the meeting's length"),
                coordinator=N_(
                    "coordinator: the agenda of the next meeting, suggested and to be changed; member: what is on it, "
                    "and a wish for a point"
                ),
                member=N_("what is on the agenda of the next meeting, and your own wish for a point"),
            ),
            help=(HelpLine(30, N_("the agenda of the next meeting, and a point of your own")),),
            door=Door(Action.CLUSTER_AGENDA, Shelf.MEETINGS, N_("Agenda")),
        )
    ],
    actions={
        Action.MEETING_AGENDA_FIT: Kept(fit),
        Action.MEETING_AGENDA_LATER: Kept(put_wish_off),
        Action.MEETING_AGENDA_TAKE: Kept(take_wish),
        MeetingAction.MEETING_AGENDA: Kept(open_agenda),
    },
    intents={
        "agenda": Intent(sentences(__file__, "agenda"), Direct(what_is_on), N_("The agenda")),
        "agenda_wish": Intent(
            sentences(__file__, "agenda_wish"), Direct(how_to_wish), N_("Wish for a point"), changes=True
        ),
    },
)
