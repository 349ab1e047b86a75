"""What is said to *fortryd*: what was put back, what could be, or why nothing was. From how things stand then."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from cluster import undoing
from cluster.members import members
from cluster.overview.room import Kinds
from cluster.undoing import OwnChange
from handlers import blocks as b
from handlers.errors import sentence
from handlers.feature import Feature, Notice, Rendering
from handlers.ids import number
from handlers.message import Block, Message
from handlers.overview import help as helping
from handlers.overview.ids import Action
from handlers.undoing import Undoing
from locales import N_

ELSEWHERE = ("my_answer", "my_numbers", "settings")
"""Where own things are changed that were not changed just now."""
FOR_GOOD = N_("What you did last can't be put back by a word. Where it can be changed, its own buttons do it.")


class Topic(StrEnum):
    """What is answered."""

    DONE = "done"
    ASKED = "asked"
    CHANGED = "changed"
    REFUSED = "refused"
    FOR_GOOD = "for_good"
    NOTHING = "nothing"


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


feature = Feature(notices={Kinds.UNDO_ANSWER: Notice(render)})
