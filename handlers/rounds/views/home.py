"""What a person's page says of collecting numbers."""

from __future__ import annotations

from cluster.packages.lookup import package_of
from handlers import blocks as b
from handlers.at_home import AtHome
from handlers.message import Block
from handlers.rounds.views.agreements import agreed_of, home_text
from measures.packages.package import text

NAMES_SHOWN = 15
AGREED_SHOWN = 2


def agreed(at: AtHome) -> list[Block]:
    """What the cluster wants to do differently; the newest two."""
    return [b.section(home_text(agreed_of(each, round_, at.t), at.t)) for each, round_ in at.part.agreed[:AGREED_SHOWN]]


def progress_lines(at: AtHome) -> list[str]:
    """To those who run the cluster: how far each collection is."""
    t, lead = at.t, at.part.lead
    lines: list[str] = []
    for progress in lead.rounds if lead else ():
        line = t(
            "{topic}: {answered} of {total} practices have answered.",
            topic=text(package_of(progress.round).title, t.lang),
            answered=t.number(progress.tally.answered),
            total=t.number(progress.tally.total),
        )
        if progress.missing:
            named = t.listing([b.escape(name) for name in progress.missing[:NAMES_SHOWN]])
            line += " " + t("Missing: {names}.", names=named + ("…" if len(progress.missing) > NAMES_SHOWN else ""))
        lines.append(line)
    return lines
