"""*fortryd*: the last own change is put back within ten minutes, or it is said why it can't be.

Asked in plain words or by a command. With one change that can be meant it is done and told; with several it is asked
which; a mere question is answered with a button. Nothing that became something else meanwhile is touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cluster import subjects, undoing
from cluster.errors import ClusterError
from cluster.meetings.typed_answers import read_answer
from cluster.members import members
from cluster.overview.room import Kinds
from cluster.rounds import standing
from cluster.submissions.submissions import VerdictPlace
from cluster.undoing import WITHIN, OwnChange
from handlers.acting import place_of
from handlers.doors import Door, Shelf
from handlers.feature import Command, Feature, HelpLine, Kept, Told
from handlers.ids import number
from handlers.overview.ids import Action
from handlers.overview.taken_back import Topic
from handlers.saying import PRIVATELY, answer
from handlers.turn import Turn
from handlers.undoing import Undoing
from handlers.words.grammar import is_question
from locales import N_
from storage.models import Member
from storage.unit_of_work import Reading, UnitOfWork

INTENT = "undo"
MAY_I = {"kan", "må", "can", "may"}
MOST = 3
"""Changes that are offered at once."""


@dataclass(frozen=True)
class Found:
    """What somebody may want to take back."""

    changes: Sequence[OwnChange]
    for_good: str = ""
    """What was done after all of them and can't be put back …"""
    about: str = ""
    """… and to what."""


async def found(state: Reading, turn: Turn) -> Found:
    """The own changes of the last minutes; in a thread those to what it is about."""
    person = {member.id: member for member, _ in await members.memberships(state, turn.team_id, turn.account)}
    table, now = turn.tools.table.undoings, turn.now
    known = {what for what, each in table.items() if each.put_back is not None}
    changes = [
        each
        for each in await undoing.lately(state, [*person], now=now)
        if each.what in known and _may_still(person[each.member_id], each, table[each.what])
    ]
    last = await undoing.last_noted(state, [*person], now=now)
    if len(changes) > 1:  # what is overtaken can't be meant, as long as something else can
        changes = [each for each in changes if await _is_as_left(state, each, table[each.what])] or changes[:1]
    if thread := str((turn.body.get("event") or {}).get("thread_ts") or ""):
        about = await subjects.all_at(state, turn.channel_id, thread)
        if about:
            return Found([each for each in changes if each.subject in about])
    if last is None or any(each.at >= last.at for each in changes):
        return Found(changes)
    return Found(changes, last.what, last.subject)


def _may_still(member: Member, change: OwnChange, how: Undoing) -> bool:
    """Whether it is still theirs to change: what was done for the cluster, or for another, is who runs it now's."""
    return member.role in members.LEADERS or not (how.leads or change.guest_id != change.member_id)


async def hear(turn: Turn) -> bool:
    """Words that take something back; False when they don't, or when there is nothing of the last minutes to take."""
    reply, heard = read_answer(turn.words), turn.tools.table.grammar.read(turn.words)
    is_meant = [each.name for each in heard] == [INTENT]
    if turn.member is None or not (is_meant or (reply is not None and reply.takes_back)):
        return False
    async with turn.look() as state:
        there = await found(state, turn)
        person = [member.id for member, _ in await members.memberships(state, turn.team_id, turn.account)]
        drafts = await standing.fresh_drafts(state, person, since=turn.now - WITHIN)
    if not there.changes and not there.for_good:
        return False
    if drafts and (not there.changes or drafts[0].created_at >= there.changes[0].at):
        return False  # numbers were asked about since: no yes to them
    is_sure = is_meant and not drafts and not _asks(turn.words)
    await _answer(turn, there, place_of(turn), is_sure=is_sure and _is_called_so(turn, there))
    return True


def _is_called_so(turn: Turn, there: Found) -> bool:
    """Whether the words that name a thing name this one: "undo my answer" is not about a reminder that was put off."""
    table = turn.tools.table.undoings
    called = set(turn.words.casefold().replace(".", " ").split()) & {
        word for how in table.values() for word in how.called
    }
    return all(called <= table[change.what].called for change in there.changes)


def _asks(words: str) -> bool:
    """Whether it is asked if something can be taken back; dictated, a question has no sign."""
    return "?" in words or is_question(words) or next(iter(words.casefold().split()), "") in MAY_I


async def run(turn: Turn) -> None:
    """`/klynge fortryd`, and the button of the same name."""
    turn.require_member()
    async with turn.look() as state:
        there = await found(state, turn)
    await _answer(turn, there, PRIVATELY, is_sure=True)


async def _answer(turn: Turn, there: Found, place: VerdictPlace, *, is_sure: bool) -> None:
    if there.for_good:
        await _owe(turn, Topic.FOR_GOOD, place, there.changes[:MOST], what=there.for_good, subject=there.about)
    elif not there.changes:
        await _owe(turn, Topic.NOTHING, place)
    elif is_sure and len(there.changes) == 1:
        await put_back(turn, there.changes[0], place)
    else:
        await _owe(turn, Topic.ASKED, place, there.changes[:MOST])


async def pick(turn: Turn) -> None:
    """The button under a change."""
    async with turn.look() as state:
        change = await undoing.find(state, number(turn.value))
        person = [member.id for member, _ in await members.memberships(state, turn.team_id, turn.account)]
    if change is None or change.member_id not in person or change.at <= turn.now - WITHIN:
        raise ClusterError("undo.too_late")
    await put_back(turn, change, PRIVATELY)


async def put_back(turn: Turn, change: OwnChange, place: VerdictPlace) -> None:
    """Put one change back, unless something newer stands there."""
    how = turn.tools.table.undoings[change.what]
    refusal: ClusterError | None = None
    async with turn.unit() as uow:
        member = await members.get(uow, change.member_id)
        try:
            if not _may_still(member, change, how):
                raise ClusterError("role.coordinator_only")
            if not await _is_as_left(uow, change, how):
                refusal = ClusterError("undo.changed")
            elif how.put_back is None or not await undoing.forget_one(uow, change):
                raise ClusterError("undo.too_late")
            else:
                await how.put_back(uow, change, by=member, now=turn.now)
                lately = await undoing.lately(uow, [member.id], now=turn.now)
                done = [each for each in lately if each.id > change.id]  # numbers that wait again are asked about
                await _say(uow, turn, Topic.DONE, place, done[:1], member_id=member.id)
                await uow.commit()
        except ClusterError as error:
            refusal = error
    if refusal is not None:
        topic = Topic.CHANGED if refusal.code == "undo.changed" else Topic.REFUSED
        await _owe(turn, topic, place, [change], code=refusal.code)


async def _is_as_left(state: Reading, change: OwnChange, how: Undoing) -> bool:
    """Whether it still stands as this change left it."""
    now_is = await how.now_is(state, change) if how.now_is is not None else {}
    return all(change.became.get(name) == value for name, value in now_is.items())


async def _owe(turn: Turn, topic: Topic, place: VerdictPlace, changes: Sequence[OwnChange] = (), **params: str) -> None:
    async with turn.unit() as uow:
        await _say(uow, turn, topic, place, changes, member_id=turn.require_member().id, **params)
        await uow.commit()


async def _say(
    uow: UnitOfWork,
    turn: Turn,
    topic: Topic,
    place: VerdictPlace,
    changes: Sequence[OwnChange],
    *,
    member_id: int,
    subject: str = "",
    **params: str,
) -> None:
    member, ids = await members.get(uow, member_id), [each.id for each in changes]
    await answer(
        uow,
        turn,
        Kinds.UNDO_ANSWER,
        member_id=member.id,
        cluster_id=member.cluster_id,
        subject=subject,
        place=place,
        topic=topic,
        changes=ids,
        of=params,
    )


feature = Feature(
    commands=[
        Command(
            ("fortryd", "undo"),
            Kept(run),
            told=Told(
                111,
                readme=N_("what one changed last is put back, within ten minutes"),
                coordinator=N_("puts back what you changed last, within ten minutes, or says why it can't be"),
                member=N_("puts back what you changed last, within ten minutes"),
            ),
            help=(HelpLine(95, N_("put back what I changed last, within ten minutes; or write *undo* to me")),),
            door=Door(Action.CLUSTER_UNDO, Shelf.OWN, N_("Undo my last change")),
        )
    ],
    actions={Action.CHANGE_UNDO: Kept(pick)},
    errors={
        "undo.changed": N_("It has been changed since. I have put nothing back."),
        "undo.too_late": N_("It is more than ten minutes ago, or has been put back already. I have changed nothing."),
    },
)
