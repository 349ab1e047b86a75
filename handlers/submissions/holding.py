"""What holds of a practice's numbers, told to somebody who changed, deleted or took back the words they came from."""

from __future__ import annotations

from cluster.rounds import standing
from cluster.subjects import SUBMISSION
from cluster.submissions import submissions
from cluster.submissions.room import Kinds
from handlers.acting import place_of
from handlers.feature import Feature, Notice, Rendering
from handlers.message import Message
from handlers.saying import say
from handlers.submissions.verdicts import read_of
from handlers.submissions.views import submissions as views
from handlers.turn import Turn
from locales import Texts
from storage.models import Submission
from storage.words import SubmissionState


async def tell_what_holds(turn: Turn, submission: Submission, why: str) -> None:
    """Show the numbers with the ways to change them. ``why``: edited | deleted | taken_back."""
    async with turn.unit() as uow:
        await say(uow, turn, "data.holds", place_of(turn), subject=SUBMISSION.about(submission.id), why=why)
        await uow.commit()


async def holds(r: Rendering) -> Message | None:
    """The numbers as they stand."""
    submission, assignment, round_ = await submissions.get(r.state, r.number)
    if submission.state not in standing.LIVE:
        return None
    read = await read_of(r, submission, assignment, round_)
    said = _why(str(r.owed.params["why"]), r.t, is_saved=submission.state == SubmissionState.ACCEPTED)
    blocks = (
        views.accepted(read, said, [], r.t)
        if submission.state == SubmissionState.ACCEPTED
        else views.echo(read, said, r.t)
    )
    return Message(f"{said}\n{views.lines(read, r.t)}", blocks)


def _why(why: str, t: Texts, *, is_saved: bool) -> str:
    if not is_saved:
        return t("You have changed an older message. These are the numbers that are waiting for your yes:")
    if why == "deleted":
        return t("You have deleted your message, but its numbers are saved. Withdraw them if they should not count:")
    if why == "taken_back":
        return t("These numbers are saved and count. Correct or withdraw them if they are wrong:")
    return t("You have changed your message, but its numbers were saved before that. These count:")


feature = Feature(notices={Kinds.DATA_HOLDS: Notice(holds)})
