"""The cluster's log in sentences: a window with the newest lines, and the whole of it as a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cluster.clock import local
from cluster.overview.logbook import Entry
from cluster.packages.lookup import package_of
from handlers import blocks as b
from handlers.overview.ids import Action, View
from locales import N_, Texts
from measures.packages.package import text
from measures.sheets.sheets import Sheet
from storage.models import Meeting, Poll, Round

Log = Mapping[str, str]
"""The sentence for each line of the log, in English: what the features say."""
LINES = 20
"""In one block: far below the 3,000 characters that Slack takes."""
NOBODY = N_("Klyngebot")
GONE = N_("something that has been deleted")


def sentence(entry: Entry, log: Log, t: Texts) -> str:
    """One line in words, unescaped."""
    who = entry.who.name if entry.who is not None else t(NOBODY)
    return t(log[entry.what], who=who, subject=_subject(entry, t))


def log_window(entries: Sequence[Entry], log: Log, t: Texts, *, shown: int) -> dict[str, Any]:
    """The newest lines by day, and a button for all of them."""
    blocks = []
    days: dict[str, list[str]] = {}
    for entry in entries[:shown]:
        line = f"{t.time(entry.at)} · {b.escape(sentence(entry, log, t))}"
        days.setdefault(t.date(local(entry.at).date()), []).append(line)
    for day, lines in days.items():
        said = [f"*{day}*", *lines]
        blocks += [b.section("\n".join(said[at : at + LINES])) for at in range(0, len(said), LINES)]
    if not blocks:
        blocks.append(b.section(t("Nothing is in the log yet.")))
    else:
        blocks.append(b.actions(b.button(t("Send me the whole log"), Action.LOG_EXPORT)))
    blocks.append(b.context(t("The log holds no numbers, and never who sent something by mistake.")))
    return b.window(View.LOG_WINDOW, t("The cluster's log"), t("Close"), blocks)


def log_sheet(entries: Sequence[Entry], log: Log, t: Texts) -> Sheet:
    """Everything as rows: when, who, what."""
    rows: list[list[str | int]] = [
        [f"{local(entry.at):%d-%m-%Y %H:%M}", entry.who.name if entry.who else t(NOBODY), sentence(entry, log, t)]
        for entry in entries
    ]
    return Sheet(t("Log"), [t("When"), t("Who"), t("What")], rows, [18, 28, 80])


def _subject(entry: Entry, t: Texts) -> str:
    thing = entry.about
    if thing is None:
        return t(GONE)
    if isinstance(thing, Meeting):
        return f"{thing.title} ({t.date(local(thing.starts_at).date())})"
    if isinstance(thing, Round):
        return text(package_of(thing).title, t.lang)
    return thing.title if isinstance(thing, Poll) else thing.name
