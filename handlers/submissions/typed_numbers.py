"""Numbers that somebody typed: read, kept as a draft beside what stood before, and echoed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cluster.members import members
from cluster.packages.lookup import package_of
from cluster.rounds import standing
from cluster.subjects import SUBMISSION
from cluster.submissions import doubts, submissions, typed
from cluster.submissions.submissions import OwnPart, UsableNumbers
from handlers.acting import actor, place_of
from handlers.rounds.lookups import part_of, practice_of
from handlers.saying import say
from handlers.submissions import troubles
from handlers.submissions.keeping import keep
from handlers.submissions.refusals import refuse_in
from handlers.submissions.submissions import judge
from handlers.submissions.targets import Target, targets
from handlers.submissions.verdicts import PARTLY, ROUGH
from handlers.turn import Turn
from measures.checking.plausibility import TYPED_AGAIN
from measures.checking.reply import ReplyNumbers, read_reply
from measures.reading.counts import number_of
from measures.reading.problems import Problem
from storage.models import Submission
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Source

FRESH = timedelta(hours=2)
"""For so long a plain "yes", or a number alone, can mean the question we asked last."""


async def take_numbers(turn: Turn, *, only_clear: bool = False) -> bool:
    """Keep the numbers that a message holds as a draft, and echo it; False when it holds none.

    When they fit several rounds, each is echoed and a click tells. ``only_clear``: nothing when words are left over.
    """
    open_parts = await targets(turn) if turn.member is not None else []
    read: list[tuple[Target, ReplyNumbers]] = []
    if any(character.isdigit() for character in turn.words):
        async with turn.look() as state:
            read = [(each, await read_words(state, turn.words, each)) for each in open_parts]
    understood = [(each, reply) for each, reply in read if reply.is_clear or (reply.values and not only_clear)]
    if understood:
        await _take(turn, understood)
    return bool(understood)


async def read_words(state: Reading, words: str, target: Target) -> ReplyNumbers:
    """What typed words say for one practice's part of a round: its own name and the round's years may stand in them."""
    assignment, round_ = target
    practice = await practice_of(state, assignment)
    own = (practice.name, practice.ydernummer)
    years = range(round_.period_start.year, round_.period_end.year + 1)
    return read_reply(words, package_of(round_), own=own, years=years)


async def _take(turn: Turn, understood: Sequence[tuple[Target, ReplyNumbers]]) -> None:
    place = place_of(turn)
    good: list[tuple[OwnPart, UsableNumbers]] = []
    bad: list[tuple[OwnPart, Sequence[Problem]]] = []
    async with turn.look() as state:
        for (assignment, round_), reply in understood:
            part = replace(await part_of(state, turn, assignment.id), place=place)
            before = await typed.stood(state, round_.id, assignment.practice_id, without=reply.touched)
            answer, problems = await read_anew(turn, state, part, reply, before)
            if answer is not None:
                good.append((part, answer))
            else:
                bad.append((part, problems))
    if good:
        await keep(turn, good)
    else:
        await turn_down(turn, *bad[0])


async def turn_down(turn: Turn, part: OwnPart, problems: Sequence[Problem]) -> None:
    """Say why typed numbers can't be used. Earlier ones that waited for a yes go too: they were spoken against."""
    async with turn.unit() as uow:
        draft = await standing.draft(uow, part.round.id, part.assignment.practice_id)
        if draft is not None:
            await submissions.discard(uow, draft, part, now=turn.now)
        await refuse_in(uow, turn, problems, part.assignment.id, part.place)
        await uow.commit()


async def read_anew(
    turn: Turn,
    state: Reading,
    part: OwnPart,
    reply: ReplyNumbers,
    before: typed.Numbers,
    *,
    is_edited: bool = False,
) -> tuple[UsableNumbers | None, Sequence[Problem]]:
    """What typed numbers say, added to those that stood ``before``; None and the problems when they can't be used.

    An edited message types nothing again: the number in it has been there all the time.
    """
    verdict = await judge(state, part, {**before, **reply.values})
    if not verdict.ok:
        return None, verdict.problems
    questions = troubles.kept(verdict.questions)
    if not is_edited:
        questions = await _without_typed(state, part, reply, questions)
    if not reply.is_clear:
        questions.insert(0, {"code": PARTLY})
    if reply.rough:
        questions.insert(0, {"code": ROUGH})
    ts = str(turn.body["event"].get("ts") or "")
    questions.append(typed.Typed(ts, before, sorted(reply.values)).entry())
    return UsableNumbers(Source.REPLY, verdict.values, questions), ()


async def _without_typed(
    state: Reading, part: OwnPart, reply: ReplyNumbers, questions: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The questions, less those about a number that this message types once more as it was asked to."""
    draft = await standing.draft(state, part.round.id, part.assignment.practice_id)
    wanted = submissions.to_type_again(draft) if draft is not None else {}
    again = {name for name, value in wanted.items() if reply.values.get(name) == value}
    return [each for each in questions if each["code"] not in TYPED_AGAIN or each["params"]["id"] not in again]


async def type_again(turn: Turn) -> bool:
    """The number that is to be typed once more, alone or with its name: the same settles it, another replaces it."""
    if turn.member is None or not any(character.isdigit() for character in turn.words):
        return False
    async with turn.look() as state:
        person = [member.id for member, _ in await members.memberships(state, turn.team_id, turn.account)]
        drafts = await standing.fresh_drafts(state, person, since=turn.now - FRESH)
        waiting = [each for each in drafts if submissions.to_type_again(each)]
        if len(waiting) != 1:
            return False
        assignment, round_ = (await submissions.get(state, waiting[0].id))[1:]
        said = await read_words(state, turn.words, (assignment, round_))
    draft, wanted = waiting[0], submissions.to_type_again(waiting[0])
    places = max(package_of(round_).places(name) for name in wanted)
    if (typed_alone := number_of(turn.words.strip(), places)) is not None:
        if len(wanted) != 1:
            return False
        said = ReplyNumbers(dict.fromkeys(wanted, typed_alone))
    if not said.is_clear or said.rough:
        return False
    again = {name: value for name, value in said.values.items() if name in wanted}
    if not again or draft.numbers | said.values != draft.numbers:
        if typed_alone is not None:
            await _take(turn, [((assignment, round_), said)])
        return typed_alone is not None
    async with turn.unit() as uow:
        submission, part = await own(uow, turn, draft.id)
        await doubts.type_again(uow, submission, part, again, now=turn.now)
        await say(uow, turn, "data.settled", place_of(turn), subject=SUBMISSION.about(submission.id))
        await uow.commit()
    return True


async def own(uow: UnitOfWork, turn: Turn, submission_id: int) -> tuple[Submission, OwnPart]:
    """A version of an answer, with the part that the one who acts has in it."""
    submission, assignment, round_ = await submissions.get(uow, submission_id)
    return submission, OwnPart(assignment, round_, await actor(uow, turn, round_.cluster_id))
