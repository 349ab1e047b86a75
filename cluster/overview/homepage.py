"""What a person's own page is made of: for each cluster what they owe, what comes, what is on file; for a leader how
the cluster stands. Asked in as many questions however much there is in a cluster."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cluster.changes import commitments
from cluster.changes.commitments import Held
from cluster.charts import openness, own_rounds
from cluster.charts.openness import OpennessChoice
from cluster.charts.own_rounds import OwnRound
from cluster.clock import local
from cluster.evaluations import appraisals
from cluster.evaluations.appraisals import Waiting
from cluster.meetings import attendance, meetings
from cluster.meetings.attendance import Share
from cluster.members import cluster_rules, consent, members, places, practices
from cluster.members.belonging import memberships
from cluster.members.organisations import Account
from cluster.overview.leading import Lead, lead_of
from cluster.rounds import agreements, rounds, standing
from storage.models import Agreement, Assignment, Cluster, Consent, Invitation, Meeting, Member, Practice, Round, Rules
from storage.unit_of_work import Reading

EVE = timedelta(days=1)


@dataclass(frozen=True)
class Membership:
    """One membership: a person in one cluster."""

    member: Member
    cluster: Cluster
    rules: Rules
    practice: Practice | None
    consent: Consent | None
    colleagues: Sequence[Member]
    """Those who are confirmed in the practice, the member among them; empty for anybody who is not."""
    may_decide: bool
    """Whether this member speaks for the practice."""
    meetings: Sequence[tuple[Meeting, Invitation]]
    asked: list[tuple[Assignment, Round]] = field(default_factory=list)
    """Data that the practice has been asked for and not given."""
    drafted: Collection[int] = ()
    """The rounds among them to which the member has given numbers that wait for the member's own yes."""
    openness: list[tuple[Round, OpennessChoice]] = field(default_factory=list)
    """Rounds that are more open than closed, with what the practice chose."""
    charts: Sequence[OwnRound] = ()
    """The rounds that the practice has charts of, the newest first."""
    share: Share | None = None
    """Own attendance this year; None when the cluster does not register it."""
    lead: Lead | None = None
    agreed: Sequence[tuple[Agreement, Round]] = ()
    """What the cluster agreed to change, and the round it came from."""
    commitments: Sequence[Held] = ()
    """What the practice said that it changes, or is asked; the newest meeting first."""
    evaluation: Waiting | None = None
    """The evaluation that the member has not answered."""

    @property
    def leads(self) -> bool:
        """Whether this member runs the cluster."""
        return self.member.role in members.LEADERS

    @property
    def sees_numbers(self) -> bool:
        """Whether this member may see numbers of the practice."""
        return places.is_one_of(self.member, self.member.practice_id)

    def steers(self, now: datetime) -> bool:
        """Whether this member runs a cluster that meets now, or within a day."""
        return self.leads and any(meeting.starts_at - now < EVE for meeting, _ in self.meetings)

    def open_invitations(self, now: datetime) -> list[Meeting]:
        """Meetings that wait for this member's answer."""
        return [meeting for meeting, mine in self.meetings if mine.answer is None and meeting.answer_by > now]


async def parts_of(state: Reading, team_id: str, account: Account, now: datetime) -> list[Membership]:
    """A person's page: one part for each cluster; empty for somebody we don't know."""
    return [await _part(state, member, cluster, now) for member, cluster in await memberships(state, team_id, account)]


async def _part(state: Reading, member: Member, cluster: Cluster, now: datetime) -> Membership:
    rules = await cluster_rules.rules_of(state, cluster.id)
    practice = await practices.get(state, member.practice_id) if member.practice_id else None
    is_confirmed = places.is_confirmed(member, member.practice_id)
    registered = rules.attendance_registered
    coming = await meetings.known_to(state, member, now)
    asked = await _asked(state, member)
    colleagues = await places.confirmed(state, practice.id) if practice and is_confirmed else ()
    silent = {meeting.id for meeting, mine in coming if mine.answer is None}
    return Membership(
        member=member,
        cluster=cluster,
        rules=rules,
        practice=practice,
        consent=await consent.current(state, practice.id) if practice and is_confirmed else None,
        colleagues=colleagues,
        may_decide=practice is not None and await consent.may_decide(state, member, practice.id),
        meetings=coming,
        asked=asked,
        drafted=await standing.drafted_by(state, [round_.id for _, round_ in asked], member.id),
        openness=await openness.chosen_by(state, member),
        charts=await own_rounds.of_member(state, member),
        share=await attendance.share_of(state, member, local(now).year) if registered else None,
        lead=await lead_of(state, cluster, rules, now, silent=silent) if member.role in members.LEADERS else None,
        agreed=await agreements.standing_with_rounds(state, cluster.id),
        evaluation=await appraisals.waiting_for(state, member, now),
        commitments=await commitments.of_practice(state, member, now, colleagues),
    )


async def _asked(state: Reading, member: Member) -> list[tuple[Assignment, Round]]:
    """Not given yet: neither numbers nor "Ingen data"."""
    owed = await rounds.owed_by(state, [member])
    answered = await standing.answered_by(state, [asked.id for _, asked in owed], member.practice_id or 0)
    return [(assignment, asked) for assignment, asked in owed if asked.id not in answered]
