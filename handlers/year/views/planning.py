"""The form of the year, and the days that are suggested before they are kept as drafts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from cluster.year.school_holidays import municipalities
from handlers import blocks as b
from handlers.message import Block
from handlers.year.ids import View
from locales import N_, Texts

WEEKDAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"))
MOST_NOTED = 1500
"""Letters of the days on which others meet."""


def year_form(
    years: Sequence[int],
    year: int,
    many: int,
    weekday: int,
    hours: tuple[time, time],
    chosen: Sequence[str],
    noted: str,
    t: Texts,
    *,
    metadata: str,
    is_seen: bool = False,
) -> dict[str, Any]:
    """How many meetings, when, and what is to be avoided."""
    days = [(str(n), t(name)) for n, name in enumerate(WEEKDAYS)]
    schools = b.multi_select("municipalities", [(each, each) for each in municipalities()], chosen=chosen)
    others = b.text_field("noted", initial=noted[:MOST_NOTED], multiline=True, limit=MOST_NOTED, hint="12/3 PLO-K")
    blocks: list[Block] = [
        b.entry(t("Year"), b.select("year", [(str(each), str(each)) for each in years[:5]], chosen=str(year))),
        b.entry(
            t("How many meetings have you agreed in a year?"),
            b.select("many", [(str(n), str(n)) for n in (2, 3, 4)], chosen=str(many)),
            help_text=t("I warn before it is passed."),
        ),
        b.entry(t("Weekday"), b.select("weekday", days, chosen=str(weekday))),
        b.entry(t("From"), b.time_field("start", initial=hours[0])),
        b.entry(t("To"), b.time_field("end", initial=hours[1])),
        b.entry(
            t("Whose school holidays?"),
            schools,
            help_text=t("Those whose plan I have read. For all others weeks 7 and 42 and July are a guess."),
            optional=True,
        ),
        b.entry(
            t("When do others meet?"),
            others,
            help_text=t("PLO-K, neighbouring clusters: a line each, the day first."),
            optional=True,
        ),
    ]
    label = t("Keep as drafts") if is_seen else t("Suggest days")
    return b.form(View.YEAR_FORM, t("Plan the year"), label, t("Cancel"), blocks, metadata)


def suggested(days: Sequence[tuple[date, Sequence[str]]], held: int, t: Texts) -> list[Block]:
    """The top of the form when it is shown again: the days, and what is in the way of each all the same."""
    lines = [t("I suggest:") if days else t("No more meetings are missing in that year.")]
    for day, obstacles in days:
        week = day.isocalendar().week
        lines.append("• " + t("{day} (week {week}, {year})", day=t.day(day), week=week, year=str(day.year)))
        lines += [f"   ⚠ {each}" for each in obstacles[:5]]
    said = t("They are kept as drafts. Nobody hears of them before you send each; there you move or delete it too.")
    if held:
        said += " " + t.n("{n} stands in that year already.", "{n} stand in that year already.", held)
    return [b.section("\n".join(lines)), b.context(said), b.divider()]
