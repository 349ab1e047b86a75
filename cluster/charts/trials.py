"""A trial of a round with made-up numbers: what charts and deck are made from, in memory alone.

The rows made here belong to no session, so nothing can keep them: no round, no answers, no release, and nothing in
anybody's plan, log, statistics or exports. They are drawn by the same code as real ones, as openly as the cluster has
agreed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cluster.charts.decks import ProjectorSight
from cluster.clock import local
from cluster.disclosure.identities import measures_with_marks
from cluster.disclosure.sights import Sight, rules_for
from cluster.members import cluster_rules, practices
from cluster.notices import ANSWER, owe
from cluster.packages import own_packages
from cluster.packages.own_packages import Offer
from cluster.rounds import planning
from cluster.rounds.standing import RoundTally
from cluster.subjects import CLUSTER
from measures.charts.comparing import drawn_from
from measures.charts.shared import groupings_of
from measures.disclosure.openness import Known, letters, revealed
from measures.disclosure.privacy import DisclosureRules, Openness
from measures.packages.invented import Invented, invent
from measures.packages.package import Measure
from storage.models import Member, Practice, Release, Round, Rules, Submission
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import RoundState, Source, SubmissionState

FEWEST = 8
"""Practices in a trial, however few the cluster has: from so many, charts show everything that they can show."""
OWN = 1
"""The made-up practice whose charts are shown."""
STEPS = ("trial.request", "trial.charts", "trial.deck")


@dataclass(frozen=True)
class TrialRound:
    """What a trial shows: a made-up practice's charts, and the meeting's deck."""

    sight: Sight
    projected: ProjectorSight
    practices: int
    """How many the cluster really has."""

    @property
    def too_few(self) -> bool:
        """Whether real charts of this cluster would show less than these: it has practices, but not enough of them."""
        return 0 < self.practices < self.sight.rules.contributors_needed


async def owe_trial(uow: UnitOfWork, leader: Member, package_id: str, *, key: str, now: datetime) -> None:
    """Let who runs the cluster see, alone, what a round with this package will be: request, charts, deck."""
    await own_packages.offer(uow, leader.cluster_id, package_id)
    for kind in STEPS:
        await owe(
            uow,
            kind,
            key=f"answer:{key}:{kind}",
            now=now,
            member_id=leader.id,
            cluster_id=leader.cluster_id,
            subject=CLUSTER.about(leader.cluster_id),
            urgency=ANSWER,
            package=package_id,
        )


async def imagine(
    state: Reading, leader: Member, package_id: str, name: Callable[[int], str], *, now: datetime
) -> TrialRound:
    """A round that is over, of practices with these names; ClusterError where there is no such package any more."""
    cluster = await cluster_rules.get(state, leader.cluster_id)
    there = await practices.of_cluster(state, cluster.id)
    system = next((each.system for each in there if each.id == leader.practice_id), "")
    offer = await own_packages.offer(state, cluster.id, package_id)
    round_ = _round(offer, await cluster_rules.rules_of(state, cluster.id), now)
    rules = rules_for(round_)
    replies = invent(offer.package, max(len(there), FEWEST, rules.contributors_needed))
    names = {each: name(each) for each in replies}
    kept = groupings_of(offer.package.measures, [replies], {})
    sight = Sight(
        round=round_,
        practice=Practice(id=OWN, cluster_id=cluster.id, ydernummer="000000", name=names[OWN], system=system),
        own=_answer(replies[OWN], now),
        frozen=replies,
        rules=rules,
        number=1,
        kept=kept,
    )
    projected = ProjectorSight(
        cluster=cluster,
        round=round_,
        release=Release(id=0, round_id=0, number=1, submission_ids=[], created_at=now),
        meeting=None,
        replies=(replies,),
        rules=rules,
        gone=frozenset(),
        tally=RoundTally(len(replies), len(replies), len(replies)),
        known={each.id: _known(each, replies, rules, names) for each in measures_with_marks(round_)},
        kept=kept,
    )
    return TrialRound(sight, projected, len(there))


def _round(offer: Offer, agreed: Rules, now: datetime) -> Round:
    start, end = planning.default_period(local(now).date())
    return Round(
        id=0,
        cluster_id=agreed.cluster_id,
        package_id=offer.package.id,
        package_version=offer.package.version,
        package_text=offer.text,
        period_start=start,
        period_end=end,
        deadline=planning.default_deadline(now, None),
        state=RoundState.RELEASED,
        openness=agreed.openness,
        min_practices=agreed.min_practices,
        created_at=now,
    )


def _answer(numbers: Invented, now: datetime) -> Submission:
    return Submission(
        id=0,
        round_id=0,
        practice_id=OWN,
        version=1,
        source=Source.FORM,
        state=SubmissionState.ACCEPTED,
        numbers=numbers,
        created_at=now,
        settled_at=now,
    )


def _known(
    measure: Measure, replies: Mapping[int, Invented], rules: DisclosureRules, names: Mapping[int, str]
) -> Known:
    """Letters and names as on the rung that the cluster agreed: of those who may choose, every other one did."""
    if rules.openness is Openness.LETTERS:
        return Known(letters(replies, random.Random(measure.id)))
    willing = [each for each in replies if rules.openness is Openness.OPEN or each % 2]
    return Known(named=revealed(rules, drawn_from(measure, [replies]), willing), names=names)
