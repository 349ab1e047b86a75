"""A request for numbers as it is seen before it goes to many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cluster.clock import local
from cluster.meetings.clashes import Clash
from handlers.blocks import context, divider, escape, section
from handlers.message import Block
from handlers.reminders.views.send_time import obstacle
from handlers.rounds.views.asks import Ask, request
from locales import Texts

LINES_SHOWN = 25


@dataclass(frozen=True)
class AskedPractice:
    """A practice, and who is asked for it."""

    practice: str
    person: str


@dataclass(frozen=True)
class RequestPreview:
    """What will happen."""

    asked: Sequence[AskedPractice]
    left_out: int
    """Practices that are not asked."""
    send_at: datetime | None
    """When; None for at once."""
    reminded: Sequence[datetime]
    clashes: Sequence[tuple[bool, Clash]]
    """What is in the way of the deadline (True), or of the day of the asking."""
    away: Sequence[tuple[str, datetime]]
    """Who is asked while on leave with nobody to stand in, and until when."""
    others: Sequence[tuple[str, datetime]]
    """What else is being asked for, and its deadline."""
    example: Ask


def previewed(seen: RequestPreview, t: Texts) -> list[Block]:
    """Warnings first, then whom, when and how it looks."""
    warnings = _warnings(seen, t)
    blocks = [section("\n".join(f"⚠ {each}" for each in warnings))] if warnings else []
    lines = [f"• {escape(each.practice)}: {escape(each.person)}" for each in seen.asked[:LINES_SHOWN]]
    if (more := len(seen.asked) - len(lines)) > 0:
        lines.append(t.n("• and {n} more", "• and {n} more", more))
    blocks += [
        section(_summary(seen, t)),
        section("\n".join(lines)),
        section(t("This is how it looks to {practice}:", practice=f"*{escape(seen.example.practice)}*")),
    ]
    ending = t("Change below what is wrong, or send it as it is.")
    return [*blocks, *request(seen.example, t), divider(), context(ending)]


def _summary(seen: RequestPreview, t: Texts) -> str:
    said = [t.n("*{n} practice is asked.*", "*{n} practices are asked.*", len(seen.asked))]
    if seen.left_out:
        said.append(t.n("{n} is not asked.", "{n} are not asked.", seen.left_out))
    when = t("It is sent on {moment}.", moment=t.moment(seen.send_at)) if seen.send_at else t("It is sent at once.")
    said += [when, t("Nothing is sent yet.")]
    if seen.reminded:
        days = t.listing([t.day(local(moment).date()) for moment in seen.reminded])
        said.append(t("Whoever has not answered is reminded on {days}.", days=days))
    else:
        said.append(t("Nobody is reminded: there is too little time before the deadline."))
    return " ".join(said)


def _warnings(seen: RequestPreview, t: Texts) -> list[str]:
    found = []
    for is_deadline, clash in seen.clashes:
        said = obstacle(clash, t)
        head = t("The deadline: {what}", what=said) if is_deadline else t("The day you ask: {what}", what=said)
        found.append(head)
    for topic, deadline in seen.others:
        found.append(
            t("The practices are already asked for {topic}, until {moment}.", topic=topic, moment=t.moment(deadline))
        )
    for name, until in seen.away:
        day = t.day(local(until).date())
        found.append(t("{name} is on leave until {day}, and nobody stands in.", name=escape(name), day=day))
    return found
