"""What people write to the bot: typed numbers, a yes to a question, an answer to an invitation, or a call for help."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from cluster import doubts, members, rounds, standing, submissions
from cluster.packages import package_of
from cluster.replies import read_answer
from cluster.submissions import Answer, Part, Place
from handlers import help as helping
from handlers import meetings, patients, troubles
from handlers.files import Target, targets
from handlers.keeping import keep
from handlers.parts import actor, part_of
from handlers.refusals import refuse
from handlers.routes import Kept, Routes
from handlers.saying import say
from handlers.submissions import judge, known
from handlers.turn import Turn
from handlers.verdicts import PARTLY
from measures.cpr import has_cpr
from measures.problems import Problem
from measures.reply import ReplyNumbers, read_reply

MASKED = re.compile("•{6,}|‹cpr›")
"""What the door has put in the place of a CPR-like number."""
FRESH = timedelta(hours=2)
"""For so long a plain "yes" can mean the question we asked last."""


async def hear(turn: Turn) -> None:
    """Find out what a message is about, most certain first."""
    if MASKED.search(turn.words) or has_cpr(turn.words):
        await _personal(turn)
        return
    if await _settle_draft(turn):
        return
    open_parts = await targets(turn) if turn.member is not None else []
    read = [(each, read_reply(turn.words, package_of(each[1]))) for each in open_parts]
    understood = [(each, reply) for each, reply in read if reply.values]
    if understood:
        await _take(turn, understood)
    elif await meetings.receive_words(turn):
        return
    elif read and any(character.isdigit() for character in turn.words):
        await _unclear(turn, open_parts[0])
    else:
        await helping.receive(turn)


async def _personal(turn: Turn) -> None:
    async with turn.unit() as uow:
        await patients.tell(uow, turn, _place(turn), what="message")
        await uow.commit()


def _place(turn: Turn) -> Place:
    """An answer to a message stands where the message stands: in its thread, or in the conversation."""
    return Place(turn.channel_id, str(turn.body["event"].get("thread_ts") or "") or None)


async def _settle_draft(turn: Turn) -> bool:
    """A plain "ja" or "nej" to numbers that wait for it, shortly after we asked; never a guess between several."""
    reply = read_answer(turn.words)
    if reply is None or reply.explicit or reply.answer == "maybe" or turn.member is None:
        return False
    thread = str(turn.body["event"].get("thread_ts") or "")
    async with turn.look() as state:
        if thread and (await rounds.subject_of_message(state, turn.channel_id, thread)).startswith("meeting:"):
            return False
        person = [member.id for member, _ in await members.memberships(state, turn.team_id, turn.user_id)]
        waiting = await standing.fresh_drafts(state, person, since=turn.now - FRESH)
    if len(waiting) != 1:
        return False
    decide = doubts.confirm if reply.answer == "yes" else submissions.discard
    async with turn.unit() as uow:
        submission, assignment, round_ = await submissions.get(uow, waiting[0].id)
        part = Part(assignment, round_, await actor(uow, turn, round_.cluster_id))
        await decide(uow, submission, part, now=turn.now)
        await say(uow, turn, "data.settled", _place(turn), subject=submissions.about(submission.id))
        await uow.commit()
    return True


async def _take(turn: Turn, understood: Sequence[tuple[Target, ReplyNumbers]]) -> None:
    """Keep what was read as a draft and echo it. When it fits several rounds, each is echoed and a click tells."""
    place = _place(turn)
    good: list[tuple[Part, Answer]] = []
    bad: list[tuple[int, Sequence[Problem]]] = []
    async with turn.look() as state:
        for (assignment, _), reply in understood:
            part = replace(await part_of(state, turn, assignment.id), place=place)
            verdict = await judge(state, part, await known(state, part) | reply.values)
            questions = troubles.kept(verdict.questions)
            if not reply.is_clear:
                questions.insert(0, {"code": PARTLY})
            if verdict.ok:
                good.append((part, Answer("reply", verdict.values, questions)))
            else:
                bad.append((assignment.id, verdict.problems))
    if good:
        await keep(turn, good)
    else:
        await refuse(turn, bad[0][1], bad[0][0], place)


async def _unclear(turn: Turn, target: Target) -> None:
    async with turn.unit() as uow:
        await say(uow, turn, "data.unclear", _place(turn), subject=f"assignment:{target[0].id}")
        await uow.commit()


routes = Routes(events={"message": Kept(hear)})
