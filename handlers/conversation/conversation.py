"""What people write to the bot: typed numbers, a yes to a question, an answer to an invitation, or a call for help."""

from __future__ import annotations

from collections.abc import Sequence

from cluster import subjects
from cluster.meetings import invitations
from cluster.meetings.typed_answers import read_answer
from cluster.members import members
from cluster.rounds import standing
from cluster.subjects import ASSIGNMENT, MEETING, SUBMISSION
from cluster.submissions import doubts, submissions
from handlers.acting import place_of
from handlers.agendas import agendas
from handlers.checkin import checkin
from handlers.conversation import understanding
from handlers.feature import Feature, Kept
from handlers.meetings import meetings
from handlers.onboarding import pasting
from handlers.overview import taking_back
from handlers.polls import answering
from handlers.saying import say
from handlers.submissions import patients
from handlers.submissions.holding import tell_what_holds
from handlers.submissions.targets import Target, targets
from handlers.submissions.typed_numbers import FRESH, own, take_numbers, type_again
from handlers.topics import ideas
from handlers.turn import Turn
from handlers.words.grammar import Heard
from handlers.words.grammar import is_question as asks
from measures.checking.chat import without_signs
from storage.models import Submission
from storage.unit_of_work import Reading
from storage.words import Rsvp


async def hear(turn: Turn) -> None:
    """Find out what a message is about, most certain first."""
    if patients.is_about_patient(turn.words):
        await patients.refuse_words(turn, place_of(turn))
        return
    if (
        await pasting.receive_words(turn)
        or await ideas.receive_words(turn)
        or await taking_back.hear(turn)
        or await agendas.receive_words(turn)
        or await checkin.receive_words(turn)
        or await understanding.ask_again(turn)
        or await answering.receive_words(turn)
        or await _settle_draft(turn)
        or await type_again(turn)
        or await _took_back(turn)
    ):
        return
    heard = understanding.heard_of(turn)
    if understanding.is_sure(turn, heard):
        await understanding.take(turn, heard)
    elif not await take_numbers(turn) and not await meetings.receive_words(turn):
        await _other(turn, heard)


async def _settle_draft(turn: Turn) -> bool:
    """A plain "ja" or "nej" to numbers that wait for it, shortly after we asked; never a guess between several."""
    reply = read_answer(turn.words)
    if reply is None or reply.explicit or reply.answer == Rsvp.MAYBE or reply.reason or turn.member is None:
        return False
    if not (reply.sure or reply.nods or reply.takes_back):
        return False
    thread = str(turn.body["event"].get("thread_ts") or "")
    async with turn.look() as state:
        if thread and await _is_to_meeting(state, turn.channel_id, thread):
            return False
        person = [member.id for member, _ in await members.memberships(state, turn.team_id, turn.account)]
        waiting = await standing.fresh_drafts(state, person, since=turn.now - FRESH)
        later = [
            meeting
            for meeting, invitation in await invitations.open_to(state, person, turn.now)
            if invitation.answer is None and waiting and meeting.created_at > waiting[0].created_at
        ]
    if not waiting:
        return False
    if len(waiting) > 1 or (later and not thread):
        await _point(turn, waiting[0])
        return True
    decide = doubts.confirm if reply.answer == Rsvp.YES else submissions.discard
    async with turn.unit() as uow:
        submission, part = await own(uow, turn, waiting[0].id)
        await decide(uow, submission, part, now=turn.now)
        await say(uow, turn, "data.settled", place_of(turn), subject=SUBMISSION.about(submission.id))
        await uow.commit()
    return True


async def _is_to_meeting(state: Reading, channel_id: str, thread: str) -> bool:
    """Whether a plain word in a thread may be to a meeting: below its card or reminder, perhaps beside others, unless
    numbers were asked about there since."""
    asked = await subjects.answered_in(state, channel_id, thread)
    said = await subjects.all_at(state, channel_id, thread) or [asked]
    return any(MEETING.key_in(each) is not None for each in said) and SUBMISSION.key_in(asked) is None


async def _took_back(turn: Turn) -> bool:
    """ "That was a mistake", when the newest thing that was noted are numbers: they are shown, with the way back."""
    reply = read_answer(turn.words)
    if reply is None or not reply.takes_back or turn.member is None:
        return False
    async with turn.look() as state:
        person = [member.id for member, _ in await members.memberships(state, turn.team_id, turn.account)]
        saved = await standing.newest_accepted(state, person, since=turn.now - FRESH)
        answered = [each.answered_at for _, each in await invitations.open_to(state, person, turn.now)]
    moments = [moment for moment in answered if moment is not None]
    if saved is None or (moments and max(moments) > (saved.settled_at or saved.created_at)):
        return False
    await tell_what_holds(turn, saved, "taken_back")
    return True


async def _point(turn: Turn, draft: Submission) -> None:
    """A plain word that may be meant for several questions: the buttons under each tell."""
    async with turn.unit() as uow:
        await say(uow, turn, "data.several", place_of(turn), subject=SUBMISSION.about(draft.id))
        await uow.commit()


async def _other(turn: Turn, heard: Sequence[Heard]) -> None:
    """Neither numbers nor an answer: a number that nothing is known about is asked about, the rest gets help."""
    open_parts = await targets(turn) if turn.member is not None else []
    said = without_signs(turn.words)
    is_question = "?" in said or asks(said)
    if open_parts and not heard and not is_question and any(character.isdigit() for character in said):
        await _unclear(turn, open_parts[0])
    else:
        await understanding.take(turn, heard)


async def _unclear(turn: Turn, target: Target) -> None:
    async with turn.unit() as uow:
        await say(uow, turn, "data.unclear", place_of(turn), subject=ASSIGNMENT.about(target[0].id))
        await uow.commit()


feature = Feature(events={"message": Kept(hear)})
