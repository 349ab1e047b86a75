"""How typed numbers were read: from which message, beside which earlier numbers. Kept with the draft they became."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from cluster.rounds import standing
from storage.models import Submission
from storage.unit_of_work import Reading
from storage.words import Source

READ_FROM = "typed"
"""Code of the entry among a draft's questions; it is not asked, it is what the echo is made from."""
Numbers = Mapping[str, float | None]
RECENT = 50


@dataclass(frozen=True)
class Typed:
    """``ts``: Slack's time of the message. ``before``: the numbers that stood then. ``said``: the fields it names."""

    ts: str
    before: Numbers
    said: Sequence[str]

    def entry(self) -> dict[str, Any]:
        """As it is kept."""
        params = {"ts": self.ts, "before": dict(self.before), "said": list(self.said)}
        return {"code": READ_FROM, "level": "note", "where": None, "found": None, "expected": None, "params": params}


def of(submission: Submission) -> Typed | None:
    """How this version was typed; None when it came in another way."""
    for each in submission.questions:
        if each["code"] == READ_FROM:
            params = each["params"]
            return Typed(params["ts"], params["before"], params["said"])
    return None


def asked(submission: Submission) -> list[Any]:
    """What the member is really asked about."""
    return [each for each in submission.questions if each["code"] != READ_FROM]


async def find(state: Reading, member_ids: Sequence[int], ts: str) -> Submission | None:
    """The newest version that these members' message at ``ts`` became."""
    rows = (
        select(Submission)
        .where(Submission.member_id.in_(member_ids), Submission.source == Source.REPLY)
        .order_by(Submission.id.desc())
        .limit(RECENT)
    )
    for submission in (await state.session.execute(rows)).scalars():
        if (typed := of(submission)) and typed.ts == ts:
            return submission
    return None


async def stood(
    state: Reading, round_id: int, practice_id: int, *, without: Sequence[str] = ()
) -> dict[str, float | None]:
    """The numbers that typed ones are added to: of the draft that waits, else of the answer that counts.

    ``without``: fields that the message spoke of and that could not be read: what a draft says of them is in doubt.
    """
    if (draft := await standing.draft(state, round_id, practice_id)) is not None:
        return {field: value for field, value in draft.numbers.items() if field not in without}
    accepted = await standing.accepted(state, round_id, practice_id)
    return dict(accepted.numbers) if accepted is not None else {}


async def stood_before(
    state: Reading, submission: Submission, *, without: Sequence[str] = ()
) -> dict[str, float | None]:
    """The numbers without what its own message said: where reading that message again begins. ``without`` as above."""
    typed = of(submission)
    if typed is None:
        return dict(submission.numbers)
    accepted = await standing.accepted(state, submission.round_id, submission.practice_id)
    counts = dict(accepted.numbers) if accepted is not None else {}
    carried = {field: value for field, value in submission.numbers.items() if field not in {*typed.said, *without}}
    return carried | {field: counts[field] for field in typed.said if field in counts}
