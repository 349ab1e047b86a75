"""What a cluster has had, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cluster.clock import local
from cluster.topics.history import Had
from handlers import blocks as b
from handlers.fitting import cut
from handlers.message import Block
from handlers.topics.ids import View
from locales import Texts
from measures.packages.package import text

SHOWN = 45
LONGEST = 300
"""Letters of an agreement that are shown."""
FEW_MONTHS = 24


def window(past: Sequence[Had], t: Texts, now: datetime) -> dict[str, Any]:
    """All of it, the newest first."""
    blocks: list[Block] = [b.section(line(each, t, now)) for each in past[:SHOWN]]
    if not blocks:
        blocks = [b.section(t("Nothing yet: here stands what you measured, when, how many came, and what you agreed."))]
    if (rest := len(past) - SHOWN) > 0:
        blocks.append(b.context(t.n("… and {n} more before that", "… and {n} more before that", rest)))
    return b.window(View.TOPICS_HAD, t("What we have had"), t("Close"), blocks)


def line(had: Had, t: Texts, now: datetime) -> str:
    """One of them with everything that is known."""
    return "\n".join(filter(None, [f"*{name(had, t)}* – {t.date(local(had.at).date())}", _what(had, t, now)]))


def name(had: Had, t: Texts) -> str:
    """What people know it by: the package's title up to its colon, or the meeting's."""
    measured = text(had.package.title, t.lang).partition(":")[0] if had.package else ""
    if had.title and measured and had.title.casefold() != measured.casefold():
        return b.escape(f"{had.title} ({measured})")
    return b.escape(had.title or measured)


def _what(had: Had, t: Texts, now: datetime) -> str:
    said = []
    if had.is_running:
        said.append(t("the numbers are being collected"))
    elif had.package is not None:
        said.append(t.n("{n} practice gave numbers", "{n} practices gave numbers", had.practices))
    if had.came is not None:
        said.append(t.n("{n} came", "{n} came", had.came))
    if had.agreed:
        said.append(t("agreed: “{words}”", words=b.escape(cut(had.agreed, LONGEST))))
    elif had.package is not None and not had.is_running and had.at < now:
        said.append(t("nothing is noted as agreed"))
    return " · ".join(said)


def how_long_ago(had: Had, t: Texts, now: datetime) -> str:
    """ "14 months ago", "3 years ago"."""
    then, today = local(had.at).date(), local(now).date()
    months = 12 * (today.year - then.year) + today.month - then.month - (today.day < then.day)
    if months < 1:
        return t("less than a month ago")
    if months <= FEW_MONTHS:
        return t.n("{n} month ago", "{n} months ago", months)
    return t.n("{n} year ago", "{n} years ago", months // 12)


def briefly(had: Had, t: Texts, now: datetime) -> str:
    """Beside a suggestion."""
    return t("You had this {ago}.", ago=how_long_ago(had, t, now))


def repeats(had: Had, t: Texts, now: datetime) -> list[Block]:
    """Above a form, before the same is begun once more."""
    said = t("You had *{topic}* {ago}.", topic=name(had, t), ago=how_long_ago(had, t, now))
    if what := _what(had, t, now):
        said += f" {what[:1].upper()}{what[1:]}."
    return [b.section(f"⚠️ {said}"), b.context(t("If you want it once more, just go on: press the button below."))]
