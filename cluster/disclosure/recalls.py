"""Comparisons about a round's period that were recalled: which, since when, and without whom they came again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from measures.charts.comparing import Recalls
from measures.disclosure.hiding import Recalled as Known
from storage.models import Erratum, Recall, Release, Round
from storage.unit_of_work import Reading


async def about_period(state: Reading, round_: Round) -> Sequence[Recall]:
    """Every recall about the package and period of a round, oldest first."""
    rows = (
        select(Recall)
        .join(Round, Round.id == Recall.round_id)
        .where(Round.cluster_id == round_.cluster_id, Round.package_id == round_.package_id)
        .where(Round.period_start == round_.period_start, Round.period_end == round_.period_end)
        .order_by(Recall.id)
    )
    return (await state.session.execute(rows)).scalars().all()


async def errata_of(state: Reading, recall_ids: Sequence[int]) -> Sequence[Erratum]:
    """The practices whose numbers were wrong in these."""
    rows = select(Erratum).where(Erratum.recall_id.in_(recall_ids)).order_by(Erratum.id)
    return (await state.session.execute(rows)).scalars().all()


async def of_releases(state: Reading, round_: Round, release_ids: Sequence[int]) -> Recalls:
    """What was recalled of these releases about the round's period (all up to one, oldest first), by measure."""
    found = await about_period(state, round_)
    errata = await errata_of(state, [each.id for each in found]) if found else ()

    def made_by(last: int) -> int:
        return sum(each <= last for each in release_ids)

    recalls: dict[str, list[Known]] = {}
    for each in found:
        erred = frozenset(row.practice_id for row in errata if row.recall_id == each.id)
        again = made_by(each.again_id) if each.again_id is not None else None
        known = Known(made_by(each.release_id), again, erred)
        recalls.setdefault(each.measure_id, []).append(known)
    return recalls


async def newest_about(state: Reading, round_: Round) -> Release | None:
    """The newest release about the package and period of a round."""
    rows = (
        select(Release)
        .join(Round, Round.id == Release.round_id)
        .where(Round.cluster_id == round_.cluster_id, Round.package_id == round_.package_id)
        .where(Round.period_start == round_.period_start, Round.period_end == round_.period_end)
        .order_by(Release.id.desc())
    )
    return (await state.session.execute(rows)).scalars().first()
