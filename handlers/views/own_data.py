"""What is kept about a person, as a page to read: headings and plain words; the marks of machines stand in the other
file. Every table and every column has its words here, or a house test fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cluster.clock import local
from handlers.views.logbook import SENTENCES
from handlers.views.meeting_words import ANSWERS
from handlers.views.members import role_names
from locales import N_, Texts

HEADINGS = {
    "member": N_("About you"),
    "invitation": N_("Meetings you are invited to, and your answers"),
    "attendance": N_("Meetings where your attendance is recorded"),
    "assignment": N_("Numbers you were asked for on behalf of the practice"),
    "submission": N_("Numbers you sent for the practice"),
    "objection": N_("Numbers you said were wrong"),
    "consent": N_("Consents you gave on behalf of the practice"),
    "erratum": N_("Your answers when I asked whether a wrong number may be left out"),
    "roster_import": N_("Rows about you in a list of members that waits for a yes"),
    "audit": N_("Lines of the log that you caused or that are about you"),
    "inbox": N_("What came in from you"),
    "outbox": N_("Messages from me to you"),
    "outbox (others')": N_("Messages to others that are about you"),
    "card": N_("Where messages that I edit stand in Slack"),
    "agreement (decided_by)": N_("Agreements you wrote down"),
    "attendance (recorded_by)": N_("Attendance you recorded for somebody"),
    "collected (member_id)": N_("Files about all practices that you sent"),
    "heading (confirmed_by)": N_("Headings that you told me what mean"),
    "invitation (answered_by)": N_("Answers you entered for somebody"),
    "meeting (created_by)": N_("Meetings you called"),
    "member (confirmed_by)": N_("People whose practice you confirmed"),
    "member (placed_by)": N_("People whom you put into a practice"),
    "own_package (created_by)": N_("The cluster's own packages that you sent"),
    "practice (contact_id)": N_("Practices you answer for"),
    "practice_alias (confirmed_by)": N_("Names of practices that you told me what mean"),
    "recall (by_id)": N_("Comparisons you called back"),
    "release (created_by)": N_("Charts you sent"),
    "roster_import (member_id)": N_("Lists of members that you sent"),
    "round (created_by)": N_("Collections of numbers you began"),
    "rules (decided_by)": N_("What the cluster agreed, as you wrote it down"),
}
"""By table; of rows that somebody only had a hand in, with the column that says so."""
LABELS = {
    "active": N_("Still a member"),
    "answer": N_("Answer"),
    "answered_at": N_("Answered"),
    "answered_by": N_("Answered by"),
    "at": N_("When"),
    "away_until": N_("On leave until"),
    "body": N_("Contents"),
    "channel_id": N_("Conversation in Slack"),
    "closed_at": N_("Settled"),
    "confirmed_at": N_("Practice confirmed"),
    "confirmed_by": N_("Practice confirmed by"),
    "contact": N_("Answers for the practice"),
    "created_at": N_("Written down"),
    "dm_channel_id": N_("Our conversation in Slack"),
    "done_at": N_("Done"),
    "due_at": N_("To be sent"),
    "email": N_("E-mail"),
    "expires_at": N_("Ends"),
    "given_at": N_("Given"),
    "kind": N_("Kind"),
    "language": N_("Language"),
    "list_size": N_("Patients on the list"),
    "meeting_id": N_("Meeting"),
    "name": N_("Name"),
    "numbers": N_("Numbers"),
    "opened_at": N_("Said"),
    "organisation": N_("Organisation in Slack, if not ours"),
    "outsider": N_("Account of another organisation that was asked about"),
    "outsider_answer": N_("What was said of that account"),
    "params": N_("Particulars"),
    "person": N_("Account in Slack"),
    "place": N_("Why the practice is not confirmed"),
    "placed_by": N_("Put into the practice by"),
    "practice": N_("Practice's name"),
    "practice_id": N_("Practice"),
    "present": N_("Was there"),
    "questions": N_("What I asked about the numbers"),
    "reason": N_("Reason"),
    "recall_id": N_("Comparison that was called back"),
    "received_at": N_("Received"),
    "recorded_at": N_("Recorded"),
    "recorded_by": N_("Recorded by"),
    "role": N_("Role in the cluster"),
    "round_id": N_("Collection of numbers"),
    "sent_channel": N_("Sent in the conversation"),
    "settled_at": N_("Decided"),
    "slack_user_id": N_("Your account in Slack"),
    "snoozed_until": N_("To be asked again"),
    "source": N_("How it came"),
    "sources": N_("Where the numbers stood"),
    "state": N_("How it stands"),
    "submission_id": N_("Which numbers"),
    "system": N_("Medical record system"),
    "text": N_("What you wrote"),
    "title": N_("Job title"),
    "version": N_("Version"),
    "what": N_("What happened"),
    "withdrawn_at": N_("Withdrawn"),
    "ydernummer": N_("Provider number"),
}
TECHNICAL = frozenset(
    [
        *("actor_id", "attempts", "calendar_steps", "cluster_id", "details", "digest", "error", "file_ids", "how"),
        *("id", "inbox_id", "key", "lane", "leased_until", "lost", "member_id", "next_at", "row", "sent_ts"),
        *("source_id", "subject", "thread_ts", "token", "ts", "urgency"),
    ]
)
"""Marks that only a machine uses; a line of the log is told as a sentence instead."""
WORDS = {
    "accepted": N_("counts"),
    "asked": N_("a colleague is asked"),
    "bundle": N_("from a file about all practices"),
    "da": N_("Danish"),
    "dead": N_("could not be delivered"),
    "cluster-comparison": N_("comparing in the cluster"),
    "done": N_("dealt with"),
    "draft": N_("waits for a yes"),
    "dropped": N_("fell away"),
    "en": N_("English"),
    "file": N_("from a file"),
    "form": N_("typed in a form"),
    "missed": N_("came too late"),
    "none": N_("no numbers this time"),
    "refused": N_("the practice is wrong"),
    "sent": N_("sent"),
    "replaced": N_("replaced by a newer one"),
    "reply": N_("written in a message"),
    "open-with-all": N_("the name on the charts, when everybody says so"),
    "shown-by-name": N_("the name on the charts"),
    "waiting": N_("waits"),
    "withdrawn": N_("withdrawn"),
}
"""What the codes mean that say how something came and stands; others are told as they are."""
KINDS = {
    "agreement": N_("about what you agreed"),
    "data": N_("about numbers"),
    "deck": N_("a presentation or a page to print"),
    "feedback": N_("charts"),
    "home": N_("your page with me"),
    "meeting": N_("about a meeting"),
    "member": N_("about yourself"),
    "place": N_("about where somebody works"),
    "recall": N_("about a wrong comparison"),
    "round": N_("about a collection of numbers"),
    "welcome": N_("the welcome"),
}
"""What messages are about, by the beginning of their kind."""
WITHHELD = {
    "data.personal": N_("A file or a message with something like a CPR number was refused"),
    "leave_out.given": N_("{who} said that a wrong number may be left out"),
    "leave_out.refused": N_("{who} said that a wrong number may not be left out"),
    "letter.dropped": N_("A message that could not be delivered was put aside"),
    "member.exported": N_("{who} got what is kept about them"),
    "name.given": N_("{who} let the practice's name be shown"),
    "name.taken_back": N_("{who} let the practice's name be shown no longer"),
}
"""Lines that stand in no log that colleagues read (`handlers.views.logbook`)."""
ONE_LINE = ("card", "inbox", "outbox")
"""Tables of which a row is told in one line."""
PEOPLE = frozenset({"answered_by", "confirmed_by", "placed_by", "recorded_by"})


@dataclass(frozen=True)
class Names:
    """What ids are called, for a reader who may know it. ``labels`` of a round are its package's fields."""

    me: int
    my_name: str = ""
    practices: Mapping[int, str] = field(default_factory=dict)
    meetings: Mapping[int, str] = field(default_factory=dict)
    rounds: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def of(self, column: str, key: int) -> str:
        """The name behind an id."""
        known = {"practice_id": self.practices, "meeting_id": self.meetings, "round_id": self.rounds}
        return known.get(column, {}).get(key, "") or f"{key}"


def document(
    data: Mapping[str, Sequence[Mapping[str, Any]]], names: Names, cluster: str, now: datetime, t: Texts
) -> bytes:
    """The whole of it as text, with the most telling first."""
    title = t("What Klyngebot knows about you")
    made = t("{cluster}. Made {moment}.", cluster=cluster, moment=t.moment(now))
    lines = [title, "=" * len(title), "", made]
    for table in (*(each for each in HEADINGS if each in data), *(each for each in data if each not in HEADINGS)):
        heading = t(HEADINGS[table]) if table in HEADINGS else table
        lines += ["", "", heading, "-" * len(heading)]
        for row in data[table]:
            told = list(_row(table, row, names, t))
            if table in ONE_LINE:
                told = ["• " + "; ".join(each.strip(" •") for each in told)]
            lines += told if told and told[0].startswith("• ") else ["", *told]
    marks = t(
        "Numbers of rows, keys and other marks that only a machine uses are in the other file, with all of this once "
        "more. What the practice gave stands here only while you are confirmed there."
    )
    return ("\n".join([*lines, "", "", marks]) + "\n").encode()


def _row(table: str, row: Mapping[str, Any], names: Names, t: Texts) -> Iterator[str]:
    if table == "audit":
        yield f"• {_date(row['at'], t)}: {_sentence(row, names, t)}"
        return
    if table.endswith(")"):
        yield f"• {_others(table, row, names, t)}"
        return
    about = row.get("row") or (row.get("flaw") or {}).get("params") or row
    for column, value in about.items():
        if column in TECHNICAL or value in (None, "", [], {}):
            continue
        label = t(LABELS[column]) if column in LABELS else column
        said = list(_value(table, column, value, row, names, t))
        yield from [f"{label}: {said[0]}"] if len(said) == 1 else [f"{label}:", *(f"  • {each}" for each in said)]


def _value(table: str, column: str, value: Any, row: Mapping[str, Any], names: Names, t: Texts) -> Iterator[str]:
    if isinstance(value, bool):
        yield t("yes") if value else t("no")
    elif column == "numbers" and isinstance(value, dict):
        labels = names.labels.get(int(row.get("round_id") or 0), {})
        yield from (f"{labels.get(key, key)}: {'–' if each is None else each}" for key, each in value.items())
    elif column in PEOPLE:
        yield t("yourself") if value == names.me else t("another member")
    elif isinstance(value, int):
        yield names.of(column, value)
    elif isinstance(value, dict):
        yield from (f"{key}: {_flat(each)}" for key, each in value.items())
    elif isinstance(value, list):
        yield from map(_flat, value)
    else:
        yield _word(table, column, str(value), t)


def _word(table: str, column: str, value: str, t: Texts) -> str:
    if column == "kind" and (said := KINDS.get(value.partition(".")[0])):
        return f"{t(said)} ({value})"
    if column in ("kind", "state", "source", "language", "place") and value in WORDS:
        return t(WORDS[value])
    if column == "role":
        return role_names(t).get(value, value)
    if table == "invitation" and column == "answer" and value in ANSWERS:
        return t(ANSWERS[value])
    return _date(value, t)


def _date(written: object, t: Texts) -> str:
    """A moment or a day as it is said; anything else as it is."""
    text = str(written)
    try:
        if len(text) == len("2026-03-02"):
            return t.date(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{t.date(local(moment).date())} {t.time(moment)}" if len(text) > len("2026-03-02") else text


def _sentence(row: Mapping[str, Any], names: Names, t: Texts) -> str:
    who = names.my_name if row.get("actor_id") == names.me else t("Somebody")
    kind, _, key = str(row["subject"]).partition(":")
    if kind == "member":
        subject = names.my_name if key == f"{names.me}" else t("another member")
    else:
        named = names.of(f"{kind}_id", int(key)) if key.isdecimal() else key
        subject = t("the practice") if named.isdecimal() else named
    what = SENTENCES.get(row["what"]) or WITHHELD.get(row["what"])
    return t(what, who=who, subject=subject) if what else str(row["what"])


def _others(table: str, row: Mapping[str, Any], names: Names, t: Texts) -> str:
    """One of the rows that somebody had a hand in: by name where it has one, else by number."""
    kind = table.partition(" ")[0]
    named = names.of(f"{kind}_id", int(row["id"]))
    return str(row.get("kind") or "") or (named if not named.isdecimal() else t("number {number}", number=named))


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_flat(each)}" for key, each in value.items() if each not in (None, "", [], {}))
    return ", ".join(map(_flat, value)) if isinstance(value, list) else str(value)
