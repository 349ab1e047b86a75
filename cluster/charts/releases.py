"""Releases: when charts are sent, what they are made from, and when they may be made afresh.

A release is a set of answers as they stood. What others than the viewer contribute to a chart comes from it and from
the releases before it about the same period, so that no two charts differ by one late or corrected practice;
``measures.disclosure.hiding`` decides what is taken in, ``measures.disclosure.privacy`` what of it may be seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from cluster import audit
from cluster.changes import counting
from cluster.charts import holding, recalling
from cluster.disclosure import changes, identities, senders
from cluster.disclosure.sights import newest, past_releases, recalls_of, rules_for
from cluster.errors import ClusterError
from cluster.members import consent_terms, places
from cluster.members.cluster_rules import rules_of
from cluster.notices import ANSWER, BULK, owe
from cluster.packages.lookup import package_of
from cluster.rounds import followups, rounds, standing
from cluster.rounds.readiness import Readiness
from cluster.subjects import ASSIGNMENT, ROUND
from measures.charts.comparing import renews
from measures.charts.shared import groupings_of
from measures.disclosure.grouping import as_kept
from storage.models import Cluster, Release, Round, Submission
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import RoundState, Source


async def readiness(state: Reading, round_: Round) -> Readiness:
    """How far a round is from its charts."""
    rules = await rules_of(state, round_.cluster_id)
    given = await standing.contributions(state, round_)
    return Readiness(
        tally=standing.tally(await standing.of_round(state, round_.id)),
        contributing=len(given),
        drawn=len(await senders.drawable(state, round_, given)),
        needed=rules_for(round_).contributors_needed,
        share=rules.release_share,
    )


async def release(
    uow: UnitOfWork, round_: Round, *, actor_id: int | None, now: datetime, waited: bool = False
) -> Release | None:
    """Freeze the answers and owe each contributing practice's members their charts; the channel hears a count only.

    None when the charts wait for somebody to look at numbers once more (`cluster.charts.holding`); `waited` ends that
    wait.
    """
    if round_.state == RoundState.RELEASED:
        raise ClusterError("round.is_released")
    if round_.state != RoundState.OPEN:
        raise ClusterError("round.not_running")
    is_held = round_.held_until is not None
    if is_held and not waited:
        raise ClusterError("round.is_held")
    await consent_terms.sweep(uow, round_.cluster_id, now=now)
    given = await standing.contributions(uow, round_)
    if not given:
        raise ClusterError("round.no_numbers")
    drawn = await senders.drawable(uow, round_, given)
    if not await _may_be_shown(uow, round_, drawn):
        raise ClusterError("round.gives_away")
    await recalling.look_over(uow, round_, now=now)
    if not is_held and await holding.begin(uow, round_, drawn, actor_id=actor_id, now=now):
        return None
    drawn = await holding.to_draw(uow, round_, drawn)
    if not await _may_be_shown(uow, round_, drawn):
        raise ClusterError("round.gives_away")
    await holding.end(uow, round_, now=now)
    round_.state, round_.released_at = RoundState.RELEASED, now
    made = await _freeze(uow, round_, drawn, charts_to=sorted(given), actor_id=actor_id, now=now)
    cluster = await uow.session.get(Cluster, round_.cluster_id)
    if cluster is not None:
        await owe(
            uow,
            "feedback.channel",
            key=f"released:{made.id}",
            now=now,
            channel_id=cluster.channel_id,
            cluster_id=cluster.id,
            subject=ROUND.about(round_.id),
            n=len(given),
        )
    for each in await standing.of_round(uow, round_.id):
        if each.practice_id not in given and not each.answered:
            await owe(
                uow,
                "feedback.without",
                key=f"without:{made.id}:{each.practice_id}",
                now=now,
                member_id=each.member_id,
                cluster_id=round_.cluster_id,
                subject=ASSIGNMENT.about(each.assignment_id),
                urgency=BULK,
            )
    await counting.count(uow, round_, now=now)
    await followups.plan_question(uow, round_, now=now)
    await rounds.tell_coordinators(uow, "feedback.released", round_, key=f"released-told:{made.id}", now=now)
    return made


async def at_deadline(uow: UnitOfWork, round_: Round, *, now: datetime) -> bool:
    """The deadline has come: release when the rule is met, else the coordinators decide. Whether it was released."""
    if round_.state != RoundState.OPEN or round_.held_until is not None:
        return False
    ready = await readiness(uow, round_)
    given = await standing.contributions(uow, round_)
    if ready.by_itself and await _may_be_shown(uow, round_, await senders.drawable(uow, round_, given)):
        with suppress(ClusterError):  # without the numbers that stand out, too little may be left to hide the others
            await release(uow, round_, actor_id=None, now=now)
            return True
    await rounds.tell_coordinators(uow, "round.undecided", round_, key=f"undecided:{round_.id}", now=now)
    return False


async def after_hold(uow: UnitOfWork, round_: Round, *, actor_id: int | None, now: datetime) -> None:
    """The charts have waited long enough: they are sent, or the coordinators decide when nothing can be drawn now."""
    if round_.state != RoundState.OPEN or round_.held_until is None:
        return
    try:
        await release(uow, round_, actor_id=actor_id, now=now, waited=True)
    except ClusterError:
        await holding.end(uow, round_, now=now)
        await rounds.tell_coordinators(uow, "round.undecided", round_, key=f"undecided:{round_.id}", now=now)


async def _may_be_shown(state: Reading, round_: Round, given: Mapping[int, Submission]) -> bool:
    """Whether charts from these answers give nobody away, beside changes, names and files that show of the period."""
    numbers = {key: each.numbers for key, each in given.items()}
    if not await senders.hides_everybody(state, round_, numbers):
        return False
    if not await changes.stays_hidden(state, round_, numbers):
        return False
    return await identities.hides_everybody(state, round_, numbers)


async def on_accepted(uow: UnitOfWork, round_: Round, submission: Submission, *, now: datetime) -> None:
    """A new answer counts: late ones get charts at once, everybody's are renewed when that gives nobody away, and are
    recalled when it shows that they were plainly wrong."""
    if submission.source != Source.NONE:
        await recalling.look_over(uow, round_, now=now, submission=submission)
    if round_.state == RoundState.OPEN and round_.held_until is not None:
        await holding.answered(uow, round_, submission.practice_id, now=now)
        return
    if round_.state == RoundState.OPEN:
        ready = await readiness(uow, round_)
        if ready.tally.answered == ready.tally.total or (now > round_.deadline and ready.by_itself):
            await rounds.tell_coordinators(uow, "round.ready", round_, key=f"ready:{round_.id}", now=now)
        return
    release_ = await newest(uow, round_.id)
    if release_ is None or submission.source == Source.NONE:
        return
    if await _renew(uow, round_, release_, actor_id=submission.member_id, now=now):
        return
    given = await standing.contributions(uow, round_)
    if submission.practice_id in given:
        await _owe_charts(uow, round_, release_, [submission.practice_id], now=now, submission=submission)


async def close(uow: UnitOfWork, round_: Round, *, actor_id: int | None, now: datetime) -> bool:
    """No more numbers are taken; charts are renewed a last time where that gives nobody away. Whether they were."""
    if round_.state not in rounds.TAKING:
        raise ClusterError("round.not_running")
    release_ = await newest(uow, round_.id)
    renewed = release_ is not None and await _renew(uow, round_, release_, actor_id=actor_id, now=now)
    round_.state, round_.closed_at = RoundState.CLOSED, now
    await rounds.hush(uow, round_, now=now)
    subject = ROUND.about(round_.id)
    audit.note(uow, "round.closed", subject, now=now, actor_id=actor_id, cluster_id=round_.cluster_id)
    await rounds.tell_coordinators(uow, "round.closed", round_, key=f"closed:{round_.id}", now=now, renewed=renewed)
    return renewed


async def reach(state: Reading, round_: Round) -> tuple[int, int]:
    """How many practices and members a round's charts go to."""
    practice_ids = sorted(await standing.contributions(state, round_))
    return len(practice_ids), len(await places.confirmed(state, *practice_ids))


async def _renew(uow: UnitOfWork, round_: Round, release_: Release, *, actor_id: int | None, now: datetime) -> bool:
    await consent_terms.sweep(uow, round_.cluster_id, now=now)
    given = await standing.contributions(uow, round_)
    past = await past_releases(uow, round_, release_.id)
    numbers, replies = {key: each.numbers for key, each in given.items()}, [each.numbers for each in past]
    recalls = await recalls_of(uow, round_, past)
    if not renews(package_of(round_).measures, replies, numbers, recalls, kept=past[-1].kept):
        return False
    if not await _may_be_shown(uow, round_, given):
        return False
    await _freeze(uow, round_, given, charts_to=sorted(given), actor_id=actor_id, now=now)
    return True


async def _freeze(
    uow: UnitOfWork,
    round_: Round,
    drawn: Mapping[int, Submission],
    *,
    charts_to: Sequence[int],
    actor_id: int | None,
    now: datetime,
) -> Release:
    before = await newest(uow, round_.id)
    made = Release(
        round_id=round_.id,
        number=before.number + 1 if before else 1,
        submission_ids=sorted(each.id for each in drawn.values()),
        created_at=now,
        created_by=actor_id,
    )
    uow.session.add(made)
    await uow.session.flush()
    made.groups = await _groups(uow, round_, made)
    await changes.remember(uow, round_, made)
    await identities.prepare(uow, round_, first=made.number == 1, now=now)
    await _owe_charts(uow, round_, made, charts_to, now=now)
    audit.note(
        uow,
        "round.released" if made.number == 1 else "round.renewed",
        ROUND.about(round_.id),
        now=now,
        actor_id=actor_id,
        cluster_id=round_.cluster_id,
        number=made.number,
    )
    await recalling.look_over(uow, round_, now=now)
    return made


async def _groups(state: Reading, round_: Round, made: Release) -> dict[str, Any]:
    """In which groups a release shows parts and answers: chosen at the first, kept by all that follow."""
    past = await past_releases(state, round_, made.id)
    kept = past[-2].kept if len(past) > 1 else {}
    return as_kept(groupings_of(package_of(round_).measures, [each.numbers for each in past], kept))


async def _owe_charts(
    uow: UnitOfWork,
    round_: Round,
    release_: Release,
    practice_ids: Sequence[int],
    *,
    now: datetime,
    submission: Submission | None = None,
) -> None:
    kinds = {"feedback.chart": "chart"}
    if await followups.previous(uow, round_) is not None:
        kinds["feedback.change"] = "change"
    for member in await places.confirmed(uow, *practice_ids):
        for kind, key in kinds.items():
            await owe(
                uow,
                kind,
                key=f"{key}:{release_.id}:{member.id}" + (f":{submission.id}" if submission else ""),
                now=now,
                member_id=member.id,
                cluster_id=round_.cluster_id,
                subject=ROUND.about(round_.id),
                urgency=ANSWER if submission else BULK,
                release=release_.id,
                practice=member.practice_id,
                late=submission is not None,
            )
