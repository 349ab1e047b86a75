"""Recalling a wrong comparison, in place and for everybody, and drawing it again without the practice that erred.

Both steps are one decision in one transaction: the rows that say so, and everything that is owed because of it. What
is shown follows from those rows alone, the same for everybody and through every way of asking; the messages that stand
in Slack are edited to what would be shown now. Nobody is told whose number it was, how far off, or which way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from cluster import audit
from cluster.charts import recall_news
from cluster.disclosure import changes, identities, recalls, senders
from cluster.disclosure.sights import Numbers, Past, gone_from, past_releases, recalls_of, rules_for
from cluster.errors import ClusterError
from cluster.members import consent, members
from cluster.notices import owe
from cluster.packages.lookup import package_of
from cluster.rounds import rounds, standing
from cluster.subjects import PRACTICE, ROUND
from measures.charts.comparing import frozen
from measures.charts.recalling import erring, linked, may_leave_out
from measures.disclosure.privacy import Pair
from measures.packages.measure_kinds import MEASURE_KINDS, ChartForm
from measures.packages.package import Measure
from storage.models import Erratum, Member, Naming, Recall, Release, Round, Submission
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import RoundState, Said

COUNTED = ("accepted", "replaced", "withdrawn")
"""Answers that counted once."""
CORRECTIONS = 1
"""This many corrections of a practice may recall by turning verdicts: more would be tries at a colleague's number."""


async def look_over(
    uow: UnitOfWork, round_: Round, *, now: datetime, submission: Submission | None = None
) -> list[Recall]:
    """Numbers have come in (``submission``), or charts were made: recall what the practices' present numbers make
    plainly wrong, and ask those that erred whether it may be drawn without them. What was recalled by this.

    Looked at are all who were drawn, and not only who corrects now: a large error hides a smaller one beside it, and a
    correction made in a new round about the same period is not drawn there alone either.
    """
    past = await past_releases(uow, round_)
    if not past:
        return []
    given = await standing.contributions(uow, round_)
    numbers = {key: each.numbers for key, each in given.items()}
    if submission is not None:  # also without a consent: what it was drawn in stands on others' charts
        numbers[submission.practice_id] = submission.numbers
    before = await _erred(uow, round_)
    erred = await _erring(uow, round_, past, numbers, before)
    wrong = [each for each in package_of(round_).measures if erred[each.id] and each.id not in before]
    made = await _call_back(uow, round_, wrong, by=None, now=now) if wrong else []
    added = [
        Erratum(recall_id=each.id, practice_id=practice_id, answer=Said.NOTHING)
        for each in await recalls.about_period(uow, round_)
        if each.again_id is None
        for practice_id in sorted(erred[each.measure_id] - before.get(each.measure_id, frozenset()))
    ]
    uow.session.add_all(added)
    await uow.session.flush()
    if added:
        await _ask(uow, round_, now=now)
    return made


async def _erred(state: Reading, round_: Round) -> dict[str, frozenset[int]]:
    """Of each measure that is recalled, who is known to have erred."""
    standing_ = {each.id: each for each in await recalls.about_period(state, round_) if each.again_id is None}
    errata = await recalls.errata_of(state, list(standing_)) if standing_ else ()
    return {
        recall.measure_id: frozenset(each.practice_id for each in errata if each.recall_id == recall.id)
        for recall in standing_.values()
    }


async def _erring(
    state: Reading,
    round_: Round,
    past: Sequence[Past],
    numbers: Mapping[int, Numbers],
    erred: Mapping[str, frozenset[int]],
) -> dict[str, frozenset[int]]:
    """Of each measure, whose numbers make what was drawn plainly wrong, with those that are known to have erred."""
    measures, known = package_of(round_).measures, await recalls_of(state, round_, past)
    among, releases = {each.id: each for each in measures}, [each.numbers for each in past]
    again = await _correct_again(state, round_)
    return {
        each.id: erring(each, releases, numbers, among, known, already=erred.get(each.id, ()), again=again)
        for each in measures
    }


async def _correct_again(state: Reading, round_: Round) -> frozenset[int]:
    """Who has given numbers more than once since those that charts about the period were first made from."""
    about = (
        (Round.cluster_id == round_.cluster_id) & (Round.package_id == round_.package_id),
        (Round.period_start == round_.period_start) & (Round.period_end == round_.period_end),
    )
    releases = select(Release.submission_ids).join(Round, Round.id == Release.round_id).where(*about)
    drawn = {each for ids in (await state.session.scalars(releases)).all() for each in ids}
    rows = (
        select(Submission.id, Submission.practice_id)
        .join(Round, Round.id == Submission.round_id)
        .where(*about, Submission.state.in_(COUNTED))
        .order_by(Submission.id)
    )
    given: dict[int, list[bool]] = {}
    for submission_id, practice_id in (await state.session.execute(rows)).all():
        given.setdefault(practice_id, []).append(submission_id in drawn)
    return frozenset(key for key, was in given.items() if True in was and len(was) - was.index(True) > 1 + CORRECTIONS)


async def by_hand(uow: UnitOfWork, round_: Round, measure_ids: Iterable[str], *, by: Member, now: datetime) -> int:
    """The coordinator calls comparisons back; how many measures that was, 0 when all had been."""
    wanted = {*measure_ids}
    chosen = [each for each in package_of(round_).measures if each.id in wanted]
    if not chosen or await recalls.newest_about(uow, round_) is None:
        raise ClusterError("recall.nothing", field="measures")
    return len(await _call_back(uow, round_, chosen, by=by, now=now))


async def shown(state: Reading, round_: Round) -> list[Measure]:
    """The measures whose comparison can be recalled: charts were sent, and it was not recalled since."""
    if await recalls.newest_about(state, round_) is None or round_.state == RoundState.CANCELLED:
        return []
    standing_ = {each.measure_id for each in await recalls.about_period(state, round_) if each.again_id is None}
    return [each for each in package_of(round_).measures if each.id not in standing_ and each.kind != "estimate"]


async def _call_back(
    uow: UnitOfWork, round_: Round, wrong: Sequence[Measure], *, by: Member | None, now: datetime
) -> list[Recall]:
    newest = await recalls.newest_about(uow, round_)
    able = {each.id for each in await shown(uow, round_)}
    measures = package_of(round_).measures
    names = {name for each in wrong for name in linked(each, measures)} & able
    if newest is None or not names:
        return []
    made = [
        Recall(
            round_id=round_.id,
            measure_id=each.id,
            release_id=newest.id,
            by_id=by.id if by is not None else None,
            at=now,
        )
        for each in measures
        if each.id in names
    ]
    uow.session.add_all(made)
    await uow.session.flush()
    await recall_news.say(uow, round_, made, "recalled", now=now)
    subject = ROUND.about(round_.id)
    actor = by.id if by is not None else None
    audit.note(uow, "comparison.recalled", subject, now=now, actor_id=actor, cluster_id=round_.cluster_id)
    return made


async def _ask(uow: UnitOfWork, round_: Round, *, now: datetime) -> None:
    """Ask each practice that erred, where its yes could bring the comparison back."""
    asked: dict[int, list[int]] = {}
    for recall in await recalls.about_period(uow, round_):
        if recall.again_id is None and await _may_be_drawn(uow, recall):
            for each in await recalls.errata_of(uow, [recall.id]):
                if not each.answer:
                    asked.setdefault(each.practice_id, []).append(recall.id)
    for practice_id, ids in asked.items():
        for member in await members.of_practice(uow, practice_id):
            if member.slack_user_id is not None and await consent.may_decide(uow, member, practice_id):
                await owe(
                    uow,
                    "recall.ask",
                    key=f"recall-ask:{ids[0]}:{len(ids)}:{member.id}",
                    now=now,
                    member_id=member.id,
                    subject=ROUND.about(round_.id),
                    practice=practice_id,
                )  # without the cluster: no plan and no list of what went astray tells a coordinator who is asked


async def asked_of(state: Reading, round_: Round, practice_id: int) -> list[Recall]:
    """The recalls that wait for a practice's word, and could be drawn again by it."""
    found = []
    for recall in await recalls.about_period(state, round_):
        errata = await recalls.errata_of(state, [recall.id]) if recall.again_id is None else ()
        waits = any(each.practice_id == practice_id and not each.answer for each in errata)
        if waits and await _may_be_drawn(state, recall):
            found.append(recall)
    return found


async def wrong_numbers(state: Reading, round_: Round, practice_id: int) -> list[tuple[Measure, Pair]]:
    """What a practice is asked about: the measures, and what it had in the comparison that was recalled."""
    past = await past_releases(state, round_)
    known, among = await recalls_of(state, round_, past), {each.id: each for each in package_of(round_).measures}
    releases = [each.numbers for each in past]
    asked = [among[each.measure_id] for each in await asked_of(state, round_, practice_id)]
    return [(each, frozen(each, releases, known)[practice_id]) for each in asked]


async def answer(uow: UnitOfWork, round_: Round, member: Member, *, yes: bool, now: datetime) -> str:
    """A practice says whether its wrong number may be left out; the word is kept with who said it.

    ``drawn`` when the comparison came back by it, ``kept`` when the word was noted, ``before`` when it had been said.
    """
    practice_id = await consent.own_practice(uow, member)
    waiting = await asked_of(uow, round_, practice_id)
    if not waiting:
        return "before"
    ready = []
    for recall in waiting:
        errata = await recalls.errata_of(uow, [recall.id])
        for each in errata:
            if each.practice_id == practice_id:
                each.answer, each.member_id, each.at = Said.YES if yes else Said.NO, member.id, now
        ready += [recall] if all(each.answer == Said.YES for each in errata) else []
    await uow.session.flush()
    subject, what = PRACTICE.about(practice_id), "leave_out.given" if yes else "leave_out.refused"
    audit.note(uow, what, subject, now=now, actor_id=member.id, cluster_id=round_.cluster_id)
    if not ready:
        return "kept"
    newest = await recalls.newest_about(uow, round_)
    for recall in ready:
        recall.again_id, recall.again_at = newest.id if newest is not None else None, now
    await uow.session.flush()
    await recall_news.say(uow, round_, ready, "redrawn", now=now)
    audit.note(uow, "comparison.redrawn", ROUND.about(round_.id), now=now, cluster_id=round_.cluster_id)
    return "drawn"


async def _may_be_drawn(state: Reading, recall: Recall) -> bool:
    """Whether a comparison could be drawn again without all who erred, once they agree."""
    round_ = await rounds.get(state, recall.round_id)
    measure = next((each for each in package_of(round_).measures if each.id == recall.measure_id), None)
    errata = await recalls.errata_of(state, [recall.id])
    earlier = [each for each in await recalls.about_period(state, round_) if each.again_id is not None]
    if measure is None or MEASURE_KINDS[measure.kind].form is not ChartForm.DOTS or not errata:
        return False
    if any(each.answer == Said.NO for each in errata) or any(each.measure_id == measure.id for each in earlier):
        return False
    given = await standing.contributions(state, round_)
    now = {each.practice_id: given[each.practice_id] for each in errata if each.practice_id in given}
    if len(now) < len(errata) or any(each.questions for each in now.values()):
        return False
    past = await past_releases(state, round_)
    named = select(Naming.id).where(Naming.release_id.in_([each.release_id for each in past])).limit(1)
    if await identities.has_letters(state, round_.id) or (await state.session.execute(named)).first() is not None:
        return False
    beside = (await changes.shown_beside(state, round_)).get(measure.id, [])
    return may_leave_out(
        measure,
        [each.numbers for each in past],
        {key: each.numbers for key, each in now.items()},
        rules_for(round_),
        recalls=await recalls_of(state, round_, past),
        beside=beside,
        known=await senders.known_practices(state, round_, past, past[-1].numbers),
        gone=await gone_from(state, round_, past) - now.keys(),
    )
