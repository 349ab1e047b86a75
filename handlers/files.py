"""A file dropped in the conversation: a list of members, a practice's numbers, or something that must not be here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError

from cluster import audit, chasing, members, rounds, standing, submissions
from cluster.errors import ClusterError
from cluster.notices import ANSWER, owe
from cluster.packages import package_of
from cluster.submissions import Answer, Part, Place
from handlers import roster, troubles
from handlers.ids import Action
from handlers.parts import facts_of, message_thread, number, part_of, practice_of
from handlers.routes import Kept, Routes
from handlers.turn import Turn
from locales import N_
from measures.intake import read_file
from measures.problems import Level, Problem, Refused
from measures.table import Table
from measures.validation import Verdict, check
from storage.models import Assignment, Round
from storage.unit_of_work import Reading, UnitOfWork

Target = tuple[Assignment, Round]


async def receive(turn: Turn) -> None:
    """A message with a file. The bytes are fetched, read in a process of their own, and never kept."""
    turn.require_member()
    files = turn.body["event"].get("files") or []
    if len(files) != 1:
        raise ClusterError("file.one_at_a_time")
    file_id = str(files[0]["id"])
    place = Place(turn.channel_id, message_thread(turn))
    found = await targets(turn)
    data, name = await _fetch(turn, file_id)
    table = await _read(turn, data, name, place, found)
    if table is None:
        return
    if roster.is_roster(table):
        await roster.receive(turn, table)
    elif not found:
        raise ClusterError("data.nothing_asked")
    elif len(found) > 1:
        await _ask_which(turn, file_id, found, place)
    else:
        await _take(turn, found[0][0].id, table, data, place)


async def pick(turn: Turn) -> None:
    """The sender said what the file is about; it is fetched again, for nothing of it was kept."""
    file_id = turn.value.partition(":")[2]
    message = turn.body.get("message") or {}
    place = Place(turn.channel_id, str(message.get("thread_ts") or "") or None)
    async with turn.look() as state:
        part = await part_of(state, turn, number(turn.value))
    data, name = await _fetch(turn, file_id)
    table = await _read(turn, data, name, place, [(part.assignment, part.round)])
    if table is not None:
        await _take(turn, part.assignment.id, table, data, place)


async def targets(turn: Turn) -> list[Target]:
    """What a file or a typed answer can be about: the thread says it, else what is owed, else what was answered."""
    async with turn.look() as state:
        person = [member for member, _ in await members.memberships(state, turn.team_id, turn.user_id)]
        candidates = await rounds.owed_by(state, person)
        thread = (turn.body.get("event") or {}).get("thread_ts")
        if thread:
            wanted = await _assignment_of(state, await rounds.subject_of_message(state, turn.channel_id, str(thread)))
            if named := [each for each in candidates if each[0].id == wanted]:
                return named
        waiting = [
            each for each in candidates if await standing.accepted(state, each[1].id, each[0].practice_id) is None
        ]
    return waiting or candidates


async def _assignment_of(state: Reading, subject: str) -> int | None:
    kind, _, key = subject.partition(":")
    if not key.isdecimal():
        return None
    if kind == "submission":
        return (await submissions.get(state, int(key)))[1].id
    return int(key) if kind == "assignment" else None


async def _fetch(turn: Turn, file_id: str) -> tuple[bytes, str]:
    """The bytes, and the name for its ending only: neither is kept."""
    data = await turn.tools.download({"id": file_id})
    try:
        found: dict[str, Any] = (await turn.tools.slack.files_info(file=file_id))["file"]
    except SlackApiError as error:
        if error.response.get("error") in {"file_not_found", "file_deleted"}:
            raise ClusterError("file.unavailable") from None
        raise
    return data, str(found.get("name") or "")


async def _read(turn: Turn, data: bytes, name: str, place: Place, found: Sequence[Target]) -> Table | None:
    """The table in the file; None when the sender has been told why there is none."""
    try:
        table = await read_file(data, name)
    except Refused as refusal:
        await refuse(turn, [refusal.problem], found[0][0].id if len(found) == 1 else None, place)
        return None
    if table.personal:
        await _personal(turn, [Problem("cpr", Level.BLOCK, where) for where in table.personal], place)
        return None
    return table


async def _take(turn: Turn, assignment_id: int, table: Table, data: bytes, place: Place) -> None:
    """Check the numbers and keep them; whatever is wrong is answered beside the file."""
    async with turn.look() as state:
        part = replace(await part_of(state, turn, assignment_id), place=place)
        verdict = await _judge(state, part, table)
    if any(problem.code in troubles.PERSONAL for problem in verdict.problems):
        await _personal(turn, verdict.problems, place)
    elif not verdict.ok:
        await refuse(turn, verdict.problems, assignment_id, place)
    else:
        digest = hashlib.sha256(data).hexdigest()
        await keep(turn, [(part, Answer("file", verdict.values, troubles.kept(verdict.questions), digest))])


async def _judge(state: Reading, part: Part, table: Table) -> Verdict:
    practice = await practice_of(state, part.assignment)
    before = await standing.numbers_before(state, part.round, practice.id)
    period = (part.round.period_start, part.round.period_end)
    return check(table, package_of(part.round), facts_of(practice), before, period)


async def keep(turn: Turn, answers: Sequence[tuple[Part, Answer]]) -> None:
    """Keep what came in the conversation; a missing consent is answered with the button that mends it."""
    async with turn.unit() as uow:
        for part, answer in answers:
            try:
                await submissions.keep(uow, part, answer, now=turn.now)
            except ClusterError as refusal:
                if refusal.code != "data.no_consent":
                    raise
                practice = f"practice:{part.assignment.practice_id}"
                await say(uow, turn, "data.no_consent", part.place, member_id=part.member.id, subject=practice)
        await uow.commit()


async def refuse(turn: Turn, problems: Sequence[Problem], assignment_id: int | None, place: Place) -> None:
    """Say what could not be used and why; nothing is kept."""
    stored = troubles.kept(problems)
    async with turn.unit() as uow:
        subject = chasing.about(assignment_id) if assignment_id is not None else ""
        await say(uow, turn, "data.refused", place, subject=subject, problems=stored, assignment=assignment_id)
        await uow.commit()


async def _personal(turn: Turn, problems: Sequence[Problem], place: Place) -> None:
    stored = [each | {"where": None, "found": None, "params": {}} for each in troubles.kept(problems[:1])]
    async with turn.unit() as uow:
        await tell_personal(uow, turn, place, what="file", problems=stored)
        await uow.commit()


async def tell_personal(uow: UnitOfWork, turn: Turn, place: Place, *, what: str, problems: Sequence[Any] = ()) -> None:
    """Tell at once how to delete what must not be here; the log gets a code and no more."""
    member = turn.require_member()
    event = turn.body.get("event") or turn.body.get("message") or {}
    params: dict[str, Any] = {
        "what": what,
        "problems": list(problems),
        "channel": turn.channel_id,
        "message_ts": event.get("ts"),
    }
    await say(uow, turn, "data.personal", place, **params)
    code = str(problems[0]["code"]) if problems else "cpr"
    where = f"member:{member.id}"
    audit.note(uow, "data.personal", where, now=turn.now, actor_id=member.id, cluster_id=member.cluster_id, code=code)


async def say(
    uow: UnitOfWork,
    turn: Turn,
    kind: str,
    place: Place,
    *,
    subject: str = "",
    member_id: int | None = None,
    **params: Any,
) -> None:
    """Owe the sender an answer in the place where it was said."""
    member = turn.require_member()
    await owe(
        uow,
        kind,
        key=f"answer:{turn.inbox_id}",
        now=turn.now,
        member_id=member_id or member.id,
        channel_id=place.channel_id,
        thread_ts=place.thread_ts,
        cluster_id=member.cluster_id,
        subject=subject,
        urgency=ANSWER,
        **params,
    )


async def _ask_which(turn: Turn, file_id: str, found: Sequence[Target], place: Place) -> None:
    ids = [assignment.id for assignment, _ in found]
    async with turn.unit() as uow:
        await say(uow, turn, "data.which", place, file=file_id, assignments=ids)
        await uow.commit()


routes = Routes(
    actions={Action.ASSIGNMENT_PICK: Kept(pick)},
    events={"message.file_share": Kept(receive)},
    errors={
        "file.one_at_a_time": N_("I read one file at a time. Send them one by one, and I answer each."),
    },
)
