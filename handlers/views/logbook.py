"""The cluster's log in sentences: a window with the newest lines, and the whole of it as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cluster.clock import local
from cluster.logbook import Entry
from cluster.packages import package_of
from handlers.ids import Action, View
from handlers.views import blocks as b
from locales import N_, Texts
from measures.package import text
from measures.sheets import Sheet
from storage.models import Meeting, Round

SENTENCES = {
    "agreement.changed": N_("{who} changed the agreement about {subject}"),
    "agreement.dropped": N_("{who} dropped the agreement about {subject}"),
    "agreement.noted": N_("{who} wrote down what was agreed about {subject}"),
    "attendance.corrected": N_("{who} corrected the attendance of {subject}"),
    "attendance.exported": N_("{who} got the year's participant lists as a spreadsheet"),
    "attendance.recorded": N_("{who} recorded the attendance of {subject}"),
    "bundle.saved": N_("{who} saved a file with the numbers of all practices about {subject}"),
    "cluster.begun": N_("Klyngebot was invited to the channel"),
    "cluster.removed_from_channel": N_("Klyngebot was removed from the channel"),
    "comparison.recalled": N_("{who} called back a comparison about {subject}, because a number in it was wrong"),
    "comparison.redrawn": N_("A comparison about {subject} that was called back was drawn anew"),
    "consent.ended": N_("The consent of {subject} came to its end"),
    "consent.given": N_("{who} gave the consent of {subject}"),
    "consent.prolonged": N_("{who} renewed the consent of {subject}"),
    "consent.withdrawn": N_("{who} withdrew the consent of {subject}"),
    "coordinator.taken": N_("{who} became coordinator"),
    "data.accepted": N_("{who} gave numbers for {subject}"),
    "data.none": N_("{who} said that {subject} has no numbers this time"),
    "data.passed_on": N_("{who} let another in {subject} be asked for numbers"),
    "data.withdrawn": N_("{who} took back the numbers of {subject}"),
    "deck.made": N_("{who} got the deck about {subject}"),
    "deck.handouts": N_("{who} sent each practice its page about {subject}"),
    "extract.ordered": N_("{who} ordered the numbers about {subject} for all practices"),
    "heading.forgotten": N_("{who} let me forget the headings I had learned for {subject}"),
    "letter.retried": N_("{who} tried an undelivered message again"),
    "log.exported": N_("{who} got the cluster's log as a spreadsheet"),
    "meeting.answered": N_("{who} answered {subject} for somebody else"),
    "meeting.cancelled": N_("{who} cancelled {subject}"),
    "meeting.changed": N_("{who} changed {subject}"),
    "meeting.forgotten": N_("The list of who came to {subject} was deleted"),
    "meeting.moved": N_("{who} moved {subject}"),
    "meeting.planned": N_("{who} planned {subject}"),
    "member.added": N_("{who} added a person to the list of members"),
    "member.confirmed": N_("{who} confirmed practice and language"),
    "member.forgotten": N_("A member's personal data were deleted"),
    "member.left_slack": N_("{subject} is no longer in Slack"),
    "member.mended": N_("{who} put right what the list of members says of {subject}"),
    "member.role": N_("{who} changed the role of {subject}"),
    "member.title": N_("{who} said what they are in the practice"),
    "member.wrong_practice": N_("{who} said that the practice on the list is wrong"),
    "objection.raised": N_("{who} wrote that the numbers of {subject} are wrong"),
    "openness.letters": N_("Letters were drawn for the charts about {subject}"),
    "openness.set": N_("{who} changed the openness about {subject}"),
    "outsider.admitted": N_("{who} let the account of another organisation in as {subject}"),
    "outsider.asked": N_("An account of another organisation wanted to be {subject}"),
    "outsider.refused": N_("{who} did not let the account of another organisation in as {subject}"),
    "package.retired": N_("{who} took out a package of the cluster's own"),
    "package.saved": N_("{who} saved a package of the cluster's own"),
    "place.changed": N_("{who} moved {subject} to another practice in the list of members"),
    "place.denied": N_("{who} said that {subject} does not work in the practice"),
    "place.vouched": N_("{who} confirmed that {subject} works in the practice"),
    "plan.paused": N_("{who} paused the week's reminders"),
    "plan.stopped": N_("{who} stopped a planned message"),
    "practice.changed": N_("{who} changed what is known about {subject}"),
    "roster.applied": N_("{who} saved a list of members"),
    "roster.dropped": N_("{who} dropped a list of members"),
    "round.cancelled": N_("{who} called off the collection of numbers about {subject}"),
    "round.closed": N_("{who} closed the collection of numbers about {subject}"),
    "round.forgotten": N_("The numbers about {subject} were deleted"),
    "round.held": N_("The charts about {subject} wait while some numbers are looked at"),
    "round.opened": N_("{who} asked for numbers about {subject}"),
    "round.released": N_("{who} sent the charts about {subject}"),
    "round.renewed": N_("The charts about {subject} were renewed"),
    "rules.agreed": N_("{who} saved what the cluster agreed"),
}
WITHHELD = frozenset(
    {
        "data.personal",
        "leave_out.given",
        "leave_out.refused",
        "letter.dropped",
        "member.exported",
        "name.given",
        "name.taken_back",
    }
)
"""Noted for a data protection officer or whoever runs the bot, and not a matter between colleagues."""
LINES = 20
"""In one block: far below the 3,000 characters that Slack takes."""
NOBODY = N_("Klyngebot")
GONE = N_("something that is deleted")


def sentence(entry: Entry, t: Texts) -> str:
    """One line in words, unescaped."""
    who = entry.who.name if entry.who is not None else t(NOBODY)
    return t(SENTENCES[entry.what], who=who, subject=_subject(entry, t))


def log_window(entries: Sequence[Entry], t: Texts, *, shown: int) -> dict[str, Any]:
    """The newest lines by day, and a button for all of them."""
    blocks = []
    days: dict[str, list[str]] = {}
    for entry in entries[:shown]:
        line = f"{t.time(entry.at)} · {b.escape(sentence(entry, t))}"
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


def log_sheet(entries: Sequence[Entry], t: Texts) -> Sheet:
    """Everything as rows: when, who, what."""
    rows: list[list[str | int]] = [
        [f"{local(entry.at):%d-%m-%Y %H:%M}", entry.who.name if entry.who else t(NOBODY), sentence(entry, t)]
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
    return thing.name
