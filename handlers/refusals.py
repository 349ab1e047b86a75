"""What could not be used of a file or a message: said with places, with a marked copy when there is much to mend, and
with a way to keep the part that is in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cluster import chasing, rounds, standing
from cluster.errors import ClusterError
from cluster.submissions import Answer, Place
from handlers import readings, troubles
from handlers.ids import Action
from handlers.keeping import keep
from handlers.message import Attachment, Message
from handlers.parts import message_thread, number, part_of
from handlers.readings import Judged, Sent
from handlers.routes import Kept, Rendering, Routes
from handlers.saying import say
from handlers.turn import Turn
from handlers.views import submissions as views
from handlers.views.blocks import escape
from measures.annotate import annotate
from measures.intake import Refused
from measures.mapping import Matcher
from measures.problems import Problem
from storage.unit_of_work import Reading, UnitOfWork

MARKED = "data.refused.marked"
"""The kind that takes its time: the file is read again to be marked."""
MANY = 4
"""From so many faults the sender gets the file back with the cells marked."""


async def refuse(turn: Turn, problems: Sequence[Problem], assignment_id: int | None, place: Place) -> None:
    """Say what could not be used and why; nothing is kept."""
    async with turn.unit() as uow:
        await refuse_in(uow, turn, problems, assignment_id, place)
        await uow.commit()


async def refuse_in(
    uow: UnitOfWork,
    turn: Turn,
    problems: Sequence[Problem],
    assignment_id: int | None,
    place: Place,
    **more: Any,
) -> None:
    """As `refuse`, in a unit of work that does more."""
    stored = troubles.kept(problems)
    subject = chasing.about(assignment_id) if assignment_id is not None else ""
    kind = MARKED if more.get("marked") else "data.refused"
    await say(uow, turn, kind, place, subject=subject, problems=stored, assignment=assignment_id, **more)


async def refuse_file(turn: Turn, judged: Judged, assignment_id: int, sent: Sent, place: Place) -> None:
    """Refuse a file whose numbers were found: what is right of it can still be kept."""
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
        )
        await uow.commit()


async def _version(state: Reading, assignment_id: int) -> int:
    """The newest version of the practice's answer: a button made now means nothing once there is a newer one."""
    assignment, round_ = await rounds.assignment(state, assignment_id)
    versions = await standing.history(state, round_.id, assignment.practice_id)
    return versions[0].version if versions else 0


async def keep_part(turn: Turn) -> None:
    """ "Save the 3 that are in order": the file is fetched and judged again, and what is wrong in it is left out."""
    _, file_id, version = turn.value.split(":")
    place = Place(turn.channel_id, message_thread(turn))
    async with turn.look() as state:
        part = replace(await part_of(state, turn, number(turn.value)), place=place)
        if await _version(state, part.assignment.id) != int(version):
            raise ClusterError("data.superseded")
    sent = await readings.fetch(turn.tools, file_id)
    try:
        table = await readings.read(sent)
    except Refused as refusal:
        await refuse(turn, [refusal.problem], part.assignment.id, place)
        return
    async with turn.look() as state:
        judged = await readings.judge(turn.tools, state, part.assignment, part.round, table)
    partial = judged.partial
    if partial is None:
        raise ClusterError("data.not_usable")
    asked = [problem for problem in partial.questions if problem.code != "left_out"]
    await keep(turn, [(part, Answer("file", partial.values, troubles.kept(asked), sent.digest))])


async def refused(r: Rendering) -> Message:
    """A file or a message that could not be used: what, where, and how to mend it."""
    problems, params = troubles.sentences(r.owed.params["problems"], r.t), r.owed.params
    said = r.t("I could not use this yet, and nothing was saved. Mend this and send it again:")
    copy = await _marked_copy(r) if params.get("marked") else None
    lines = [said, *map(escape, problems)]
    note = r.t("Here is your file with the cells marked and a column that says what to mend.") if copy else ""
    good = int(params.get("good") or 0)
    value = f"{params['assignment']}:{params['file']}:{params['version']}" if good else ""
    blocks = views.refused(said, problems, params.get("assignment"), r.t, note=note, good=good, partial=value)
    return Message("\n".join([*lines, note] if note else lines), blocks, [copy] if copy else [])


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
    return Attachment(f"{judged.package.id}-{kind}.xlsx", copy, r.t("Your file, with what to mend")) if copy else None


routes = Routes(
    actions={Action.SUBMISSION_PARTIAL: Kept(keep_part)},
    notices={"data.refused": refused, MARKED: refused},
    heavy={Action.SUBMISSION_PARTIAL, MARKED},
)
