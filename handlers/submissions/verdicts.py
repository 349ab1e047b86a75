"""What a member is told of an answer: kept, doubtful, echoed, refused. Rendered from what became of it meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cluster.members import members, practices
from cluster.packages.lookup import package_of
from cluster.rounds import rounds, standing
from cluster.submissions import doubts, submissions, typed
from cluster.submissions.room import Kinds
from handlers.blocks import context, escape, section
from handlers.feature import Feature, Notice, Rendering
from handlers.message import Message
from handlers.rounds.lookups import period_of, practice_of
from handlers.rounds.views import asks
from handlers.submissions import troubles
from handlers.submissions.views import submissions as views
from locales import Texts
from storage.models import Assignment, Practice, Round, Submission
from storage.words import RoundState, Source, SubmissionState

CARD = "data.verdict"
PARTLY = "reply_partly"
"""Question code of ours: some of a typed message was not understood."""
ROUGH = "reply_rough"
"""Question code of ours: a typed number was said to be about right."""
"""Source of an answer that a coordinator sent for the practice."""


async def verdict(r: Rendering) -> Message | None:
    """One version of an answer, as it stands now."""
    submission, assignment, round_ = await submissions.get(r.state, r.number)
    reader = await members.find(r.state, r.owed.member_id)
    if reader is None or not rounds.may_answer(reader, assignment):
        return None
    if submission.source == Source.NONE and submission.state == SubmissionState.ACCEPTED:
        said = r.t("Noted: *no data* this time. You will not be reminded again, and you can still send numbers.")
        return Message(said, [section(said), asks.answered_buttons(assignment.id, r.t)], card=CARD)
    if submission.state not in standing.LIVE:
        return _ended(submission, r.t)
    read = await read_of(r, submission, assignment, round_)
    if submission.state == SubmissionState.ACCEPTED:
        return _accepted(read, submission, round_, r.t)
    if submission.source == Source.REPLY:
        headline = r.t("I read this from your message. Shall I save it?")
        blocks = views.echo(read, headline, r.t)
    else:
        headline = _asking(submission, r.t)
        blocks = views.doubts(read, headline, r.t)
    text = f"{headline}\n{views.lines(read, r.t)}"
    asked = [*(question for _, question in read.headings), *read.questions]
    return Message("\n".join([text, *map(escape, asked)]), blocks, card=CARD)


async def read_of(r: Rendering, submission: Submission, assignment: Assignment, round_: Round) -> views.NumbersRead:
    """One version of an answer, ready to be shown."""
    read_from = typed.of(submission) if submission.state == SubmissionState.DRAFT else None
    return views.NumbersRead(
        submission_id=submission.id,
        assignment_id=assignment.id,
        package=package_of(round_),
        practice=(await practice_of(r.state, assignment)).name,
        period=period_of(round_, r.t),
        numbers=submission.numbers,
        before=read_from.before if read_from else await _before(r, submission),
        questions=questions_in(submission.questions, r.t),
        headings=[
            (each["params"]["id"], troubles.sentences([each], r.t)[0]) for each in doubts.about_headings(submission)
        ],
        sources=submission.sources,
        type_again=bool(submissions.to_type_again(submission)),
        said=read_from.said if read_from else None,
    )


def _accepted(read: views.NumbersRead, submission: Submission, round_: Round, t: Texts) -> Message:
    headline, more = t("✅ Thank you! The numbers are saved."), []
    if submission.source == Source.BUNDLE:
        headline = t(
            "✅ Your coordinator has sent a file with numbers for all practices, for instance from the region. Yours "
            "are saved:"
        )
        more.append(t("Are they wrong? Correct them, withdraw them, or say so. Your own numbers always come first."))
    if submission.created_at > round_.deadline:
        more.append(t("The deadline was {deadline}, but they are in.", deadline=t.moment(round_.deadline)))
    if round_.state == RoundState.RELEASED:
        more.append(
            t(
                "The charts have already been sent. Yours will be here in a moment. The cluster's numbers are updated "
                "when at least three new answers have come, so that nobody can work out yours."
            )
        )
    elif round_.state == RoundState.OPEN and submission.source == Source.BUNDLE:
        more.append(
            t(
                "Apart from those who made and sent the file, only your practice can see the numbers. You will get "
                "your own charts here when they are sent out."
            )
        )
    elif round_.state == RoundState.OPEN:
        more.append(
            t("Only your practice can see the numbers. You will get your own charts here when they are sent out.")
        )
    blocks = views.accepted(read, headline, more, t, can_object=submission.source == Source.BUNDLE)
    return Message("\n".join([headline, views.where(read), views.lines(read, t), *more]), blocks, card=CARD)


def _asking(submission: Submission, t: Texts) -> str:
    if submission.source == Source.BUNDLE:
        return t(
            "Your coordinator has sent a file with numbers for all practices, for instance from the region. I want to "
            "be sure before yours count:"
        )
    return t("I have read the numbers, but want to be sure before they count:")


def _ended(submission: Submission, t: Texts) -> Message:
    if submission.state == SubmissionState.WITHDRAWN:
        said = t("The numbers are withdrawn and no longer count. You can send new ones whenever you like.")
    elif submission.state == SubmissionState.REPLACED:
        said = t("These numbers were replaced by newer ones.")
    else:
        said = t("These numbers were not saved. Send new ones whenever you like.")
    return Message(said, [context(said)], card=CARD)


def questions_in(kept: Sequence[Mapping[str, Any]], t: Texts) -> list[str]:
    """What was asked about the numbers of an answer, in sentences; of headings something else is asked."""
    found = []
    if any(each["code"] == PARTLY for each in kept):
        found.append(t("I did not understand the rest of your message. Are all the numbers here?"))
    if any(each["code"] == ROUGH for each in kept):
        found.append(t("You wrote “about”. Is the number exactly right?"))
    apart = {PARTLY, ROUGH, typed.READ_FROM, doubts.GUESSED}
    return found + troubles.sentences((each for each in kept if each["code"] not in apart), t)


async def _before(r: Rendering, submission: Submission) -> dict[str, float | None]:
    """The answer that counted before this one."""
    for older in await standing.history(r.state, submission.round_id, submission.practice_id):
        if (
            older.version < submission.version
            and older.state in {SubmissionState.ACCEPTED, SubmissionState.REPLACED}
            and older.source != Source.NONE
        ):
            return dict(older.numbers)
    return {}


async def settled(r: Rendering) -> Message:
    """A short word after a typed yes or no: the card further up has changed, but the eye is down here."""
    submission, _, _ = await submissions.get(r.state, r.number)
    if submission.state == SubmissionState.DRAFT:
        return Message(r.t("Thank you, it is the same number. Say yes further up when the rest is right as well."))
    return Message(
        r.t("✅ Saved.") if submission.state == SubmissionState.ACCEPTED else r.t("Discarded. Nothing was saved.")
    )


async def several(r: Rendering) -> Message:
    """A plain yes or no that may be meant for several questions."""
    return Message(r.t("More than one thing is waiting for your yes. Press the button under the one you mean."))


async def which(r: Rendering) -> Message | None:
    """A file that can be about several things: the sender chooses."""
    choices = []
    for assignment_id in r.owed.params["assignments"]:
        assignment, round_ = await rounds.assignment(r.state, assignment_id)
        practice = await practice_of(r.state, assignment)
        title = asks.title(package_of(round_), r.t)
        name = f"*{escape(title)}* · {escape(practice.name)} · {period_of(round_, r.t)}"
        choices.append((f"{assignment_id}:{r.owed.params['file']}", name))
    said = r.t("What is the file about? Choose, and I will read it at once.")
    return Message(said, views.which(said, choices, r.t))


async def unclear(r: Rendering) -> Message:
    """A typed answer whose numbers could not be told apart."""
    _, round_ = await rounds.assignment(r.state, r.number)
    said = r.t("I can't tell which number is which.")
    package = package_of(round_)
    hint = r.t("Write for instance “{example}”.", example=escape(asks.example(package, r.t)))
    return Message(f"{said} {hint}", views.unclear(said, package, r.number, r.t))


async def no_consent(r: Rendering) -> Message:
    """The practice's consent is missing: nothing was kept, and here is the button."""
    practice = await practices.find(r.state, r.number)
    return consent_message(practice, r.t)


def consent_message(practice: Practice | None, t: Texts) -> Message:
    """Why numbers can't be taken from a practice, with the button that fixes it."""
    said = t(
        "*{practice}* has not consented to sharing numbers with the cluster, so I have not kept anything. An owner or "
        "a permanently employed doctor of the practice can give the consent; then send the numbers again.",
        practice=escape(practice.name if practice else "?"),
    )
    return Message(said, views.consent_needed(said, practice.id if practice else 0, t))


feature = Feature(
    notices={
        Kinds.DATA_VERDICT: Notice(verdict),
        Kinds.DATA_SETTLED: Notice(settled),
        Kinds.DATA_SEVERAL: Notice(several),
        Kinds.DATA_WHICH: Notice(which),
        Kinds.DATA_UNCLEAR: Notice(unclear),
        Kinds.DATA_NO_CONSENT: Notice(no_consent),
    }
)
