"""The groups of a meeting: dealt from those who came, dealt again by one tap, shown when whoever steers says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import delete, func, select

from cluster import audit
from cluster.agendas import agendas
from cluster.chairing import running, sittings
from cluster.errors import ClusterError
from cluster.groups import splitting, teams
from cluster.groups.room import Kinds
from cluster.groups.splitting import Attendee, Pair, pairs_of
from cluster.meetings import attendance
from cluster.meetings.attendance import Seat
from cluster.meetings.meetings import hold
from cluster.notices import ANSWER, owe, owe_each, refresh, refresh_cards
from cluster.subjects import MEETING
from measures.packages.package import text
from storage.models import Cluster, GroupNote, GroupSeat, Meeting, Member, Seating
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import ItemKind, ItemState, MeetingState, Rsvp

QUESTIONS_LIMIT, ATTEMPTS = 2000, 5


@dataclass(frozen=True)
class Dealt:
    """The groups as they are, by number, and what could not be helped."""

    meeting: Meeting
    seating: Seating
    groups: dict[int, list[Member]]
    colleagues: int
    again: int
    came: bool
    """Whether they are made of those who are noted to be there, and not of those who said that they come."""

    @property
    def people(self) -> int:
        """How many sit somewhere."""
        return sum(map(len, self.groups.values()))


async def of_meeting(state: Reading, meeting: Meeting) -> Seating | None:
    """How a meeting's groups were dealt last; None before that."""
    rows = select(Seating).where(Seating.meeting_id == meeting.id).execution_options(populate_existing=True)
    found: Seating | None = await state.session.scalar(rows)
    return found


async def who(state: Reading, meeting: Meeting) -> tuple[list[Seat], bool]:
    """Those who are noted to be there; while nobody is, those who said that they come. And which of the two."""
    listed = await attendance.sheet(state, meeting)
    there = [each for each in listed if each.present]
    return (there, True) if there else ([each for each in listed if each.answer == Rsvp.YES], False)


async def deal(
    uow: UnitOfWork, meeting: Meeting, *, by: Member, now: datetime, turn: int = 0, size: int | None = None
) -> bool:
    """Deal them, as another mixture than that of ``turn``; False when that has been done meanwhile."""
    if meeting.state != MeetingState.PLANNED:
        raise ClusterError("meeting.is_cancelled")
    if size is not None and size not in splitting.SIZES:
        raise ClusterError("groups.size")
    await hold(uow, meeting)
    seating = await of_meeting(uow, meeting)
    if seating is None:
        seating = Seating(meeting_id=meeting.id, size=splitting.USUAL, turn=0, made_at=now, made_by=by.id)
        uow.session.add(seating)
    if seating.turn != turn:
        return False
    listed, _ = await who(uow, meeting)
    if not listed:
        raise ClusterError("groups.nobody")
    seating.size = size or seating.size
    seating.turn, seating.made_at, seating.made_by = turn + 1, now, by.id
    kept = await teams.of_cluster(uow, meeting.cluster_id)
    people, met, before = people_of(listed), await met_before(uow, meeting), await _sitting(uow, meeting)
    for attempt in range(ATTEMPTS):  # among few people another deal may be the same
        found = splitting.split(
            people,
            seating.size,
            teams=[[each.id for each in team.members] for team in kept],
            met=met,
            turn=(turn + meeting.id) * ATTEMPTS + attempt,
        )
        if {frozenset(group) for group in found.groups} != before:
            break
    await uow.session.execute(delete(GroupSeat).where(GroupSeat.meeting_id == meeting.id))
    for number, group in enumerate(found.groups, 1):
        for member_id in group:
            uow.session.add(GroupSeat(meeting_id=meeting.id, member_id=member_id, number=number))
    await uow.session.flush()
    subject = MEETING.about(meeting.id)
    audit.note(uow, "groups.made", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    await refresh_cards(uow, Kinds.GROUPS_CARD, subject=subject, now=now)
    return True


async def _sitting(state: Reading, meeting: Meeting) -> set[frozenset[int]]:
    """Who sits together now."""
    groups: dict[int, set[int]] = {}
    for seat in await state.session.scalars(select(GroupSeat).where(GroupSeat.meeting_id == meeting.id)):
        groups.setdefault(seat.number, set()).add(seat.member_id)
    return {frozenset(group) for group in groups.values()}


def people_of(listed: Sequence[Seat]) -> list[Attendee]:
    """As much of those who came as groups depend on."""
    sizes = [each.practice.list_size for each in listed if each.practice is not None and each.practice.list_size]
    middle = median(sizes) if sizes else 0
    return [
        Attendee(
            each.member.id,
            each.practice.id if each.practice is not None else None,
            each.practice is not None and (each.practice.list_size or 0) > middle,
        )
        for each in listed
    ]


async def met_before(state: Reading, meeting: Meeting) -> set[Pair]:
    """Who sat together at the cluster's meeting before this one that had groups."""
    before = (
        select(Meeting.id)
        .join(GroupSeat, GroupSeat.meeting_id == Meeting.id)
        .where(Meeting.cluster_id == meeting.cluster_id, Meeting.starts_at < meeting.starts_at)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(1)
    )
    last = await state.session.scalar(before)
    groups: dict[int, list[int]] = {}
    for seat in await state.session.scalars(select(GroupSeat).where(GroupSeat.meeting_id == last)):
        groups.setdefault(seat.number, []).append(seat.member_id)
    return pairs_of(groups)


async def dealt(state: Reading, meeting: Meeting) -> Dealt | None:
    """The groups as they stand."""
    seating = await of_meeting(state, meeting)
    if seating is None:
        return None
    rows = (
        select(GroupSeat.number, Member)
        .join(Member, Member.id == GroupSeat.member_id)
        .where(GroupSeat.meeting_id == meeting.id)
        .order_by(GroupSeat.number, Member.name, Member.id)
    )
    groups: dict[int, list[Member]] = {}
    for number, member in (await state.session.execute(rows)).all():
        groups.setdefault(number, []).append(member)
    practices = {each.id: each.practice_id for group in groups.values() for each in group}
    kept = pairs_of({n: [one.id for one in team.members] for n, team in enumerate(await _teams(state, meeting))})
    pairs = pairs_of({number: [each.id for each in group] for number, group in groups.items()}) - kept
    colleagues = sum(practices[a] is not None and practices[a] == practices[b] for a, b in map(tuple, pairs))
    again = len(pairs & await met_before(state, meeting))
    _, came = await who(state, meeting)
    return Dealt(meeting, seating, groups, colleagues, again, came)


async def _teams(state: Reading, meeting: Meeting) -> list[teams.TeamOf]:
    return await teams.of_cluster(state, meeting.cluster_id)


async def questions_for(state: Reading, meeting: Meeting, lang: str) -> tuple[str, int | None]:
    """What groups could talk about, by the package; and how long the agenda gives them, now or first."""
    agenda = await agendas.of_meeting(state, meeting)
    package = await agendas.package_for(state, meeting, agenda.package_id if agenda is not None else "")
    asked = "\n".join(text(each, lang) for each in package.questions) if package is not None else ""
    points = [each for each in await agendas.entries(state, meeting) if each.kind == ItemKind.GROUP]
    ahead = [each for each in points if each.state == ItemState.PLANNED] or points
    return asked[:QUESTIONS_LIMIT], ahead[0].minutes if ahead else None


async def show_all(
    uow: UnitOfWork, meeting: Meeting, turn: int, *, questions: str, minutes: int | None, by: Member, now: datetime
) -> bool:
    """Tell everybody where they sit, and put all groups in the channel; False when others were dealt meanwhile."""
    await hold(uow, meeting)
    seating = await of_meeting(uow, meeting)
    if seating is None or seating.turn != turn or seating.shown_turn == turn:
        return False
    if minutes is not None:
        await running.set_timer(uow, meeting, minutes, by=by, now=now)
    seating.shown_turn, seating.minutes = turn, minutes
    seating.questions = "\n".join(line.strip() for line in questions.splitlines() if line.strip())[:QUESTIONS_LIMIT]
    await uow.session.flush()
    subject = MEETING.about(meeting.id)
    cluster = await uow.session.get_one(Cluster, meeting.cluster_id)
    key, place = f"groups:{meeting.id}", cluster.channel_id
    if not await owe(
        uow,
        Kinds.GROUPS_CHANNEL,
        key=key,
        now=now,
        channel_id=place,
        cluster_id=cluster.id,
        subject=subject,
        urgency=ANSWER,
    ):
        await refresh(uow, Kinds.GROUPS_CHANNEL, subject=subject, now=now, channel_id=place, cluster_id=cluster.id)
    rows = select(Member).join(GroupSeat, GroupSeat.member_id == Member.id).where(GroupSeat.meeting_id == meeting.id)
    people = [each for each in await uow.session.scalars(rows) if each.slack_user_id and each.active]
    await owe_each(
        uow,
        Kinds.GROUPS_TOLD,
        people,
        key=f"group:{meeting.id}:{turn}",
        now=now,
        cluster_id=cluster.id,
        subject=subject,
        urgency=ANSWER,
        turn=turn,
    )
    audit.note(uow, "groups.shown", subject, now=now, actor_id=by.id, cluster_id=cluster.id)
    await refresh_cards(uow, Kinds.GROUPS_CARD, subject=subject, now=now)
    return True


async def number_of(state: Reading, meeting: Meeting, member: Member) -> int | None:
    """In which group a member sits."""
    rows = select(GroupSeat.number).where(GroupSeat.meeting_id == meeting.id, GroupSeat.member_id == member.id)
    found: int | None = await state.session.scalar(rows)
    return found


async def note_of(state: Reading, meeting: Meeting, number: int) -> GroupNote | None:
    """What a group has written."""
    rows = select(GroupNote).where(GroupNote.meeting_id == meeting.id, GroupNote.number == number)
    found: GroupNote | None = await state.session.scalar(rows)
    return found


async def notes(state: Reading, meeting: Meeting) -> Sequence[GroupNote]:
    """What all groups have written, for the summing up."""
    rows = select(GroupNote).where(GroupNote.meeting_id == meeting.id).order_by(GroupNote.number)
    return (await state.session.scalars(rows)).all()


async def write(uow: UnitOfWork, meeting: Meeting, number: int, words: str, *, by: Member, now: datetime) -> None:
    """One of a group writes for it, instead of what it wrote before."""
    await require_of(uow, meeting, number, by)
    await hold(uow, meeting)
    note = await note_of(uow, meeting, number)
    if note is None:
        note = GroupNote(meeting_id=meeting.id, number=number)
    note.words, note.noted_by, note.noted_at = words.strip()[:QUESTIONS_LIMIT], by.id, now
    uow.session.add(note)
    await uow.session.flush()
    subject = MEETING.about(meeting.id)
    audit.note(uow, "groups.noted", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    await refresh_cards(uow, Kinds.GROUPS_CARD, subject=subject, now=now)


async def require_of(state: Reading, meeting: Meeting, number: int, member: Member) -> None:
    """Only who sits in a group, or steers the meeting, reads and writes for it."""
    if await number_of(state, meeting, member) == number:
        return
    there = (
        select(func.count())
        .select_from(GroupSeat)
        .where(GroupSeat.meeting_id == meeting.id, GroupSeat.number == number)
    )
    may_steer = sittings.may_steer(await sittings.of_meeting(state, meeting), member)
    if not may_steer or not await state.session.scalar(there):
        raise ClusterError("groups.other")
