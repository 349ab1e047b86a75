"""Numbers typed in a form, "Ingen data", and the buttons under an answer: yes, correct, discard, withdraw."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cluster.errors import ClusterError
from cluster.packages.lookup import package_of
from cluster.rounds import standing
from cluster.submissions import doubts, submissions
from cluster.submissions.submissions import OwnPart, UsableNumbers, VerdictPlace
from handlers.acting import actor
from handlers.feature import Direct, Feature, Form, HelpLine, Kept
from handlers.ids import number
from handlers.message import Message
from handlers.rounds.lookups import ask_of, facts_of, part_of, practice_of
from handlers.submissions import troubles
from handlers.submissions.ids import Action, View
from handlers.submissions.verdicts import consent_message
from handlers.submissions.views import submissions as views
from handlers.turn import Turn
from locales import N_
from measures.checking.sentences import describe
from measures.checking.validation import Verdict, check_values
from measures.decimals import read_field
from storage.models import Submission
from storage.unit_of_work import Reading
from storage.words import Source

Numbers = Mapping[str, float | None]


async def judge(state: Reading, part: OwnPart, numbers: Numbers) -> Verdict:
    """What validation says of typed numbers for this practice."""
    practice = await practice_of(state, part.assignment)
    before = await standing.numbers_before(state, part.round, practice.id)
    period = (part.round.period_start, part.round.period_end)
    return check_values(numbers, package_of(part.round), facts_of(practice), before, period)


async def known(state: Reading, part: OwnPart) -> dict[str, float | None]:
    """What the practice has said so far in this round: the newest of its draft and its accepted answer."""
    for find in (standing.draft, standing.accepted):
        found = await find(state, part.round.id, part.assignment.practice_id)
        if found is not None:
            return dict(found.numbers)
    return {}


async def open_numbers(turn: Turn) -> Message | None:
    """Show the form for one practice."""
    async with turn.look() as state:
        part = await part_of(state, turn, number(turn.value))
        return await _show(turn, state, part)


async def open_correction(turn: Turn) -> Message | None:
    """Show the form, filled in with the numbers of one version."""
    async with turn.look() as state:
        submission, assignment, _ = await submissions.get(state, number(turn.value))
        part = await part_of(state, turn, assignment.id)
        return await _show(turn, state, part, submission)


async def _show(turn: Turn, state: Reading, part: OwnPart, submission: Submission | None = None) -> Message | None:
    try:
        await submissions.require_open(state, part)
    except ClusterError as refusal:
        if refusal.code != "data.no_consent":
            raise
        return consent_message(await practice_of(state, part.assignment), turn.t)
    ask = await ask_of(state, part.assignment, part.round, turn.t)
    practice = await practice_of(state, part.assignment)
    numbers = dict(submission.numbers) if submission is not None else await known(state, part)
    for item in ask.package.fields:
        if item.from_practice and numbers.get(item.id) is None:
            numbers[item.id] = practice.list_size
    late = part.round.deadline < turn.now
    metadata = json.dumps({"assignment": part.assignment.id})
    await turn.open(views.numbers_form(turn.t, ask, numbers, metadata=metadata, late=late))
    return None


async def check_numbers(turn: Turn) -> dict[str, str] | None:
    """What is wrong, under the field where it is wrong."""
    numbers = typed_numbers(turn)
    if not numbers:  # a form always sends its fields, empty ones too: this is not one of ours
        raise ClusterError("data.not_usable")
    async with turn.look() as state:
        part = await part_of(state, turn, number(turn.metadata.get("assignment")))
        await submissions.require_open(state, part)
        verdict = await judge(state, part, numbers)
    first = f"value.{next(iter(numbers))}"
    errors: dict[str, str] = {}
    for problem in verdict.problems:
        field = f"value.{problem.params['id']}" if "id" in problem.params else first
        errors.setdefault(field, describe(problem, turn.t))
    return errors or None


async def send_numbers(turn: Turn) -> None:
    """Keep what was typed; doubts become questions in the conversation."""
    async with turn.unit() as uow:
        part = await part_of(uow, turn, number(turn.metadata.get("assignment")))
        verdict = await judge(uow, part, typed_numbers(turn))
        if not verdict.ok:
            raise ClusterError("data.not_usable")
        answer = UsableNumbers(Source.FORM, verdict.values, troubles.kept(verdict.questions))
        await submissions.keep(uow, part, answer, now=turn.now)
        await uow.commit()


def typed_numbers(turn: Turn, start: str = "value.") -> dict[str, float | None]:
    """The numbers of a form by field, from the inputs whose ids begin so."""
    found: dict[str, float | None] = {}
    for name, value in turn.state.items():
        if name.startswith(start):
            try:
                found[name.removeprefix(start)] = read_field(str(value)) if value != "" else None
            except ValueError:
                raise ClusterError("data.not_a_number", field=name) from None
    return found


async def open_none(turn: Turn) -> None:
    """ "Ingen data", with room for a reason."""
    async with turn.look() as state:
        part = await part_of(state, turn, number(turn.value))
        await submissions.require_open(state, part, with_numbers=False)
        ask = await ask_of(state, part.assignment, part.round, turn.t)
    await turn.open(views.none_form(turn.t, ask, json.dumps({"assignment": part.assignment.id})))


async def send_none(turn: Turn) -> None:
    """The practice has no numbers this time."""
    async with turn.unit() as uow:
        part = await part_of(uow, turn, number(turn.metadata.get("assignment")))
        await submissions.give_none(uow, part, str(turn.state.get("reason", "")).strip()[:500], now=turn.now)
        await uow.commit()


async def confirm(turn: Turn) -> None:
    """ "Yes, the numbers are right." """
    async with turn.unit() as uow:
        submission, part = await pressed(uow, turn)
        await doubts.confirm(uow, submission, part, now=turn.now)
        await uow.commit()


async def discard(turn: Turn) -> None:
    """Numbers that waited for a yes are dropped."""
    async with turn.unit() as uow:
        submission, part = await pressed(uow, turn)
        await submissions.discard(uow, submission, part, now=turn.now)
        await uow.commit()


async def withdraw(turn: Turn) -> None:
    """An accepted answer is taken back."""
    async with turn.unit() as uow:
        submission, part = await pressed(uow, turn)
        await submissions.withdraw(uow, submission, part, now=turn.now)
        await uow.commit()


async def pressed(state: Reading, turn: Turn, submission_id: int | None = None) -> tuple[Submission, OwnPart]:
    """The version of an answer whose button was pressed (or form sent), and who did."""
    chosen = number(turn.value) if submission_id is None else submission_id
    submission, assignment, round_ = await submissions.get(state, chosen)
    member = await actor(state, turn, round_.cluster_id)
    return submission, OwnPart(assignment, round_, member, VerdictPlace(turn.channel_id))


feature = Feature(
    hints=(
        HelpLine(
            20,
            N_(
                "Send your practice's numbers: press Enter numbers, send the file here, or write for instance "
                "*COPD 130, spirometry 96*"
            ),
        ),
    ),
    actions={
        Action.ASSIGNMENT_ENTER: Direct(open_numbers),
        Action.ASSIGNMENT_NONE: Direct(open_none),
        Action.SUBMISSION_CORRECT: Direct(open_correction),
        Action.SUBMISSION_CONFIRM: Kept(confirm),
        Action.SUBMISSION_DISCARD: Kept(discard),
        Action.SUBMISSION_WITHDRAW: Kept(withdraw),
    },
    forms={
        View.ASSIGNMENT_NUMBERS: Form(send_numbers, check_numbers),
        View.ASSIGNMENT_NONE: Form(send_none),
    },
    errors={
        "data.no_consent": N_(
            "Your practice has not consented to sharing numbers with the cluster, so I can't take them. An owner or a "
            "permanently employed doctor of the practice can give the consent on my Home page."
        ),
        "data.not_usable": N_("The numbers don't fit together, so they were not saved. Open the form again."),
        "data.not_a_number": N_("Write a number, for instance 96."),
        "data.same_file": N_("This is the same file as the one I already have, so nothing has changed."),
        "data.already_none": N_("“No data” has already been noted. You can still send numbers."),
        "data.superseded": N_("Newer numbers have come since, so this button no longer does anything."),
        "data.is_accepted": N_("These numbers have already been saved. Use “Withdraw” if they should not count."),
        "data.unknown": N_("I can't find those numbers any more."),
        "data.nothing_asked": N_("Nobody has asked your practice for numbers right now, so I have not kept the file."),
    },
    log={
        "data.accepted": N_("{who} gave numbers for {subject}"),
        "data.none": N_("{who} reported that {subject} has no numbers this time"),
        "data.withdrawn": N_("{who} withdrew the numbers of {subject}"),
    },
)
