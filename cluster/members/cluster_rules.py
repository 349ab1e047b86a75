"""What the members of a cluster have agreed, and the rules that hold now."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import select

from cluster import audit, notices, quiet
from cluster.calendar import Hours
from cluster.errors import ClusterError
from cluster.members import members
from cluster.subjects import CLUSTER
from measures.disclosure.privacy import Openness
from storage.models import Cluster, Rules
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Grade

REGIONS = (
    "Region Hovedstaden",
    "Region Midtjylland",
    "Region Nordjylland",
    "Region Sjælland",
    "Region Syddanmark",
    "Region Østdanmark",
)
OPENNESS = tuple(Openness)
EARLIEST_HOUR, LATEST_HOUR = 8, 17
FEWEST_PRACTICES = 5
CONSENT_MONTHS = (0, 12, 24)
"""How long a consent may be agreed to last; 0 is "until it is withdrawn"."""
EVALUATIONS = ("", *Grade)
"""Whether each meeting is evaluated by itself, and in which grade."""
MOST_TITLES = 255
"""Letters of the titles that a cluster may add to those who consent."""
ENOUGH_PATIENTS = 30_000


@dataclass(frozen=True)
class AgreedRules:
    """What the coordinator fills in: the cluster's name and the rules its members have agreed on."""

    name: str
    region: str
    attendance_registered: bool = True
    required_share: int = 50
    excused_counts: bool = True
    """Whether a meeting that a member declined counts in the share all the same."""
    reminders_from: int = EARLIEST_HOUR
    reminders_to: int = LATEST_HOUR
    preparation_minutes: int = 60
    openness: str = Openness.CLOSED
    min_practices: int = FEWEST_PRACTICES
    release_share: int = 80
    consent_months: int = 0
    quiet: str = ""
    """When nobody is reminded, as `cluster.quiet` writes it."""
    more_titles: str = ""
    """Titles that may consent besides those of `cluster.members.titles`, with commas between."""
    evaluation: str = ""
    """The grade in which each meeting is evaluated by itself; empty: none is."""


async def rules_of(state: Reading, cluster_id: int) -> Rules:
    """The rules that hold now: the newest version."""
    newest = select(Rules).where(Rules.cluster_id == cluster_id).order_by(Rules.id.desc()).limit(1)
    return (await state.session.execute(newest)).scalar_one()


def hours_in(rules: Rules) -> Hours:
    """The hours in which the cluster lets itself be disturbed."""
    return Hours(rules.reminders_from, rules.reminders_to)


async def hours_of(state: Reading, cluster_id: int) -> Hours:
    """The same, of the rules that hold now."""
    return hours_in(await rules_of(state, cluster_id))


def reminder_hours_in(rules: Rules) -> Hours:
    """The hours for reminders, which heed the cluster's quiet weeks too."""
    return hours_in(rules)._replace(quiet=quiet.read(rules.quiet))


async def reminder_hours_of(state: Reading, cluster_id: int) -> Hours:
    """The same, of the rules that hold now."""
    return reminder_hours_in(await rules_of(state, cluster_id))


async def get(state: Reading, cluster_id: int) -> Cluster:
    """A cluster by id, or a friendly refusal; it is never deleted."""
    found = await state.session.get(Cluster, cluster_id)
    if found is None:
        raise ClusterError("cluster.unknown")
    return found


def flaws(agreement: AgreedRules) -> list[ClusterError]:
    """Everything in an agreement that cannot be right, each with the field it belongs to."""
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
    if agreement.evaluation not in EVALUATIONS:
        found.append(ClusterError("setup.evaluation_unknown", field="evaluation"))
    if len(agreement.more_titles) > MOST_TITLES:
        found.append(ClusterError("setup.titles_too_long", field="more_titles", most=MOST_TITLES))
    found += _flaws_of_quiet(agreement.quiet)
    if agreement.min_practices < FEWEST_PRACTICES:
        found.append(ClusterError("setup.too_few_practices", field="min_practices", least=FEWEST_PRACTICES))
    return found


def _flaws_of_quiet(words: str) -> list[ClusterError]:
    try:
        times = quiet.read(words)
    except ValueError as unread:
        return [ClusterError("setup.quiet_unreadable", field="quiet", words=str(unread))]
    if quiet.days_of(times) > quiet.MOST_DAYS or len(words) > MOST_TITLES:
        return [ClusterError("setup.quiet_too_long", field="quiet", most=quiet.MOST_DAYS)]
    return []


async def agree(
    uow: UnitOfWork, cluster_id: int, agreement: AgreedRules, *, now: datetime, actor_id: int
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
        subject = CLUSTER.about(cluster_id)
        details = dict.fromkeys(different, True)
        audit.note(uow, "rules.agreed", subject, now=now, actor_id=actor_id, cluster_id=cluster_id, **details)
        everyone = [member.id for member in await members.of_cluster(uow, cluster_id) if member.slack_user_id]
        await notices.renew_home(uow, everyone, now=now)
    return first, bool(changed or different or first)


def as_agreed(cluster: Cluster, rules: Rules) -> AgreedRules:
    """The agreement that holds now, to be shown and changed."""
    kept = {field.name: getattr(rules, field.name) for field in fields(AgreedRules) if hasattr(rules, field.name)}
    return AgreedRules(name=cluster.name, region=cluster.region, **kept)
