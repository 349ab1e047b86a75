"""Messages that were changed or deleted after they were sent, and the words beside a file.

What still waits for a yes is read again or taken back; what is saved stands, and is shown with the way to change it.
"""

from __future__ import annotations

from dataclasses import replace

from cluster.meetings.typed_answers import read_answer
from cluster.members import members
from cluster.rounds import standing
from cluster.subjects import SUBMISSION
from cluster.submissions import submissions, typed
from cluster.submissions.submissions import OwnPart
from handlers.acting import place_of
from handlers.conversation.conversation import hear
from handlers.feature import Feature, Kept
from handlers.meetings import invitations
from handlers.messages import BESIDE, CHANGED, DELETED, words_before
from handlers.overview import help as helping
from handlers.rounds.lookups import part_of
from handlers.saying import say
from handlers.submissions import patients
from handlers.submissions.holding import tell_what_holds
from handlers.submissions.keeping import keep
from handlers.submissions.typed_numbers import read_anew, read_words, take_numbers, turn_down
from handlers.turn import Turn
from measures.checking.chat import plain
from storage.models import Submission
from storage.words import SubmissionState


async def changed(turn: Turn) -> None:
    """A message says something else now."""
    if patients.is_about_patient(turn.words):
        await patients.refuse_words(turn, place_of(turn))
    elif (submission := await _of_message(turn)) is not None:
        await _read_again(turn, submission)
    elif _answered(turn):
        if not await invitations.ask_again(turn, "edited"):
            await helping.receive(turn)
    elif (now := read_answer(turn.words)) is not None and not now.explicit:
        if not await invitations.ask(turn):  # a bare word long after the question it may have been meant for
            await helping.receive(turn)
    else:
        await hear(turn)


async def deleted(turn: Turn) -> None:
    """A message is gone, and with it what had not been saved yet."""
    submission = await _of_message(turn)
    if submission is None:
        if _answered(turn):
            await invitations.ask_again(turn, "deleted")
    elif submission.state == SubmissionState.DRAFT:
        await _drop(turn, submission)
    elif submission.state == SubmissionState.ACCEPTED:
        await tell_what_holds(turn, submission, "deleted")


async def beside(turn: Turn) -> None:
    """Words that came with a file: a number, an answer or a warning as anywhere else; "here it is" needs no answer."""
    if patients.is_about_patient(turn.words):
        return  # told with the file
    if not await take_numbers(turn) and (said := read_answer(turn.words)) is not None and said.explicit:
        await invitations.receive_words(turn)


def _answered(turn: Turn) -> bool:
    """Whether the message was taken for an answer to an invitation before."""
    before = read_answer(plain(words_before(turn.body["event"])))
    return before is not None and before.sure


async def _of_message(turn: Turn) -> Submission | None:
    if turn.member is None:
        return None
    async with turn.look() as state:
        person = [member.id for member, _ in await members.memberships(state, turn.team_id, turn.account)]
        return await typed.find(state, person, str(turn.body["event"].get("ts") or ""))


async def _read_again(turn: Turn, submission: Submission) -> None:
    async with turn.look() as state:
        _, assignment, round_ = await submissions.get(state, submission.id)
        part = replace(await part_of(state, turn, assignment.id), place=place_of(turn))
        newest = await standing.draft(state, round_.id, assignment.practice_id)
        counts = newest or await standing.accepted(state, round_.id, assignment.practice_id)
        reply = await read_words(state, turn.words, (assignment, round_))
        before = await typed.stood_before(state, submission, without=reply.touched)
        answer, problems = await read_anew(turn, state, part, reply, before, is_edited=True)
    if submission.state != SubmissionState.DRAFT:
        await (tell_what_holds(turn, counts, "edited") if counts is not None else hear(turn))
    elif not reply.values:
        await _drop(turn, submission)
    elif answer is None:
        await turn_down(turn, part, problems)
    else:
        await keep(turn, [(part, answer)])


async def _drop(turn: Turn, submission: Submission) -> None:
    async with turn.unit() as uow:
        kept, assignment, round_ = await submissions.get(uow, submission.id)
        part = await part_of(uow, turn, assignment.id)
        await submissions.discard(uow, kept, OwnPart(assignment, round_, part.member), now=turn.now)
        await say(uow, turn, "data.settled", place_of(turn), subject=SUBMISSION.about(kept.id))
        await uow.commit()


feature = Feature(events={CHANGED: Kept(changed), DELETED: Kept(deleted), BESIDE: Kept(beside)})
