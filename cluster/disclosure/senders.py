"""What whoever sent a file for all practices knows already, and whom that would give away.

To the sender the marks of the practices in the file are no secret, so they hide nobody: one or two practices that
answered themselves would be the only unknown marks, and found. Such few are left out of what others are drawn from, as
late answers are, until they are three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from cluster.disclosure.sights import Numbers, Past, past_releases, recalls_of
from cluster.packages.lookup import package_of
from measures.charts.comparing import Recalls, hides_beside_known
from storage.models import Collected, Member, Round, Submission
from storage.unit_of_work import Reading
from storage.words import ProposalState, Source


async def drawable(state: Reading, round_: Round, given: Mapping[int, Submission]) -> Mapping[int, Submission]:
    """The answers that others may be drawn from at a first release: all, or those that the senders know."""
    past = await past_releases(state, round_)
    known = await known_practices(state, round_, past, _numbers(given))
    if _hides(round_, past, _numbers(given), known, await recalls_of(state, round_, past)):
        return given
    return {key: each for key, each in given.items() if key in known}


async def hides_everybody(state: Reading, round_: Round, following: Mapping[int, Numbers]) -> bool:
    """Whether charts from these answers, beside all earlier ones, give the senders nobody whom they don't know."""
    past = await past_releases(state, round_)
    known = await known_practices(state, round_, past, following)
    return _hides(round_, past, following, known, await recalls_of(state, round_, past))


async def known_practices(
    state: Reading, round_: Round, past: Sequence[Past], following: Mapping[int, Numbers]
) -> frozenset[int]:
    """The practices whose newest numbers came from a file about all, and the senders' own; nobody without a file."""
    round_ids = {round_.id, *(each.round_id for each in past)}
    files = select(Submission).where(Submission.round_id.in_(round_ids), Submission.source == Source.BUNDLE)
    told: dict[int, list[dict[str, Any]]] = {}
    for each in (await state.session.execute(files)).scalars():
        told.setdefault(each.practice_id, []).append(each.numbers)
    if not told:
        return frozenset()
    newest: dict[int, Numbers] = {}
    for numbers in (*(each.numbers for each in past), following):
        newest |= numbers
    senders = select(Member.practice_id).join(Collected, Collected.member_id == Member.id)
    senders = senders.where(Collected.round_id.in_(round_ids), Collected.state == ProposalState.CONFIRMED)
    own = set((await state.session.execute(senders)).scalars())
    return frozenset(key for key, each in newest.items() if key in own or each in told.get(key, ()))


def _hides(
    round_: Round,
    past: Sequence[Past],
    following: Mapping[int, Numbers],
    known: frozenset[int],
    recalls: Recalls,
) -> bool:
    releases = [each.numbers for each in past]
    return not known or hides_beside_known(package_of(round_).measures, releases, following, known, recalls)


def _numbers(given: Mapping[int, Submission]) -> dict[int, Numbers]:
    return {key: each.numbers for key, each in given.items()}
