"""Who may be known by what in a round: letters drawn at its first release, and names as practices choose them.

Names are kept as they were put up and taken down, release by release: colleagues keep their charts, so that whoever was
named once stays known. ``measures.disclosure.openness`` decides who may be named, ``measures.disclosure.hiding`` what
may be renewed beside.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from cluster import audit
from cluster.disclosure import changes
from cluster.disclosure.sights import Numbers, gone_from, newest, past_releases, recalls_of, rules_for
from cluster.members import consent, members
from cluster.notices import owe
from cluster.packages.lookup import package_of
from cluster.rounds import standing
from cluster.subjects import ROUND
from measures.charts.comparing import drawn_from, is_recalled, pair
from measures.disclosure.hiding import hides_beside_names
from measures.disclosure.openness import Known, letters, projector_marks, revealed
from measures.disclosure.privacy import Openness, Pair
from measures.packages.measure_kinds import MEASURE_KINDS, ChartForm
from measures.packages.package import Measure
from storage.models import Assignment, Naming, Practice, Pseudonym, Release, Round
from storage.unit_of_work import Reading, UnitOfWork

NAMED = {Openness.CHOSEN: (consent.SHOWN,), Openness.OPEN: (consent.SHOWN, consent.WITH_ALL)}
"""The consents that count on each rung: who only agreed to what all agree to is not named before."""


def measures_with_marks(round_: Round) -> list[Measure]:
    """The measures on whose charts others stand one by one."""
    return [each for each in package_of(round_).measures if MEASURE_KINDS[each.kind].form is ChartForm.DOTS]


async def prepare(uow: UnitOfWork, round_: Round, *, first: bool, now: datetime) -> None:
    """A release was made: draw letters the first time, and settle whose names stand on it."""
    if first and rules_for(round_).openness is Openness.LETTERS:
        await draw_letters(uow, round_, random.SystemRandom())
        audit.note(uow, "openness.letters", ROUND.about(round_.id), now=now, cluster_id=round_.cluster_id)
    await settle(uow, round_)
    if first and rules_for(round_).openness in NAMED:
        await _invite_first(uow, round_, now=now)


async def draw_letters(uow: UnitOfWork, round_: Round, chance: random.Random) -> None:
    """Fresh letters for each measure, for every practice that was asked or is in what charts are made from."""
    latest = await newest(uow, round_.id)
    past = await past_releases(uow, round_, latest.id) if latest is not None else []
    asked = select(Assignment.practice_id).where(Assignment.round_id == round_.id)
    everybody = {*(await uow.session.execute(asked)).scalars(), *(key for each in past for key in each.numbers)}
    for measure in measures_with_marks(round_):
        for practice_id, letter in letters(sorted(everybody), chance).items():
            uow.session.add(
                Pseudonym(round_id=round_.id, measure_id=measure.id, practice_id=practice_id, letter=letter)
            )
    await uow.session.flush()


async def has_letters(state: Reading, round_id: int) -> bool:
    """Whether letters were drawn when the charts went out."""
    rows = select(Pseudonym.id).where(Pseudonym.round_id == round_id).limit(1)
    return (await state.session.execute(rows)).first() is not None


async def known_of(state: Reading, round_: Round) -> dict[str, Known]:
    """What charts of a round may tell of who is who now, by measure."""
    rung = rules_for(round_).openness
    if rung is Openness.LETTERS:
        rows = select(Pseudonym).where(Pseudonym.round_id == round_.id)
        drawn: dict[str, dict[int, str]] = {}
        for each in (await state.session.execute(rows)).scalars():
            drawn.setdefault(each.measure_id, {})[each.practice_id] = each.letter
        return {measure_id: Known(letters=given) for measure_id, given in drawn.items()}
    if rung not in NAMED:
        return {}
    willing = set(await shows(state, round_))
    standing = {key: found & willing for key, found in (await _standing(state, round_.id)).items()}
    names = await _names(state, set().union(*standing.values()))
    return {key: Known(named=frozenset(found), names=names) for key, found in standing.items() if found}


async def shows(state: Reading, round_: Round) -> list[int]:
    """The practices whose consents let them be named on this rung, who said so first first."""
    kinds = NAMED.get(rules_for(round_).openness, ())
    willing = await consent.holders(state, round_.cluster_id)
    return [each for each in await consent.showing(state, round_.id, kinds) if each in willing]


async def settle(uow: UnitOfWork, round_: Round) -> None:
    """Put up and take down names as they may stand now; a measure that shows no others gets no new ones."""
    latest = await newest(uow, round_.id)
    if latest is None:
        return
    past = await past_releases(uow, round_)
    willing, rules = await shows(uow, round_), rules_for(round_)
    gone, recalls = await gone_from(uow, round_, past), await recalls_of(uow, round_, past)
    up, ever = await _standing(uow, round_.id), await _ever(uow, [each.release_id for each in past])
    twice = await changes.shown_beside(uow, round_)
    marked = measures_with_marks(round_)
    here = [each.numbers for each in past if each.release_id <= latest.id]
    drawn = {measure.id: drawn_from(measure, here, recalls) for measure in marked}
    if rules.openness is Openness.OPEN and not _everybody(drawn) <= set(willing):
        willing = []  # whoever said yes did so for when everybody of the round has, not everybody of one measure
    for measure in marked:
        states, everything = drawn[measure.id], drawn_from(measure, [each.numbers for each in past], recalls)
        there, once = up.get(measure.id, set()), ever.get(measure.id, set())
        recalled = is_recalled(measure, recalls)
        if not states or not projector_marks(states[-1], rules, gone=gone, recalled=recalled):
            wanted = there & set(willing)
        else:
            beside = [_pairs(measure, each) for each in twice.get(measure.id, ())]
            able = [key for key in willing if len(here) == len(past) or key in there]
            wanted = set(revealed(rules, [*beside, *everything, *states], able, once))
        await _take_down(uow, round_.id, measure.id, there - wanted, latest)
        for practice_id in sorted(wanted - there):
            uow.session.add(Naming(measure_id=measure.id, practice_id=practice_id, release_id=latest.id))
    await uow.session.flush()


def _everybody(drawn: Mapping[str, Sequence[Mapping[int, Pair]]]) -> set[int]:
    """Everybody whose mark is on any chart of the round."""
    return {key for states in drawn.values() if states for key in states[-1]}


def _pairs(measure: Measure, numbers: Mapping[int, Numbers]) -> dict[int, Pair]:
    return {key: found for key, each in numbers.items() if (found := pair(measure, each)) is not None}


async def hides_everybody(state: Reading, round_: Round, following: Mapping[int, Numbers]) -> bool:
    """Whether a renewal with these answers hides everybody from those who know some practices by name."""
    past = await past_releases(state, round_)
    ever = await _ever(state, [each.release_id for each in past])
    if not ever:
        return True
    up, willing = await _standing(state, round_.id), set(await shows(state, round_))
    before, twice = [each.numbers for each in past], await changes.shown_beside(state, round_)
    recalls = await recalls_of(state, round_, past)
    for measure in measures_with_marks(round_):
        states, after = (drawn_from(measure, each, recalls) for each in (before, [*before, following]))
        beside = [_pairs(measure, each) for each in twice.get(measure.id, ())]
        once = ever.get(measure.id, set())
        named = up.get(measure.id, set()) & willing
        if once and after != states and not hides_beside_names([*beside, *states], after[-1], named=named, once=once):
            return False
    return True


async def _invite_first(uow: UnitOfWork, round_: Round, *, now: datetime) -> None:
    """The charts are out and names are possible: coordinators are asked first whether they will show the way."""
    able = await standing.contributions(uow, round_)
    for member in await members.coordinators(uow, round_.cluster_id):
        if member.practice_id in able and await consent.may_decide(uow, member, member.practice_id):
            await owe(
                uow,
                "openness.first",
                key=f"openness-first:{round_.id}:{member.id}",
                now=now,
                member_id=member.id,
                cluster_id=round_.cluster_id,
                subject=ROUND.about(round_.id),
            )


async def _take_down(uow: UnitOfWork, round_id: int, measure_id: str, practice_ids: set[int], latest: Release) -> None:
    for each in await _namings(uow, round_id):
        if each.measure_id == measure_id and each.practice_id in practice_ids:
            each.until_id = latest.id


async def _namings(state: Reading, round_id: int) -> Sequence[Naming]:
    """Names that stand on the charts of a round."""
    rows = (
        select(Naming)
        .join(Release, Release.id == Naming.release_id)
        .where(Release.round_id == round_id, Naming.until_id.is_(None))
    )
    return (await state.session.execute(rows)).scalars().all()


async def _standing(state: Reading, round_id: int) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for each in await _namings(state, round_id):
        found.setdefault(each.measure_id, set()).add(each.practice_id)
    return found


async def _ever(state: Reading, release_ids: Sequence[int]) -> dict[str, set[int]]:
    rows = select(Naming).where(Naming.release_id.in_(release_ids))
    found: dict[str, set[int]] = {}
    for each in (await state.session.execute(rows)).scalars():
        found.setdefault(each.measure_id, set()).add(each.practice_id)
    return found


async def _names(state: Reading, practice_ids: set[int]) -> dict[int, str]:
    rows = select(Practice.id, Practice.name).where(Practice.id.in_(practice_ids))
    return {row[0]: row[1] for row in (await state.session.execute(rows)).all()}
