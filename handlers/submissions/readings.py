"""A file that a member sent, from Slack's id to what it says: fetched, opened in a process of its own, judged.

Nothing of it is kept here. Whoever needs it again (the sender's choice, a marked copy) fetches it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from cluster.packages.lookup import package_of
from cluster.rounds import standing
from cluster.submissions import headings
from handlers.rounds.lookups import facts_of, practice_of
from handlers.turn import Tools
from measures.checking.validation import PracticeFacts, Verdict, check, without_faults
from measures.packages.package import Package
from measures.reading.intake import read_file
from measures.reading.table import Table
from measures.tables.evidence import Answers
from storage.models import Assignment, Round
from storage.unit_of_work import Reading


@dataclass(frozen=True)
class Sent:
    """A file as it came. The name is needed for its ending only."""

    id: str
    data: bytes
    name: str

    @property
    def digest(self) -> str:
        """What recognises the same file again."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Judged:
    """What a file says for one practice, with all that the judgement was made from."""

    verdict: Verdict
    package: Package
    facts: PracticeFacts
    before: Mapping[str, float | None] | None
    learned: Mapping[str, str]

    @property
    def partial(self) -> Verdict | None:
        """The verdict when the sender leaves out what is wrong; None when too little is right."""
        found = without_faults(self.verdict, self.package, self.facts, self.before)
        return found if found is not None and found.ok else None


def given(verdict: Verdict) -> int:
    """How many numbers the sender gave: not those that we had on file."""
    own = {problem.params["id"] for problem in verdict.notes if problem.code == "listed_from_register"}
    return sum(value is not None for field, value in verdict.values.items() if field not in own)


async def fetch(tools: Tools, file_id: str) -> Sent:
    """The file's bytes and name; ClusterError when it is gone or too large."""
    found = await tools.download(file_id)
    return Sent(file_id, found.data, found.name)


async def read(sent: Sent) -> Table:
    """The table in the file; raises `measures.reading.intake.Refused` when there is none."""
    return await read_file(sent.data, sent.name)


async def judge(
    tools: Tools, state: Reading, assignment: Assignment, round_: Round, table: Table, answers: Answers | None = None
) -> Judged:
    """What validation says of the table, with what the practice has said about its headings before, and with what the
    sender chose where the file left a choice.

    Worked out beside the conversation: a long table takes its time.
    """
    practice = await practice_of(state, assignment)
    package = package_of(round_)
    before = await standing.numbers_before(state, round_, practice.id)
    learned = await headings.known(state, practice.id, round_.package_id)
    facts = facts_of(practice)
    period = (round_.period_start, round_.period_end)
    verdict = await tools.compute(check, table, package, facts, before, period, learned, answers)
    return Judged(verdict, package, facts, before, learned)
