"""A file dropped in the conversation: a list of members, a practice's numbers, or something that must not be here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cluster.errors import ClusterError
from cluster.onboarding.roster import is_roster, read_roster
from cluster.submissions.submissions import VerdictPlace
from handlers.acting import message_thread
from handlers.conversation import file_places
from handlers.conversation.ids import Action
from handlers.feature import Feature, HelpLine, Kept
from handlers.ids import number
from handlers.onboarding import roster
from handlers.packages import own_packages
from handlers.rounds.lookups import part_of
from handlers.saying import say
from handlers.submissions import bundles, patients, readings
from handlers.submissions.keeping import keep
from handlers.submissions.readings import Sent
from handlers.submissions.refusals import answer_of, refuse, refuse_file
from handlers.submissions.targets import Target, targets
from handlers.submissions.typed_numbers import take_numbers
from handlers.turn import Turn
from locales import N_
from measures.checking.validation import personal
from measures.reading.decoding import decode
from measures.reading.intake import Refused
from measures.reading.problems import Level, Problem
from measures.reading.table import Table

LONGEST = 40_000
"""Characters of a message; a longer snippet is a file."""
NOTES = (".txt", ".text", ".md")
BETWEEN_CELLS = "\t;|"
"""With these between its words a text file is a table."""


async def receive(turn: Turn) -> None:
    """A message with a file. The bytes are fetched, read in a process of their own, and never kept."""
    turn.require_member()
    file = _only_file(turn)
    file_id = str(file["id"])
    place = VerdictPlace(turn.channel_id, message_thread(turn))
    if patients.is_about_patient(turn.words):  # the file may count; the words beside it must go
        await patients.refuse_words(turn, place, beside=True)
    found = await targets(turn)
    sent = await readings.fetch(turn.tools, file_id)
    if patients.is_about_patient(sent.name):
        await patients.refuse_file(turn, [Problem("cpr", Level.BLOCK)], place)
        return
    if await _typed_at_length(turn, sent, is_snippet=file.get("mode") == file_places.SNIPPET):
        return
    if own_packages.is_package(sent.name):
        await own_packages.receive(turn, sent, place)
        return
    table = await read_table(turn, sent, place, found)
    if table is None:
        return
    if is_roster(table):
        await roster.receive(turn, read_roster(table), file_id)
    elif private := personal(table):
        await patients.refuse_file(turn, private, place)
    elif await bundles.receive(turn, table, sent, place):
        return
    elif not found:
        raise ClusterError("data.nothing_asked")
    elif len(found) > 1:
        await _ask_which(turn, file_id, found, place)
    else:
        await _take(turn, found[0][0].id, table, sent, place)


def _only_file(turn: Turn) -> dict[str, Any]:
    """The file of the message, if it is one that can be read here."""
    files = turn.body["event"].get("files") or []
    if len(files) != 1:
        raise ClusterError("file.one_at_a_time")
    if refusal := file_places.lasting(files[0]):
        raise ClusterError(refusal)
    return dict(files[0])


async def _typed_at_length(turn: Turn, sent: Sent, *, is_snippet: bool) -> bool:
    """A snippet is what somebody typed, made a file by Slack for its length, and a text file may be the same, made by
    hand; False when it is a table or the like."""
    if not (is_snippet or sent.name.lower().endswith(NOTES)) or len(sent.data) > 4 * LONGEST:
        return False
    words, _ = decode(sent.data)
    words = words.lstrip("\ufeff")
    if len(words) > LONGEST or (not is_snippet and any(mark in words for mark in BETWEEN_CELLS)):
        return False
    return await take_numbers(replace(turn, words=words), only_clear=True)


async def pick(turn: Turn) -> None:
    """The sender said what the file is about; it is fetched again, for nothing of it was kept."""
    file_id = turn.value.partition(":")[2]
    place = VerdictPlace(turn.channel_id, message_thread(turn))
    async with turn.look() as state:
        part = await part_of(state, turn, number(turn.value))
    sent = await readings.fetch(turn.tools, file_id)
    table = await read_table(turn, sent, place, [(part.assignment, part.round)])
    if table is not None and (private := personal(table)):
        await patients.refuse_file(turn, private, place)
    elif table is not None:
        await _take(turn, part.assignment.id, table, sent, place)


async def read_table(turn: Turn, sent: Sent, place: VerdictPlace, found: Sequence[Target]) -> Table | None:
    """The table in the file; None when the sender has been told why there is none."""
    try:
        table = await readings.read(sent)
    except Refused as refusal:
        await refuse(turn, [refusal.problem], found[0][0].id if len(found) == 1 else None, place)
        return None
    if table.personal:
        await patients.refuse_file(turn, personal(table), place)
        return None
    return table


async def _take(turn: Turn, assignment_id: int, table: Table, sent: Sent, place: VerdictPlace) -> None:
    """Check the numbers and keep them; whatever is wrong is answered beside the file."""
    async with turn.look() as state:
        part = replace(await part_of(state, turn, assignment_id), place=place)
        judged = await readings.judge(turn.tools, state, part.assignment, part.round, table)
    verdict = judged.verdict
    if not verdict.ok:
        await refuse_file(turn, judged, assignment_id, sent, place)
    else:
        await keep(turn, [(part, answer_of(verdict, sent))])


async def _ask_which(turn: Turn, file_id: str, found: Sequence[Target], place: VerdictPlace) -> None:
    ids = [assignment.id for assignment, _ in found]
    async with turn.unit() as uow:
        await say(uow, turn, "data.which", place, file=file_id, assignments=ids)
        await uow.commit()


feature = Feature(
    hints=(
        HelpLine(
            240,
            N_("A file for all practices, or a package of your own (.toml), sent here: I will tell you what I find"),
            leads=True,
        ),
    ),
    actions={Action.ASSIGNMENT_PICK: Kept(pick)},
    events={"message.file_share": Kept(receive)},
    heavy={Action.ASSIGNMENT_PICK, "message.file_share"},
    errors=file_places.ERRORS
    | {
        "file.one_at_a_time": N_("I read one file at a time. Send them one by one, and I will answer each."),
    },
)
