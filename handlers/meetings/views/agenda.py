"""The points of an agenda by the clock, as everything that shows an agenda says them."""

from __future__ import annotations

from collections.abc import Sequence

from cluster.agendas.agendas import AgendaEntry
from handlers.blocks import escape
from handlers.fitting import paragraphs
from locales import N_, Texts
from storage.models import AgendaItem

POINT_NAMES = {
    "accounts": N_("Accounts"),
    "agreed_last": N_("What we agreed last: how is it going?"),
    "agreements": N_("Together: what do we agree, and how was the meeting?"),
    "any_other": N_("Any other business"),
    "break": N_("Break"),
    "budget": N_("Budget"),
    "chair": N_("Election of a chair for the meeting"),
    "elections": N_("Elections"),
    "food": N_("We eat together"),
    "groups": N_("Groups: what do we see, and why?"),
    "groups_change": N_("Groups: what will we change?"),
    "groups_home": N_("Groups: what do we take home?"),
    "groups_own": N_("Groups by practice: what do we do, and who does it?"),
    "groups_worked": N_("Groups: what worked, and what did not?"),
    "motions": N_("Motions"),
    "numbers": N_("The cluster's numbers together"),
    "report": N_("The board's report"),
    "round_table": N_("Once round the table: how is it going?"),
    "round_up": N_("Short round-up"),
    "shown_round": N_("We are shown round"),
    "talk": N_("Talk"),
    "topic": N_("Today's topic"),
    "welcome": N_("Welcome and apologies"),
    "year_ahead": N_("The coming year: topics and dates"),
}


def name_of(point: AgendaEntry | AgendaItem, t: Texts) -> str:
    """What a point is called: as somebody wrote it, else by its standard name. As typed, not escaped."""
    return point.title or t(POINT_NAMES.get(point.named, POINT_NAMES["topic"]))


def line(entry: AgendaEntry, t: Texts) -> str:
    """``16.35 Klyngens tal i plenum (20 min.) – Karen Holm`` in mrkdwn."""
    speaker = f" – {escape(entry.speaker)}" if entry.speaker else ""
    long = t("{n} min.", n=t.number(entry.minutes))
    return f"*{t.time(entry.starts_at)}* {escape(name_of(entry, t))} ({long}){speaker}"


def agenda_sections(entries: Sequence[AgendaEntry], t: Texts) -> list[str]:
    """The whole agenda under its heading, as paragraphs that Slack takes; nothing without points."""
    if not entries:
        return []
    return paragraphs([t("*Agenda*"), *(line(each, t) for each in entries)])
