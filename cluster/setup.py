"""How a cluster begins, what its members have agreed, and who may say so."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import select

from cluster import audit, handover, members, notices
from cluster.belonging import cluster_of_channel
from cluster.errors import ClusterError
from cluster.members import Person
from storage.models import Cluster, Member, Outbox, Rules
from storage.unit_of_work import Reading, UnitOfWork

REGIONS = (
    "Region Hovedstaden",
    "Region Midtjylland",
    "Region Nordjylland",
    "Region Sjælland",
    "Region Syddanmark",
    "Region Østdanmark",
)
OPENNESS = ("closed", "letters", "chosen", "open")
EARLIEST_HOUR, LATEST_HOUR = 8, 17
FEWEST_PRACTICES = 5
CONSENT_MONTHS = (0, 12, 24)
"""How long a consent may be agreed to last; 0 is "until it is withdrawn"."""
MOST_TITLES = 255
"""Letters of the titles that a cluster may add to those who consent."""
ENOUGH_PATIENTS = 30_000
_SAME_REMOVAL = timedelta(minutes=5)


@dataclass(frozen=True)
class Agreement:
    """What the coordinator fills in: the cluster's name and the rules its members have agreed on."""

    name: str
    region: str
    attendance_registered: bool = True
    required_share: int = 50
    reminders_from: int = EARLIEST_HOUR
    reminders_to: int = LATEST_HOUR
    preparation_minutes: int = 60
    openness: str = "closed"
    min_practices: int = FEWEST_PRACTICES
    release_share: int = 80
    consent_months: int = 0
    more_titles: str = ""
    """Titles that may consent besides those of `cluster.titles`, with commas between."""


async def rules_of(state: Reading, cluster_id: int) -> Rules:
    """The rules that hold now: the newest version."""
    newest = select(Rules).where(Rules.cluster_id == cluster_id).order_by(Rules.id.desc()).limit(1)
    return (await state.session.execute(newest)).scalar_one()


async def get(state: Reading, cluster_id: int) -> Cluster:
    """A cluster by id, or a kind refusal; it is never deleted."""
    found = await state.session.get(Cluster, cluster_id)
    if found is None:
        raise ClusterError("cluster.unknown")
    return found


async def begin(uow: UnitOfWork, *, team_id: str, channel_id: str, inviter: Person | None, now: datetime) -> Cluster:
    """The bot came into a channel. A second invitation finds the cluster as it is."""
    cluster = await cluster_of_channel(uow, team_id, channel_id)
    if cluster is None:
        cluster = Cluster(team_id=team_id, channel_id=channel_id, created_at=now)
        uow.session.add(cluster)
        await uow.session.flush()
        uow.session.add(Rules(cluster_id=cluster.id, decided_at=now))
        await uow.session.flush()
        audit.note(uow, "cluster.begun", f"cluster:{cluster.id}", now=now, cluster_id=cluster.id)
    if await members.coordinators(uow, cluster.id):
        return cluster
    if inviter is None or inviter.gone or inviter.outsider or inviter.guest:
        await call_for_coordinator(uow, cluster, now=now)
    else:
        await lead(uow, cluster, inviter, now=now)
    return cluster


async def call_for_coordinator(uow: UnitOfWork, cluster: Cluster, *, now: datetime) -> None:
    """Ask in the channel who coordinates; anybody there may take it on while nobody does."""
    asked = f"claim:{cluster.id}:{now:%Y%m%d}"
    await notices.owe(
        uow,
        "setup.claim",
        key=asked,
        now=now,
        channel_id=cluster.channel_id,
        cluster_id=cluster.id,
        subject=f"cluster:{cluster.id}",
    )


async def lead(uow: UnitOfWork, cluster: Cluster, person: Person, *, now: datetime) -> Member:
    """Make a person the cluster's coordinator, when it has none, and greet them. Once it has members, one of them."""
    if await members.coordinators(uow, cluster.id):
        raise ClusterError("setup.has_coordinator")
    if person.outsider:
        raise ClusterError("setup.not_here")
    if person.guest:
        raise ClusterError("setup.no_guest")
    member = await members.by_slack(uow, cluster.id, person.account) or await members.by_email(
        uow, cluster.id, person.email
    )
    if (member is None or not member.active) and await members.of_cluster(uow, cluster.id):
        raise ClusterError("setup.members_only")
    if member is None:
        member = Member(cluster_id=cluster.id, name=person.name, email=members.as_email(person.email))
        uow.session.add(member)
    member.slack_user_id, member.organisation = person.user_id, person.organisation
    member.role, member.active = "coordinator", True
    await uow.session.flush()
    await handover.receive(uow, member, now=now)
    subject = f"cluster:{cluster.id}"
    audit.note(uow, "coordinator.taken", subject, now=now, actor_id=member.id, cluster_id=cluster.id)
    await notices.owe(
        uow,
        "setup.greeting",
        key=f"greet:{cluster.id}:{member.id}",
        now=now,
        member_id=member.id,
        cluster_id=cluster.id,
        subject=subject,
    )
    await notices.renew_home(uow, [member.id], now=now)
    return member


async def removed(uow: UnitOfWork, cluster: Cluster, *, now: datetime) -> None:
    """The bot was taken out of the channel: the coordinators are told once, whatever number of events say so."""
    subject = f"cluster:{cluster.id}"
    told = select(Outbox.id).where(
        Outbox.kind == "setup.removed", Outbox.subject == subject, Outbox.created_at > now - _SAME_REMOVAL
    )
    if (await uow.session.execute(told.limit(1))).first():
        return
    leaders = await members.coordinators(uow, cluster.id)
    key = f"removed:{cluster.id}:{now:%Y%m%d%H%M%S}"
    await notices.owe_each(uow, "setup.removed", leaders, key=key, now=now, cluster_id=cluster.id, subject=subject)
    audit.note(uow, "cluster.removed_from_channel", subject, now=now, cluster_id=cluster.id)


def flaws(agreement: Agreement) -> list[ClusterError]:
    """Everything in an agreement that cannot stand, each with the field it belongs to."""
    found = []
    if not agreement.name.strip():
        found.append(ClusterError("setup.name_missing", field="name"))
    if agreement.region not in REGIONS:
        found.append(ClusterError("setup.region_unknown", field="region"))
    for field in ("required_share", "release_share"):
        if not 0 <= getattr(agreement, field) <= 100:
            found.append(ClusterError("setup.share_outside", field=field))
    if not EARLIEST_HOUR <= agreement.reminders_from < LATEST_HOUR:
        found.append(ClusterError("setup.hours_outside", field="reminders_from"))
    if not agreement.reminders_from < agreement.reminders_to <= LATEST_HOUR:
        found.append(ClusterError("setup.hours_backwards", field="reminders_to"))
    if not 0 <= agreement.preparation_minutes <= 600:
        found.append(ClusterError("setup.preparation_outside", field="preparation_minutes"))
    if agreement.openness not in OPENNESS:
        found.append(ClusterError("setup.openness_unknown", field="openness"))
    if agreement.consent_months not in CONSENT_MONTHS:
        found.append(ClusterError("setup.consent_unknown", field="consent_months"))
    if len(agreement.more_titles) > MOST_TITLES:
        found.append(ClusterError("setup.titles_too_long", field="more_titles", most=MOST_TITLES))
    if agreement.min_practices < FEWEST_PRACTICES:
        found.append(ClusterError("setup.too_few_practices", field="min_practices", least=FEWEST_PRACTICES))
    return found


async def agree(
    uow: UnitOfWork, cluster_id: int, agreement: Agreement, *, now: datetime, actor_id: int
) -> tuple[bool, bool]:
    """Keep what was agreed; a changed rule makes a new version. Answers (is it the first time, did anything change)."""
    if wrong := flaws(agreement):
        raise wrong[0]
    cluster, current = await get(uow, cluster_id), await rules_of(uow, cluster_id)
    first = cluster.set_up_at is None
    changed = (cluster.name, cluster.region) != (agreement.name.strip(), agreement.region)
    cluster.name, cluster.region = agreement.name.strip(), agreement.region
    cluster.set_up_at = cluster.set_up_at or now
    wanted = {name: value for name, value in asdict(agreement).items() if name not in {"name", "region"}}
    different = [name for name, value in wanted.items() if getattr(current, name) != value]
    if different or first:
        uow.session.add(Rules(cluster_id=cluster_id, decided_at=now, decided_by=actor_id, **wanted))
    if changed or different or first:
        subject = f"cluster:{cluster_id}"
        details = dict.fromkeys(different, True)
        audit.note(uow, "rules.agreed", subject, now=now, actor_id=actor_id, cluster_id=cluster_id, **details)
        everyone = [member.id for member in await members.of_cluster(uow, cluster_id) if member.slack_user_id]
        await notices.renew_home(uow, everyone, now=now)
    return first, bool(changed or different or first)


def as_agreed(cluster: Cluster, rules: Rules) -> Agreement:
    """The agreement that holds now, to be shown and changed."""
    kept = {field.name: getattr(rules, field.name) for field in fields(Agreement) if hasattr(rules, field.name)}
    return Agreement(name=cluster.name, region=cluster.region, **kept)
