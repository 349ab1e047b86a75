"""A file for all practices, from a region or a kommune: read, shown to the coordinator without a number, then saved.

What a practice has answered itself is never touched, and nothing is kept of practices without a consent. Whatever is
doubtful about a practice's numbers waits for that practice's own yes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from cluster import audit, notices
from cluster.delivery import handover
from cluster.errors import ClusterError
from cluster.members import consent, members, places
from cluster.rounds import rounds, standing
from cluster.subjects import BUNDLE
from cluster.submissions import headings, submissions
from cluster.submissions.doubts import GUESSED
from cluster.submissions.submissions import OwnPart, UsableNumbers
from storage.models import Assignment, Collected, Member, Practice, PracticeAlias, Round
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, ProposalState, Role, Source, SubmissionState

FORGOTTEN_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class BundleRow:
    """What the file says of one practice that was asked. `problems` are codes with their places, without contents."""

    practice_id: int
    numbers: Mapping[str, float | None] | None = None
    """None when they can't be used, or the practice has not consented."""
    questions: Sequence[Mapping[str, Any]] = ()
    problems: Sequence[Mapping[str, Any]] = ()
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Field → where its number stands in the file: see `storage.models.Submission.sources`."""


@dataclass(frozen=True)
class Gathered:
    """What is kept of a file until the coordinator has said yes or no."""

    rows: Sequence[BundleRow]
    names: Sequence[tuple[str, int, str]] = ()
    """Names that are only alike: as they are compared, the practice, as they stand in the file."""
    asked: Sequence[Mapping[str, Any]] = ()
    """Questions about the file as such: headings and times."""
    strangers: int = 0
    told: Sequence[Mapping[str, Any]] = ()
    """What is only told about the file as such: that a column was rounded."""

    def stored(self) -> list[Any]:
        """As `Collected.rows` holds it."""
        about = {
            "names": [list(name) for name in self.names],
            "asked": list(self.asked),
            "strangers": self.strangers,
            "told": list(self.told),
        }
        return [about, *(asdict(row) for row in self.rows)]

    @classmethod
    def restored(cls, rows: Sequence[Any]) -> Gathered:
        """What was stored; nothing once it was settled."""
        if not rows:
            return cls(())
        about, *rest = rows
        names = [(str(alias), int(practice_id), str(said)) for alias, practice_id, said in about["names"]]
        return cls(
            [BundleRow(**row) for row in rest], names, about["asked"], int(about["strangers"]), about.get("told", ())
        )


@dataclass(frozen=True)
class Sorted:
    """The practices of a round by what becomes of them; `ready` will be saved."""

    ready: list[BundleRow] = field(default_factory=list)
    faulty: list[BundleRow] = field(default_factory=list)
    own: list[int] = field(default_factory=list)
    """Answered themselves, or took their numbers back: left as they are."""
    same: list[int] = field(default_factory=list)
    """Have these very numbers from a file before."""
    unwilling: list[int] = field(default_factory=list)
    """Without a consent that holds."""
    absent: list[int] = field(default_factory=list)
    """Asked, but not in the file."""


async def sort(state: Reading, round_: Round, gathered: Gathered) -> Sorted:
    """What would become of each practice that was asked, as things stand now."""
    found, willing = Sorted(), await consent.holders(state, round_.cluster_id)
    rows = {row.practice_id: row for row in gathered.rows}
    for part in await rounds.assignments(state, round_.id):
        row = rows.get(part.practice_id)
        if row is None:
            found.absent.append(part.practice_id)
        elif part.practice_id not in willing or (row.numbers is None and not row.problems):
            found.unwilling.append(part.practice_id)
        elif await _has_spoken(state, round_.id, part.practice_id):
            found.own.append(part.practice_id)
        elif await _has_these(state, round_.id, row):
            found.same.append(part.practice_id)
        else:
            (found.faulty if row.numbers is None else found.ready).append(row)
    return found


async def _has_spoken(state: Reading, round_id: int, practice_id: int) -> bool:
    """Whether the practice has said something itself that a file from others must not change."""
    versions = [
        each for each in await standing.history(state, round_id, practice_id) if each.state != SubmissionState.DROPPED
    ]
    if versions and versions[0].state == SubmissionState.WITHDRAWN:
        return True
    return any(each.state in standing.LIVE and each.source != Source.BUNDLE for each in versions)


async def _has_these(state: Reading, round_id: int, row: BundleRow) -> bool:
    """Whether a file has said exactly this of the practice before: then there is nothing to disturb it for."""
    newest = next(
        (each for each in await standing.history(state, round_id, row.practice_id) if each.state in standing.LIVE), None
    )
    return newest is not None and row.numbers is not None and newest.numbers == dict(row.numbers)


async def aliases(state: Reading, cluster_id: int) -> dict[str, int]:
    """What others call the cluster's practices, confirmed before."""
    rows = select(PracticeAlias).where(PracticeAlias.cluster_id == cluster_id)
    return {each.alias: each.practice_id for each in (await state.session.execute(rows)).scalars()}


async def propose(
    uow: UnitOfWork, round_: Round, gathered: Gathered, *, member: Member, digest: str, now: datetime
) -> Collected:
    """Keep what a file says until the coordinator decides; an older one about the same round gives way."""
    willing = await consent.holders(uow, round_.cluster_id)
    rows = [row if row.practice_id in willing else BundleRow(row.practice_id) for row in gathered.rows]
    older = select(Collected).where(Collected.round_id == round_.id, Collected.state == ProposalState.WAITING)
    for waits in (await uow.session.execute(older)).scalars().all():
        await settle(uow, waits, ProposalState.DROPPED, now=now)
    made = Collected(
        cluster_id=round_.cluster_id,
        round_id=round_.id,
        member_id=member.id,
        rows=replace(gathered, rows=rows).stored(),
        digest=digest,
        created_at=now,
    )
    uow.session.add(made)
    await uow.session.flush()
    subject, urgent = BUNDLE.about(made.id), notices.ANSWER
    await notices.owe(
        uow,
        "bundle.preview",
        key=subject,
        now=now,
        member_id=member.id,
        cluster_id=round_.cluster_id,
        subject=subject,
        urgency=urgent,
    )
    await notices.owe(
        uow,
        "bundle.forget",
        key=f"forget:{subject}",
        now=now,
        due_at=now + FORGOTTEN_AFTER,
        cluster_id=round_.cluster_id,
        subject=subject,
        how=How.STEP,
    )
    return made


async def find(state: Reading, collected_id: int) -> Collected | None:
    """A file by id, whatever became of it."""
    return await state.session.get(Collected, collected_id)


async def cluster_of(state: Reading, collected_id: int) -> int:
    """The cluster that a file is about, or a friendly refusal: whoever decides on it must lead that one."""
    found = await find(state, collected_id)
    if found is None:
        raise ClusterError("bundle.dropped")
    return found.cluster_id


async def waiting(state: Reading, collected_id: int) -> Collected:
    """A file that still waits for its yes, or a friendly refusal. Others who press at the same time wait for us."""
    found = await state.session.get(Collected, collected_id, with_for_update=True, populate_existing=True)
    if found is None or found.state == ProposalState.DROPPED:
        raise ClusterError("bundle.dropped")
    if found.state == ProposalState.CONFIRMED:
        raise ClusterError("bundle.saved_already")
    return found


async def deny_name(uow: UnitOfWork, collected: Collected, place: int, *, now: datetime) -> None:
    """ "That is not the same practice": its row goes, and the name is not remembered."""
    gathered = Gathered.restored(collected.rows)
    if place >= len(gathered.names) or not gathered.names[place][0]:
        raise ClusterError("bundle.name_gone")
    practice_id = gathered.names[place][1]
    names = [("", 0, "") if number == place else name for number, name in enumerate(gathered.names)]
    rows = [row for row in gathered.rows if row.practice_id != practice_id]
    collected.rows = replace(gathered, rows=rows, names=names).stored()
    await _show(uow, collected, now=now)


async def save(uow: UnitOfWork, collected: Collected, *, member: Member, now: datetime) -> dict[str, int]:
    """The coordinator said yes: ready practices get their numbers and are told; how many, and how many must agree."""
    round_ = await rounds.get(uow, collected.round_id)
    if round_.state not in rounds.TAKING:
        raise ClusterError("round.is_closed")
    gathered = Gathered.restored(collected.rows)
    ready = {row.practice_id: row for row in (await sort(uow, round_, gathered)).ready}
    for part in await rounds.assignments(uow, round_.id):
        if row := ready.get(part.practice_id):
            told = await _who_is_told(uow, part)
            answer = UsableNumbers(Source.BUNDLE, row.numbers or {}, row.questions, collected.digest, row.sources)
            await submissions.deliver(uow, OwnPart(part, round_, told, by=member), answer, now=now)
    await _remember(uow, collected.cluster_id, gathered, member=member, now=now)
    for asked in gathered.asked if places.is_confirmed(member, member.practice_id) else ():
        if asked["code"] == GUESSED:  # known the next time to whoever sent it
            heading, meant = str(asked["params"]["heading"]), str(asked["params"]["id"])
            practice_id, package_id = member.practice_id or 0, round_.package_id
            await headings.learn(uow, practice_id, package_id, heading, meant, member=member, now=now)
    counts = {"saved": len(ready), "asking": sum(1 for row in ready.values() if row.questions)}
    await settle(uow, collected, ProposalState.CONFIRMED, now=now)
    subject, cluster_id = BUNDLE.about(collected.id), collected.cluster_id
    audit.note(uow, "bundle.saved", subject, now=now, actor_id=member.id, cluster_id=cluster_id, **counts)
    return counts


async def _who_is_told(uow: UnitOfWork, part: Assignment) -> Member:
    """Who was asked for the practice; a colleague when that one has left or is no longer to be reached."""
    asked = await members.get(uow, part.member_id)
    colleagues = [each for each in await members.of_practice(uow, part.practice_id) if each.role != Role.OBSERVER]
    here = [each for each in (asked, *colleagues) if places.is_confirmed(each, part.practice_id)]
    reached = [each for each in here if each.active and each.slack_user_id]
    return (reached or [asked])[0]


async def _remember(uow: UnitOfWork, cluster_id: int, gathered: Gathered, *, member: Member, now: datetime) -> None:
    known = await aliases(uow, cluster_id)
    for alias, practice_id, _ in gathered.names:
        if alias and alias not in known and await uow.session.get(Practice, practice_id) is not None:
            made = PracticeAlias(cluster_id=cluster_id, alias=alias[:255], practice_id=practice_id)
            made.confirmed_by, made.confirmed_at = member.id, now
            uow.session.add(made)


async def settle(uow: UnitOfWork, collected: Collected, state: ProposalState, *, now: datetime) -> None:
    """Decided, or forgotten: the numbers are not kept a second time."""
    collected.state, collected.rows, collected.settled_at = state, [], now
    await notices.take_back(uow, BUNDLE.about(collected.id), kinds=["bundle.forget"])
    await _show(uow, collected, now=now)


async def _show(uow: UnitOfWork, collected: Collected, *, now: datetime) -> None:
    await handover.show_decided(
        uow,
        "bundle.preview",
        subject=BUNDLE.about(collected.id),
        sender_id=collected.member_id,
        cluster_id=collected.cluster_id,
        now=now,
    )
