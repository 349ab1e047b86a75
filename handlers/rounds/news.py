"""What coordinators hear about a round: asked, missing, ready, closed. Rendered from how things stand then."""

from __future__ import annotations

from datetime import timedelta

from cluster.clock import local
from cluster.members import consent, practices
from cluster.members.cluster_rules import rules_of
from cluster.packages.lookup import package_of
from cluster.rounds import reminders, rounds, standing
from cluster.rounds.room import Kinds
from handlers.blocks import escape, section
from handlers.feature import Feature, Notice, Rendering
from handlers.message import Message
from handlers.rounds.lookups import period_of
from handlers.rounds.views.asks import title
from handlers.rounds.views.rounds import HELD, lead_buttons
from handlers.rounds.views.status import stays_line
from locales import N_, Texts
from measures.packages.confirm import to_confirm
from storage.models import Round
from storage.words import RoundState


async def opened(r: Rendering) -> Message:
    """To the coordinator: who was asked, and what happens now."""
    round_ = await _round(r)
    asked = await standing.of_round(r.state, round_.id)
    rules = await rules_of(r.state, round_.cluster_id)
    when = reminders.moments(round_, rules)
    said = r.t.n(
        "I have asked {n} practice for numbers on {title} from {period}.",
        "I have asked {n} practices for numbers on {title} from {period}.",
        len(asked),
        title=_title(round_, r.t),
        period=period_of(round_, r.t),
    )
    week = local(round_.deadline).isocalendar().week
    then = r.t("The deadline is {deadline} (week {week}).", deadline=r.t.moment(round_.deadline), week=week)
    if when:
        days = r.t.listing([r.t.day(local(moment).date()) for moment in when])
        then += " " + r.t("On {days} I will remind those who have not answered, and nobody else.", days=days)
    how = r.t("Write /klynge status whenever you want to see how it goes.")
    notes = [*await _cautions(r, round_), *to_confirm(package_of(round_), r.t)]
    return Message("\n".join([f"{said} {then} {how}", *(f"⚠️ {escape(line)}" for line in notes)]))


async def _cautions(r: Rendering, round_: Round) -> list[str]:
    """What the package's source and topic ask of the coordinator."""
    package, t = package_of(round_), r.t
    notes = []
    if package.needs_consent:
        willing = await consent.holders(r.state, round_.cluster_id)
        lacking = [
            each.name for each in await practices.of_cluster(r.state, round_.cluster_id) if each.id not in willing
        ]
        if lacking:
            names = t.listing(lacking)
            notes.append(
                t("The source releases numbers only when every practice has said yes. Missing: {names}.", names=names)
            )
    if package.lead_time_days and round_.deadline < round_.created_at + timedelta(days=package.lead_time_days):
        notes.append(
            t.n(
                "The source usually needs {n} day to deliver, and the deadline is sooner.",
                "The source usually needs {n} days to deliver, and the deadline is sooner.",
                package.lead_time_days,
            )
        )
    if package.sensitivity == "high":
        notes.append(t("The topic is sensitive. Agree first on how you will talk about the charts."))
    return notes


async def reminded(r: Rendering) -> Message:
    """To the coordinator who pressed "Remind those missing"."""
    asked = int(r.owed.params["reminded"])
    if not asked:
        return Message(
            r.t("Everybody who has not answered has already been reminded today, so I will leave them in peace.")
        )
    return Message(
        r.t.n(
            "{n} practice will be reminded, on the next workday morning at the latest.",
            "{n} practices will be reminded, on the next workday morning at the latest.",
            asked,
        )
    )


async def digest(r: Rendering) -> Message | None:
    """To the coordinator, after the last reminder: who still owes."""
    round_ = await _round(r)
    if round_.state != RoundState.OPEN or round_.deadline <= r.tools.clock.now():
        return None
    missing = [each for each in await standing.of_round(r.state, round_.id) if not each.answered]
    if not missing:
        return None
    said = r.t.n(
        "{n} practice has not answered about {title} yet, and I have reminded for the last time. Deadline: {deadline}.",
        "{n} practices have not answered about {title} yet, and I have reminded for the last time. "
        "Deadline: {deadline}.",
        len(missing),
        title=_title(round_, r.t),
        deadline=r.t.moment(round_.deadline),
    )
    return _told(r, round_, said, missing)


async def undecided(r: Rendering) -> Message | None:
    """To the coordinator: the deadline is here, and the rule for charts by themselves is not met."""
    round_ = await _round(r)
    if round_.state != RoundState.OPEN:
        return None
    all_ = await standing.of_round(r.state, round_.id)
    counts = standing.tally(all_)
    said = r.t(
        "The deadline for {title} has passed: {answered} of {total} practices have answered. That is fewer than you "
        "agreed on, so the charts have not been sent. It is up to you whether to send them now. Late numbers are still "
        "accepted.",
        title=_title(round_, r.t),
        answered=counts.answered,
        total=counts.total,
    )
    return _told(r, round_, said, [each for each in all_ if not each.answered])


async def ready(r: Rendering) -> Message | None:
    """To the coordinator: enough have answered for the charts."""
    round_ = await _round(r)
    if round_.state != RoundState.OPEN:
        return None
    counts = standing.tally(await standing.of_round(r.state, round_.id))
    said = r.t(
        "{answered} of {total} practices have now answered about {title}. You can send the charts.",
        answered=counts.answered,
        total=counts.total,
        title=_title(round_, r.t),
    )
    return _told(r, round_, said, [])


async def closed(r: Rendering) -> Message:
    """To the coordinator: the round takes no more numbers."""
    round_ = await _round(r)
    said = r.t("The round on {title} is closed and accepts no more numbers.", title=_title(round_, r.t))
    if r.owed.params.get("renewed"):
        said += " " + r.t("The charts were updated one last time with the late numbers.")
    elif stays := stays_line(package_of(round_), r.t) if round_.released_at is not None else "":
        said += " " + stays
    return Message(said)


async def cancelled(r: Rendering) -> Message:
    """To the coordinator: the round is called off."""
    round_ = await _round(r)
    return Message(r.t("The round on {title} is called off. Nobody is reminded any more.", title=_title(round_, r.t)))


def _told(r: Rendering, round_: Round, said: str, missing: list[standing.Standing]) -> Message:
    names = ", ".join(f"{escape(each.practice)} ({escape(each.member)})" for each in missing)
    blocks = [section(said)]
    if names:
        blocks.append(section(r.t("*Missing:* {names}", names=names)))
    if round_.state in rounds.TAKING:
        blocks.append(
            lead_buttons(round_.id, r.t, missing=bool(missing), state=HELD if round_.held_until else round_.state)
        )
    missed = r.t("Missing: {names}", names=names)
    return Message(f"{said} {missed}" if names else said, blocks)


async def _round(r: Rendering) -> Round:
    return await rounds.get(r.state, r.number)


def _title(round_: Round, t: Texts) -> str:
    return title(package_of(round_), t)


feature = Feature(
    notices={
        Kinds.ROUND_OPENED: Notice(opened),
        Kinds.ROUND_REMINDED: Notice(reminded),
        Kinds.ROUND_DIGEST: Notice(digest, ahead=N_("List of missing numbers to the coordinator")),
        Kinds.ROUND_UNDECIDED: Notice(undecided),
        Kinds.ROUND_READY: Notice(ready),
        Kinds.ROUND_CLOSED: Notice(closed),
        Kinds.ROUND_CANCELLED: Notice(cancelled),
    }
)
