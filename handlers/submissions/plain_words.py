"""What is asked in plain words about numbers that were given: which, and how they are put right."""

from __future__ import annotations

from cluster.members import members
from cluster.members.places import is_one_of
from cluster.packages.lookup import package_of
from cluster.rounds import rounds, standing
from handlers import blocks as b
from handlers.feature import Direct, Feature, Intent, sentences
from handlers.message import Block, Message
from handlers.rounds.ids import Action as RoundAction
from handlers.rounds.views import asks
from handlers.submissions.ids import Action
from handlers.turn import Turn
from locales import N_
from storage.models import Assignment, Round, Submission
from storage.words import Source, SubmissionState

Given = tuple[Assignment, Round, Submission]
MOST = 3
"""Answers that are shown at once."""


async def my_numbers(turn: Turn) -> Message:
    """The own practices' numbers as they count now or wait for a yes, with the ways to change them."""
    t = turn.t
    given = await _given(turn)
    if not given:
        return Message(t("I have no numbers from your practice in the rounds that are running."))
    lines: list[str] = []
    blocks: list[Block] = []
    for part, round_, submission in given[:MOST]:
        package = package_of(round_)
        said = [f"*{b.escape(asks.title(package, t))}*"]
        ways = [b.button(t("Correct numbers"), Action.SUBMISSION_CORRECT, submission.id)]
        if submission.state == SubmissionState.DRAFT:
            said.append(t("They are not saved yet: they wait for your yes."))
            ways.append(b.button(t("Discard"), Action.SUBMISSION_DISCARD, submission.id))
        else:
            ways.append(b.button(t("My numbers are wrong"), Action.SUBMISSION_OBJECT, submission.id))
        is_none = submission.source == Source.NONE
        said.append(t("“No data” is noted") if is_none else asks.number_list(package, submission.numbers, t))
        lines.append("\n".join(said))
        ways.append(b.button(t("History"), RoundAction.ASSIGNMENT_HISTORY, part.id))
        blocks += [b.section(lines[-1]), b.actions(*ways)]
    return Message("\n".join(lines), blocks)


async def wrong_numbers(turn: Turn) -> Message:
    """ "My numbers are wrong": they are shown, with the buttons that put them right."""
    shown = await my_numbers(turn)
    said = turn.t("I have not changed anything yet. These are your numbers:")
    return Message(f"{said}\n{shown.text}", [b.section(said), *shown.blocks]) if shown.blocks else shown


async def _given(turn: Turn) -> list[Given]:
    """What waits for the reader's own yes, then what counts, in every cluster."""
    waiting: list[Given] = []
    counting: list[Given] = []
    async with turn.look() as state:
        for member, _ in await members.memberships(state, turn.team_id, turn.account):
            practice_id = member.practice_id
            if practice_id is None or not is_one_of(member, practice_id):
                continue
            for round_ in await rounds.running(state, member.cluster_id):
                part = await rounds.of_practice(state, round_.id, practice_id)
                if part is None:
                    continue
                draft = await standing.draft(state, round_.id, practice_id)
                if draft is not None and draft.member_id == member.id:
                    waiting.append((part, round_, draft))
                if (accepted := await standing.accepted(state, round_.id, practice_id)) is not None:
                    counting.append((part, round_, accepted))
    return waiting + counting


feature = Feature(
    intents={
        "my_numbers": Intent(sentences(__file__, "my_numbers"), Direct(my_numbers), N_("Our numbers"), everywhere=True),
        "wrong_numbers": Intent(
            sentences(__file__, "wrong_numbers"),
            Direct(wrong_numbers),
            N_("Our numbers are wrong"),
            changes=True,
            everywhere=True,
        ),
    }
)
