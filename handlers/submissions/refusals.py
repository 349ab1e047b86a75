"""What could not be used of a file or a message: said with places, with a marked copy when there is much to correct,
and with a way to keep the part that is in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cluster.errors import ClusterError
from cluster.rounds import rounds, standing
from cluster.subjects import ASSIGNMENT
from cluster.submissions.room import Kinds
from cluster.submissions.submissions import OwnPart, UsableNumbers, VerdictPlace
from handlers.acting import message_thread
from handlers.blocks import actions, button, context, escape
from handlers.feature import Feature, Kept, Notice, Rendering
from handlers.ids import number
from handlers.message import Attachment, Message
from handlers.rounds.lookups import part_of
from handlers.saying import say
from handlers.submissions import readings, troubles
from handlers.submissions.ids import Action
from handlers.submissions.keeping import keep
from handlers.submissions.readings import Judged, Sent
from handlers.submissions.views import submissions as views
from handlers.turn import Turn
from measures.checking.validation import Verdict
from measures.reading.intake import Refused
from measures.reading.problems import Option, Problem
from measures.sheets.annotate import annotate
from measures.tables.evidence import read_answers
from measures.tables.heading_matcher import Matcher
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Source

MARKED = "data.refused.marked"
"""The kind that takes its time: the file is read again to be marked."""
MANY = 4
"""From that many faults the sender gets the file back with the cells marked."""


async def refuse(turn: Turn, problems: Sequence[Problem], assignment_id: int | None, place: VerdictPlace) -> None:
    """Say what could not be used and why; nothing is kept."""
    async with turn.unit() as uow:
        await refuse_in(uow, turn, problems, assignment_id, place)
        await uow.commit()


async def refuse_in(
    uow: UnitOfWork,
    turn: Turn,
    problems: Sequence[Problem],
    assignment_id: int | None,
    place: VerdictPlace,
    **more: Any,
) -> None:
    """As `refuse`, in a unit of work that does more."""
    stored = troubles.kept(problems)
    subject = ASSIGNMENT.about(assignment_id) if assignment_id is not None else ""
    kind = MARKED if more.get("marked") else "data.refused"
    await say(uow, turn, kind, place, subject=subject, problems=stored, assignment=assignment_id, **more)


async def refuse_file(
    turn: Turn, judged: Judged, assignment_id: int, sent: Sent, place: VerdictPlace, answers: str = ""
) -> None:
    """Refuse a file whose numbers were found: what is right of it can still be kept, and what can be meant be chosen.

    `answers` is what the sender has chosen in it already, as buttons carry it.
    """
    placed = sum(1 for problem in judged.verdict.problems if problem.where and problem.where.row)
    partial = judged.partial
    async with turn.unit() as uow:
        version = await _version(uow, assignment_id)
        await refuse_in(
            uow,
            turn,
            judged.verdict.problems,
            assignment_id,
            place,
            file=sent.id,
            marked=placed >= MANY,
            good=readings.given(partial) if partial else 0,
            version=version,
            answers=answers,
        )
        await uow.commit()


def answer_of(verdict: Verdict, sent: Sent) -> UsableNumbers:
    """What is kept of a file: its numbers, what is asked about them, and where they stood."""
    asked = [problem for problem in verdict.questions if problem.code != "left_out"]
    return UsableNumbers(Source.FILE, verdict.values, troubles.kept(asked), sent.digest, troubles.sources(verdict))


async def _version(state: Reading, assignment_id: int) -> int:
    """The newest version of the practice's answer: a button made now means nothing once there is a newer one."""
    assignment, round_ = await rounds.assignment(state, assignment_id)
    versions = await standing.history(state, round_.id, assignment.practice_id)
    return versions[0].version if versions else 0


async def keep_part(turn: Turn) -> None:
    """ "Save the 3 that are in order": the file is fetched and judged again, and what is wrong in it is left out."""
    again = await _again(turn)
    if again is None:
        return
    part, sent, judged, _ = again
    partial = judged.partial
    if partial is None:
        raise ClusterError("data.not_usable")
    await keep(turn, [(part, answer_of(partial, sent))])


async def choose_place(turn: Turn) -> None:
    """ "This one": of several columns, rows or sheets the sender has named the right one, and the file is read so."""
    again = await _again(turn)
    if again is None:
        return
    part, sent, judged, answers = again
    if judged.verdict.ok:
        await keep(turn, [(part, answer_of(judged.verdict, sent))])
    else:
        await refuse_file(turn, judged, part.assignment.id, sent, part.place, answers)


async def _again(turn: Turn) -> tuple[OwnPart, Sent, Judged, str] | None:
    """The file of a button, fetched and judged again with what has been chosen in it; None when it was refused."""
    _, file_id, version, answers = (*turn.value.split(":"), "", "", "")[:4]
    place = VerdictPlace(turn.channel_id, message_thread(turn))
    async with turn.look() as state:
        part = replace(await part_of(state, turn, number(turn.value)), place=place)
        if str(await _version(state, part.assignment.id)) != version:
            raise ClusterError("data.superseded")
    sent = await readings.fetch(turn.tools, file_id)
    try:
        table = await readings.read(sent)
    except Refused as refusal:
        await refuse(turn, [refusal.problem], part.assignment.id, place)
        return None
    async with turn.look() as state:
        chosen = read_answers(answers)
        judged = await readings.judge(turn.tools, state, part.assignment, part.round, table, chosen)
    return part, sent, judged, answers


async def refused(r: Rendering) -> Message:
    """A file or a message that could not be used: what, where, and how to correct it."""
    problems, params = troubles.sentences(r.owed.params["problems"], r.t), r.owed.params
    if params.get("file") and (options := troubles.options_in(params["problems"])):
        return _which(r, options)
    said = r.t("I could not use this yet, and nothing was saved. Correct this and send it again:")
    copy = await _marked_copy(r) if params.get("marked") else None
    lines = [said, *map(escape, problems)]
    note = r.t("Here is your file with the cells marked and a column that says what to correct.") if copy else ""
    good = int(params.get("good") or 0)
    value = f"{params['assignment']}:{params['file']}:{params['version']}:{params.get('answers', '')}" if good else ""
    blocks = views.refused(said, problems, params.get("assignment"), r.t, note=note, good=good, partial=value)
    return Message("\n".join([*lines, note] if note else lines), blocks, [copy] if copy else [])


def _which(r: Rendering, options: Sequence[Option]) -> Message:
    """The question which of several places is meant, with a button for each."""
    params = r.owed.params
    (code,) = {each["code"] for each in params["problems"]}
    said = f"❓ {views.which_place(code, params['problems'][0]['params'], r.t)}"
    before = [params["answers"]] if params.get("answers") else []
    start = f"{params['assignment']}:{params['file']}:{params['version']}"
    choices = [(f"{start}:{','.join([*before, each.key])}", views.option(each, r.t)) for each in options]
    blocks = views.which(said, [(value, escape(name)) for value, name in choices], r.t, Action.SUBMISSION_CHOOSE)
    note = r.t("None of them? Send another file, or type the numbers.")
    enter = button(r.t("Enter numbers"), Action.ASSIGNMENT_ENTER, params["assignment"])
    lines = [said, *(f"• {escape(name)}" for _, name in choices), note]
    return Message("\n".join(lines), [*blocks, context(note), actions(enter)])


async def _marked_copy(r: Rendering) -> Attachment | None:
    """The sender's own cells, made afresh from the file in Slack; None when it is gone or not to be repeated."""
    assignment, round_ = await rounds.assignment(r.state, int(r.owed.params["assignment"]))
    try:
        table = await readings.read(await readings.fetch(r.tools, str(r.owed.params["file"])))
    except (ClusterError, Refused):
        return None
    judged = await readings.judge(r.tools, r.state, assignment, round_, table)
    matcher = Matcher(judged.package, judged.learned)
    copy = await r.tools.compute(annotate, table, judged.verdict.problems, matcher, r.t)
    kind = r.t("marked")
    return (
        Attachment(f"{judged.package.id}-{kind}.xlsx", copy, r.t("Your file, with what to correct")) if copy else None
    )


feature = Feature(
    actions={Action.SUBMISSION_PARTIAL: Kept(keep_part), Action.SUBMISSION_CHOOSE: Kept(choose_place)},
    notices={Kinds.DATA_REFUSED: Notice(refused), Kinds.DATA_REFUSED_MARKED: Notice(refused)},
    heavy={Action.SUBMISSION_PARTIAL, Action.SUBMISSION_CHOOSE, MARKED},
)
