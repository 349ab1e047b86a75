"""The openness ladder of a round: closed, letters, chosen, open. Opt-in, for one round, and always to be taken back.

The coordinator sets the rung; no practice is named before its own consent. After the first charts the only way up is to
*open*, which holds when everybody has said yes: those who gave numbers did so under the rung that stood then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cluster import audit
from cluster.disclosure import identities
from cluster.disclosure.sights import newest, rules_for
from cluster.errors import ClusterError
from cluster.members import consent, places
from cluster.members.cluster_rules import OPENNESS
from cluster.notices import BULK, owe_each, renew_home
from cluster.rounds import rounds, standing
from cluster.subjects import ROUND
from measures.disclosure.privacy import Openness
from storage.models import Member, Release, Round
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import RoundState

SHOWABLE = (RoundState.OPEN, RoundState.RELEASED, RoundState.CLOSED)


@dataclass(frozen=True)
class Ladder:
    """Where a round stands, for its coordinator. Counts only: who said no is nobody's business."""

    round: Round
    rungs: tuple[str, ...]
    """What it may be set to now."""
    asked: int
    """Practices that could say yes."""
    said_yes: int


@dataclass(frozen=True)
class OpennessChoice:
    """One practice's part of it: whether it chose to be named, and on which measures it is."""

    rung: Openness
    chosen: bool
    named: tuple[str, ...]
    measures: int
    """How many there are to be named on."""
    charts: bool
    """Whether charts have been sent."""


async def ladder(state: Reading, round_: Round) -> Ladder:
    """Where a round stands, and where it may go."""
    asked = await _able(state, round_)
    yes = set(await identities.shows(state, round_)) & asked
    return Ladder(round_, await rungs(state, round_), len(asked), len(yes))


async def rungs(state: Reading, round_: Round) -> tuple[str, ...]:
    """What a round may be set to: anything before its charts; after them down, or up to what takes everybody's yes."""
    if round_.state == RoundState.OPEN:
        return OPENNESS
    now = OPENNESS.index(rules_for(round_).openness)
    before = {Openness.CLOSED: True, Openness.OPEN: True}
    before[Openness.LETTERS] = await identities.has_letters(state, round_.id)
    before[Openness.CHOSEN] = bool(await consent.showing(state, round_.id, (consent.SHOWN,)))
    return tuple(
        rung
        for place, rung in enumerate(OPENNESS)
        if place == now or rung == Openness.OPEN or (place < now and before[rung])
    )


async def visible(state: Reading, cluster_id: int) -> Sequence[Round]:
    """The rounds whose openness can be changed: those that run, and the newest that has charts."""
    running = list(await rounds.running(state, cluster_id))
    charts = (
        select(Round)
        .join(Release, Release.round_id == Round.id)
        .where(Round.cluster_id == cluster_id, Round.state.in_(SHOWABLE))
        .order_by(Release.id.desc())
        .limit(1)
    )
    latest = (await state.session.execute(charts)).scalars().first()
    return running if latest is None or latest in running else [*running, latest]


async def set_rung(uow: UnitOfWork, round_: Round, rung: str, *, actor_id: int, now: datetime) -> bool:
    """Set how open a round is, and tell everybody whom it concerns. Whether anything changed."""
    if round_.state not in SHOWABLE:
        raise ClusterError("openness.too_late")
    if rung not in await rungs(uow, round_):
        raise ClusterError("openness.not_up", field="rung")
    if rung == rules_for(round_).openness:
        return False
    round_.openness = rung
    await uow.session.flush()
    await identities.settle(uow, round_)
    subject = ROUND.about(round_.id)
    audit.note(uow, "openness.set", subject, now=now, actor_id=actor_id, cluster_id=round_.cluster_id, rung=rung)
    asked = [part.practice_id for part in await rounds.assignments(uow, round_.id)]
    people = await places.confirmed(uow, *asked)
    await owe_each(
        uow,
        "openness.changed",
        people,
        key=f"rung:{round_.id}:{rung}:{now:%Y%m%d%H%M%S}",
        now=now,
        cluster_id=round_.cluster_id,
        subject=subject,
        urgency=BULK,
        rung=rung,
    )
    await renew_home(uow, [each.id for each in people], now=now)
    await _tell_when_open(uow, round_, now=now)
    return True


async def choose(uow: UnitOfWork, round_: Round, member: Member, *, now: datetime) -> bool:
    """A practice lets itself be named in a round. False when it had chosen so before."""
    practice_id = await _may(uow, round_, member)
    rung = rules_for(round_).openness
    if rung not in identities.NAMED:
        raise ClusterError("openness.no_names")
    kind = consent.SHOWN if rung is Openness.CHOSEN else consent.WITH_ALL
    given = await consent.give_for(uow, member, round_.id, kind, now=now)
    await identities.settle(uow, round_)
    if given:
        await _tell_colleagues(uow, round_, member, practice_id, "openness.chosen", now=now)
        await _tell_when_open(uow, round_, now=now)
    return given


async def hide(uow: UnitOfWork, round_: Round, member: Member, *, now: datetime) -> bool:
    """A practice takes its name back: charts that are made from now on don't hold it. False when it was not given."""
    practice_id = await _may(uow, round_, member)
    taken = await consent.withdraw_for(uow, member, round_.id, now=now)
    await identities.settle(uow, round_)
    if taken:
        await _tell_colleagues(uow, round_, member, practice_id, "openness.hidden", now=now)
    return taken


async def choice_of(state: Reading, round_: Round, practice_id: int) -> OpennessChoice:
    """How a practice stands in a round."""
    known = await identities.known_of(state, round_)
    rung = rules_for(round_).openness
    chosen = practice_id in await consent.showing(state, round_.id, identities.NAMED.get(rung, ()))
    return OpennessChoice(
        rung=rung,
        chosen=chosen,
        named=tuple(key for key, each in known.items() if practice_id in each.named),
        measures=len(identities.measures_with_marks(round_)),
        charts=await newest(state, round_.id) is not None,
    )


async def chosen_by(state: Reading, member: Member) -> list[tuple[Round, OpennessChoice]]:
    """The rounds more open than closed that ask a member's practice, with what it chose."""
    practice_id = member.practice_id
    if practice_id is None or not places.is_one_of(member, practice_id):
        return []
    found = []
    for round_ in await visible(state, member.cluster_id):
        is_closed = rules_for(round_).openness is Openness.CLOSED
        if not is_closed and await rounds.of_practice(state, round_.id, practice_id) is not None:
            found.append((round_, await choice_of(state, round_, practice_id)))
    return found


async def _able(state: Reading, round_: Round) -> set[int]:
    """The practices whose numbers can be named: given, and with a consent that holds."""
    return set(await standing.contributions(state, round_))


async def _may(state: Reading, round_: Round, member: Member) -> int:
    practice_id = await consent.own_practice(state, member)
    if round_.state not in SHOWABLE or await rounds.of_practice(state, round_.id, practice_id) is None:
        raise ClusterError("openness.too_late")
    return practice_id


async def _tell_colleagues(
    uow: UnitOfWork, round_: Round, member: Member, practice_id: int, kind: str, *, now: datetime
) -> None:
    people = await places.confirmed(uow, practice_id)
    await owe_each(
        uow,
        kind,
        [other for other in people if other.id != member.id],
        key=f"{kind}:{round_.id}:{now:%Y%m%d%H%M%S}",
        now=now,
        cluster_id=round_.cluster_id,
        subject=ROUND.about(round_.id),
        by=member.id,
    )
    await renew_home(uow, [each.id for each in people], now=now)


async def _tell_when_open(uow: UnitOfWork, round_: Round, *, now: datetime) -> None:
    """Everybody has said yes: each hears so once, and fetches the charts when it suits."""
    known = await identities.known_of(uow, round_)
    if rules_for(round_).openness is not Openness.OPEN or not known:
        return
    await owe_each(
        uow,
        "openness.open",
        await places.confirmed(uow, *sorted(await _able(uow, round_))),
        key=f"openness-open:{round_.id}",
        now=now,
        cluster_id=round_.cluster_id,
        subject=ROUND.about(round_.id),
        urgency=BULK,
    )
