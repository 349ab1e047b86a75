"""What people write to the bot: typed numbers, a yes to a question, an answer to an invitation, or a call for help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

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
from measures.counts import Reading as Read
from measures.counts import read_count
from measures.plausibility import TYPED_AGAIN
from measures.problems import Problem
from measures.reply import ReplyNumbers, read_reply
from storage.models import Submission
from storage.unit_of_work import Reading, UnitOfWork

FRESH = timedelta(hours=2)
"""For so long a plain "yes" can mean the question we asked last."""


async def hear(turn: Turn) -> None:
    """Find out what a message is about, most certain first."""
    if patients.is_about_patient(turn.words):
        await patients.refuse_words(turn, _place(turn))
        return
    if await _settle_draft(turn) or await _type_again(turn):
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
        submission, part = await _own(uow, turn, waiting[0].id)
        await decide(uow, submission, part, now=turn.now)
        await say(uow, turn, "data.settled", _place(turn), subject=submissions.about(submission.id))
        await uow.commit()
    return True


async def _type_again(turn: Turn) -> bool:
    """The number that is to be typed once more, alone or with its name: the same settles it, another replaces it."""
    alone = read_count(turn.words.strip())
    if turn.member is None or not any(character.isdigit() for character in turn.words):
        return False
    async with turn.look() as state:
        person = [member.id for member, _ in await members.memberships(state, turn.team_id, turn.user_id)]
        drafts = await standing.fresh_drafts(state, person, since=turn.now - FRESH)
        waiting = [each for each in drafts if submissions.to_type_again(each)]
        if len(waiting) != 1:
            return False
        assignment, round_ = (await submissions.get(state, waiting[0].id))[1:]
    draft, wanted = waiting[0], submissions.to_type_again(waiting[0])
    if alone.reading is Read.NUMBER and alone.value is not None:
        if len(wanted) != 1:
            return False
        said = ReplyNumbers(dict.fromkeys(wanted, alone.value))
    else:
        said = read_reply(turn.words, package_of(round_))
    if not said.is_clear:
        return False
    typed = {name: value for name, value in said.values.items() if name in wanted}
    if not typed or draft.numbers | said.values != draft.numbers:
        if alone.reading is Read.NUMBER:
            await _take(turn, [((assignment, round_), said)])
        return alone.reading is Read.NUMBER
    async with turn.unit() as uow:
        submission, part = await _own(uow, turn, draft.id)
        await doubts.type_again(uow, submission, part, typed, now=turn.now)
        await say(uow, turn, "data.settled", _place(turn), subject=submissions.about(submission.id))
        await uow.commit()
    return True


async def _own(uow: UnitOfWork, turn: Turn, submission_id: int) -> tuple[Submission, Part]:
    submission, assignment, round_ = await submissions.get(uow, submission_id)
    return submission, Part(assignment, round_, await actor(uow, turn, round_.cluster_id))


async def _take(turn: Turn, understood: Sequence[tuple[Target, ReplyNumbers]]) -> None:
    """Keep what was read as a draft and echo it. When it fits several rounds, each is echoed and a click tells."""
    place = _place(turn)
    good: list[tuple[Part, Answer]] = []
    bad: list[tuple[int, Sequence[Problem]]] = []
    async with turn.look() as state:
        for (assignment, _), reply in understood:
            part = replace(await part_of(state, turn, assignment.id), place=place)
            verdict = await judge(state, part, await known(state, part) | reply.values)
            questions = await _without_typed(state, part, reply, troubles.kept(verdict.questions))
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


async def _without_typed(
    state: Reading, part: Part, reply: ReplyNumbers, questions: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The questions, less those about a number that this message types once more as it was asked to."""
    draft = await standing.draft(state, part.round.id, part.assignment.practice_id)
    wanted = submissions.to_type_again(draft) if draft is not None else {}
    typed = {name for name, value in wanted.items() if reply.values.get(name) == value}
    return [each for each in questions if each["code"] not in TYPED_AGAIN or each["params"]["id"] not in typed]


async def _unclear(turn: Turn, target: Target) -> None:
    async with turn.unit() as uow:
        await say(uow, turn, "data.unclear", _place(turn), subject=f"assignment:{target[0].id}")
        await uow.commit()


routes = Routes(events={"message": Kept(hear)})
