"""Headings that are only nearly known: asked about one by one, remembered for the practice, forgotten on request."""

from __future__ import annotations

from cluster.members import practices
from cluster.packages.lookup import package_of
from cluster.rounds import standing
from cluster.submissions import doubts, headings
from cluster.submissions.room import Kinds
from handlers.acting import actor
from handlers.feature import Feature, Kept, Notice, Rendering
from handlers.ids import number
from handlers.message import Message
from handlers.rounds.lookups import facts_of, practice_of
from handlers.saying import PRIVATELY, say
from handlers.submissions import troubles
from handlers.submissions.ids import Action
from handlers.submissions.refusals import refuse_in
from handlers.submissions.submissions import pressed
from handlers.turn import Turn
from locales import N_
from measures.checking.validation import Verdict, without_field


async def same(turn: Turn) -> None:
    """ "Yes, it is the same." """
    async with turn.unit() as uow:
        submission, part = await pressed(uow, turn)
        await doubts.agree(uow, submission, part, doubts.waiting(submission, _field(turn)), now=turn.now)
        await uow.commit()


async def other(turn: Turn) -> None:
    """ "No, it is something else": the field is missing then, and the rest is asked about again."""
    field_id = _field(turn)
    async with turn.unit() as uow:
        submission, part = await pressed(uow, turn)
        question = doubts.waiting(submission, field_id)
        practice = await practice_of(uow, part.assignment)
        before = await standing.numbers_before(uow, part.round, practice.id)
        read = Verdict(dict(submission.numbers), questions=tuple(troubles.restored(submission.questions)))
        verdict = without_field(read, field_id, package_of(part.round), facts_of(practice), before)
        if verdict.ok:
            left = troubles.kept(verdict.questions)
            await doubts.decline(uow, submission, part, question, numbers=verdict.values, questions=left, now=turn.now)
        else:
            await doubts.give_up(uow, submission, part, question, now=turn.now)
            await refuse_in(uow, turn, verdict.problems, part.assignment.id, part.place)
        await uow.commit()


def _field(turn: Turn) -> str:
    return turn.value.partition(":")[2]


async def forget(turn: Turn) -> None:
    """A remembered heading is asked about again the next time."""
    async with turn.unit() as uow:
        heading = await headings.get(uow, number(turn.value))
        practice = await practices.find(uow, heading.practice_id)
        member = await actor(uow, turn, practice.cluster_id if practice else 0)
        await headings.forget(uow, heading, member=member, now=turn.now)
        await say(uow, turn, "heading.forgotten", PRIVATELY, member_id=member.id)
        await uow.commit()


async def forgotten(r: Rendering) -> Message:
    """What "Forget" came to."""
    return Message(r.t("Forgotten. I will ask again the next time a file has that column heading."))


feature = Feature(
    actions={
        Action.HEADING_YES: Kept(same),
        Action.HEADING_NO: Kept(other),
        Action.HEADING_FORGET: Kept(forget),
    },
    notices={Kinds.HEADING_FORGOTTEN: Notice(forgotten)},
    errors={
        "heading.answered": N_("You have already answered that, so nothing has changed."),
        "heading.forgotten": N_("That column heading has already been forgotten."),
    },
    log={
        "heading.forgotten": N_("{who} made me forget the column headings I had learnt for {subject}"),
    },
)
