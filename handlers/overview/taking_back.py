"""*fortryd*: the last own change is put back within ten minutes, or it is said why it can't be.

Asked in plain words or by a command. With one change that can be meant it is done and told; with several it is asked
which; a mere question is answered with a button. Nothing that became something else meanwhile is touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cluster import subjects, undoing
from cluster.errors import ClusterError
from cluster.meetings.typed_answers import read_answer
from cluster.members import members
from cluster.overview.room import Kinds
from cluster.rounds import standing
from cluster.submissions.submissions import VerdictPlace
from cluster.undoing import WITHIN, OwnChange
from handlers import blocks as b
from handlers.acting import place_of
from handlers.doors import Door, Shelf
from handlers.errors import sentence
from handlers.feature import Command, Feature, HelpLine, Kept, Notice, Rendering, Told
from handlers.ids import number
from handlers.message import Block, Message
from handlers.overview import help as helping
from handlers.overview.ids import Action
from handlers.saying import PRIVATELY, answer
from handlers.turn import Turn
from handlers.undoing import Undoing
from handlers.words.grammar import is_question
from locales import N_
from storage.unit_of_work import Reading, UnitOfWork

INTENT = "undo"
ELSEWHERE = ("my_answer", "my_numbers", "settings")
"""Where own things are changed that were not changed just now."""
MOST = 3
"""Changes that are offered at once."""


class Topic(StrEnum):
    """What is answered."""

    DONE = "done"
    ASKED = "asked"
    CHANGED = "changed"
    REFUSED = "refused"
    FOR_GOOD = "for_good"
    NOTHING = "nothing"


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
    person = [member.id for member, _ in await members.memberships(state, turn.team_id, turn.account)]
    table, now = turn.tools.table.undoings, turn.now
    known = {what for what, each in table.items() if each.put_back is not None}
    changes = [each for each in await undoing.lately(state, person, now=now) if each.what in known]
    last = await undoing.last_noted(state, person, now=now)
    if len(changes) > 1:  # what is overtaken can't be meant, as long as something else can
        changes = [each for each in changes if await _is_as_left(state, each, table[each.what])] or changes[:1]
    if thread := str((turn.body.get("event") or {}).get("thread_ts") or ""):
        about = await subjects.all_at(state, turn.channel_id, thread)
        if about:
            return Found([each for each in changes if each.subject in about])
    if last is None or any(each.at >= last.at for each in changes):
        return Found(changes)
    return Found(changes, last.what, last.subject)


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
    await _answer(turn, there, place_of(turn), is_sure=is_meant and not drafts and not _asks(turn.words))
    return True


def _asks(words: str) -> bool:
    return "?" in words or is_question(words)


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
            if not await _is_as_left(uow, change, how):
                refusal = ClusterError("undo.changed")
            elif how.put_back is None or not await undoing.forget_one(uow, change):
                raise ClusterError("undo.too_late")
            else:
                await how.put_back(uow, change, by=member, now=turn.now)
                done = await undoing.lately(uow, [member.id], now=turn.now)
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


async def render(r: Rendering) -> Message:
    """What was put back, what could be, or why nothing was."""
    there = [await undoing.find(r.state, number(each)) for each in r.owed.params["changes"]]
    changes, t = [each for each in there if each is not None], r.t
    match Topic(r.owed.params["topic"]):
        case Topic.DONE:
            return await _done(r, changes)
        case Topic.ASKED if changes:
            said = t("What shall I put back? I have not changed anything yet.")
            return Message(said, [b.section(said), *await _offered(r, changes)])
        case Topic.CHANGED if changes:
            return await _changed(r, changes[0])
        case Topic.REFUSED:
            why = sentence(str(r.owed.params["of"]["code"]), {}, t, r.errors)
            return Message(t("I have put nothing back. {why}", why=why))
        case Topic.FOR_GOOD:
            return await _for_good(r, changes)
    said = t(
        "I find nothing that you have changed in the last ten minutes. An answer, numbers that you gave and your leave "
        "can be changed here."
    )
    member = await members.get(r.state, r.owed.member_id or 0)
    return helping.choices(member, ELSEWHERE, r.tools.table, t, said=said)


async def _done(r: Rendering, changes: Sequence[OwnChange]) -> Message:
    """What it was, what it is, and how to have it the other way after all."""
    again = r.t("Write *undo* again if it should be as it was after all.")
    if not changes:  # changed again already
        return Message(r.t("I have put it back."))
    [done] = changes
    how = r.tools.table.undoings[done.what]
    said = r.t(
        "Put back: {thing}. Before: *{was}*. Now: *{now}*.",
        thing=await _named(r, done, how),
        was=how.said(done.was, r.t),
        now=how.said(done.became, r.t),
    )
    return Message(f"{said}\n{again}", [b.section(said), b.context(again)])


async def _changed(r: Rendering, change: OwnChange) -> Message:
    how = r.tools.table.undoings[change.what]
    now_is = await how.now_is(r.state, change) if how.now_is is not None else change.became
    said = r.t(
        "I have put nothing back: {thing} has been changed since, and is now *{now}*.",
        thing=await _named(r, change, how),
        now=how.said({**change.became, **now_is}, r.t),
    )
    return Message(said)


async def _for_good(r: Rendering, changes: Sequence[OwnChange]) -> Message:
    how = r.tools.table.undoings.get(str(r.owed.params["of"]["what"]))
    said = r.t(how.why_not) if how is not None and how.why_not else r.t(FOR_GOOD)
    blocks = [b.section(said)]
    if how is not None and how.instead is not None:
        blocks.append(b.actions(how.instead(r.owed.subject, r.owed.cluster_id or 0, r.t)))
    if changes:
        blocks += [b.section(r.t("What you changed before that I can still put back:")), *await _offered(r, changes)]
    return Message(said, blocks)


async def _offered(r: Rendering, changes: Sequence[OwnChange]) -> list[Block]:
    blocks = []
    for change in changes:
        how = r.tools.table.undoings[change.what]
        said = r.t(
            "{thing}: *{now}*. It would be *{was}* again.",
            thing=await _named(r, change, how),
            now=how.said(change.became, r.t),
            was=how.said(change.was, r.t),
        )
        press = b.button(r.t("Put it back"), Action.CHANGE_UNDO, change.id)
        blocks.append(b.section(said[:1].upper() + said[1:], press))
    return blocks


async def _named(r: Rendering, change: OwnChange, how: Undoing) -> str:
    return await how.named(r.state, change, r.t) if how.named is not None else ""


FOR_GOOD = N_("What you did last can't be put back by a word. Where it can be changed, its own buttons do it.")
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
    notices={Kinds.UNDO_ANSWER: Notice(render)},
    errors={
        "undo.changed": N_("It has been changed since. I have put nothing back."),
        "undo.too_late": N_("It is more than ten minutes ago, or has been put back already. I have changed nothing."),
    },
)
