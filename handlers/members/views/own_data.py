"""What is kept about a person, as a page to read: headings and plain words; the marks of machines stand in the other
file. Every table, column and kind has its words beside it, or a house test fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cluster import subjects
from cluster.clock import local
from cluster.overview.logbook import ANSWERED
from handlers.meetings.views.words import ANSWERS
from handlers.members.views.members import role_names
from handlers.members.views.own_data_words import (
    ARRIVALS,
    CHANNELS,
    LABELS,
    MOMENTS,
    ONE_LINE,
    PEOPLE,
    TECHNICAL,
    WORDS,
)
from handlers.submissions.views.submissions import origin_parts
from locales import N_, Texts
from storage.words import Rsvp


@dataclass(frozen=True)
class NamesOnPage:
    """What ids are called, for a reader who may know it. ``labels`` of a round are its package's fields."""

    me: int
    my_name: str = ""
    practices: Mapping[int, str] = field(default_factory=dict)
    meetings: Mapping[int, str] = field(default_factory=dict)
    rounds: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    recalls: Mapping[int, str] = field(default_factory=dict)
    submissions: Mapping[int, str] = field(default_factory=dict)
    conversation: str | None = None
    """Our conversation in Slack, which stands with the member."""
    log: Mapping[str, str] = field(default_factory=dict)
    """The sentence for each line of the log, also of those that colleagues don't read."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """What the tables are called, the most telling first."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What columns are called that only one feature has."""
    messages: Mapping[str, str] = field(default_factory=dict)
    """What messages are about, by the beginning of their kind."""

    def of(self, column: str, key: int) -> str:
        """The name behind an id."""
        known = {
            "practice_id": self.practices,
            "meeting_id": self.meetings,
            "round_id": self.rounds,
            "recall_id": self.recalls,
            "submission_id": self.submissions,
        }
        return known.get(column, {}).get(key, "") or f"{key}"


def document(
    data: Mapping[str, Sequence[Mapping[str, Any]]], names: NamesOnPage, cluster: str, now: datetime, t: Texts
) -> bytes:
    """The whole of it as text, with the most telling first."""
    title = t("What Klyngebot knows about you")
    made = t("{cluster}. Made {moment}.", cluster=cluster, moment=_moment(now, t))
    lines = [title, "=" * len(title), "", made]
    headings = names.headings
    for table in (*(each for each in headings if each in data), *(each for each in data if each not in headings)):
        heading = t(headings[table]) if table in headings else table
        own = {row.get("id") for row in data.get(table.partition(" (")[0], ())} if table.endswith(")") else set()
        rows = [row for row in data[table] if row.get("id") not in own]  # told as theirs already
        lines += ["", "", heading, "-" * len(heading)] if rows else []
        if table.endswith(")"):
            lines += _others(table, rows, names, t)
            continue
        if table in ONE_LINE:
            lines += _folded(table, rows, names, t)
            continue
        for row in rows:
            told = list(_row(table, row, names, t))
            lines += told if told and told[0].startswith("• ") else ["", *told]
    marks = t(
        "The other file has all of this once more: each message by itself with its times, and row numbers, keys and "
        "other marks that only a machine uses. What the practice gave is shown here only while you are confirmed there."
    )
    return ("\n".join([*lines, "", "", marks]) + "\n").encode()


def _folded(table: str, rows: Sequence[Mapping[str, Any]], names: NamesOnPage, t: Texts) -> list[str]:
    """A line a row; rows that say the same but for when are one line, with how many they are and from when to when."""
    alike: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    told_above = CHANNELS if table != "card" else frozenset()
    for each in rows:
        row = {key: value for key, value in each.items() if key not in told_above or value != names.conversation}
        timeless = {key: value for key, value in row.items() if key not in MOMENTS}
        alike.setdefault(tuple(_row(table, timeless, names, t)), []).append(row)
    told = [
        [*said, _times(each, t)] if len(each) > 1 else _row(table, each[0], names, t) for said, each in alike.items()
    ]
    return ["• " + "; ".join(part.strip(" •") for part in each) for each in told]


def _times(rows: Sequence[Mapping[str, Any]], t: Texts) -> str:
    """How many rows, and their first and last day."""
    column = next((each for each in MOMENTS if rows[0].get(each)), "")
    moments = sorted(datetime.fromisoformat(row[column]) for row in rows if row.get(column))
    days = list(dict.fromkeys(t.date(local(each).date()) for each in (*moments[:1], *moments[-1:])))
    times = t.n("{n} time", "{n} times", len(rows))
    return f"{t(LABELS[column])}: {times}, {' – '.join(days)}" if days else times


def _row(table: str, row: Mapping[str, Any], names: NamesOnPage, t: Texts) -> Iterator[str]:
    if table == "audit":
        yield f"• {_date(row['at'], t)}: {_sentence(row, names, t)}"
        return
    about = row.get("row") or (row.get("flaw") or {}).get("params") or row
    for column, value in about.items():
        if column in TECHNICAL or value in (None, "", [], {}):
            continue
        called = names.columns.get(column) or LABELS.get(column)
        label = t(called) if called else column
        said = list(_value(table, column, value, row, names, t))
        yield from [f"{label}: {said[0]}"] if len(said) == 1 else [f"{label}:", *(f"  • {each}" for each in said)]


def _value(table: str, column: str, value: Any, row: Mapping[str, Any], names: NamesOnPage, t: Texts) -> Iterator[str]:
    if isinstance(value, bool):
        yield t("yes") if value else t("no")
    elif column == "numbers" and isinstance(value, dict):
        labels = names.labels.get(int(row.get("round_id") or 0), {})
        yield from (f"{labels.get(key, key)}: {_amount(each, t)}" for key, each in value.items())
    elif column == "sources" and isinstance(value, dict):
        labels = names.labels.get(int(row.get("round_id") or 0), {})
        yield from (f"{labels.get(key, key)}: {', '.join(origin_parts(each, t))}" for key, each in value.items())
    elif column in PEOPLE:
        yield t("yourself") if value == names.me else t("another member")
    elif isinstance(value, int):
        yield names.of(column, value) if column.endswith("_id") else t.number(value)
    elif isinstance(value, dict):
        yield from (f"{key}: {_flat(each)}" for key, each in value.items())
    elif isinstance(value, list):
        yield from map(_flat, value)
    else:
        yield _word(table, column, str(value), names, t)


def _word(table: str, column: str, value: str, names: NamesOnPage, t: Texts) -> str:
    if column == "kind" and (said := _kind(table, value, names, t)):
        return said
    if column in ("kind", "state", "source", "language", "place") and value in WORDS:
        return t(WORDS[value])
    if column == "role":
        return role_names(t).get(value, value)
    if table == "invitation" and column == "answer" and value in ANSWERS:
        return t(ANSWERS[Rsvp(value)])
    if column in ("answer", "outsider_answer") and value in ("yes", "no"):
        return t("yes") if value == "yes" else t("no")
    return _date(value, t)


def _kind(table: str, kind: str, names: NamesOnPage, t: Texts) -> str:
    """What came in or went out, in words; "" for what is neither."""
    if table != "inbox":
        about = names.messages.get(kind.partition(".")[0])
        return t(about) if about else ""
    way, _, name = kind.partition(":")
    said = t(ARRIVALS[kind if kind in ARRIVALS else way])
    return f"{said} (/klynge {name})" if way == "command" else said


def _date(written: object, t: Texts) -> str:
    """A moment or a day as it is said; anything else as it is."""
    text = str(written)
    try:
        if len(text) == len("2026-03-02"):
            return t.date(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return _moment(moment, t) if len(text) > len("2026-03-02") else text


def _moment(moment: datetime, t: Texts) -> str:
    """With its year: what is kept may be old."""
    return t("{day} at {time}", day=t.date(local(moment).date()), time=t.time(moment))


def _amount(value: Any, t: Texts) -> str:
    """A number as it is written in the reader's language; a dash for none."""
    if not isinstance(value, int | float):
        return "–" if value is None else str(value)
    return t.given(value)


def _sentence(row: Mapping[str, Any], names: NamesOnPage, t: Texts) -> str:
    who = names.my_name if row.get("actor_id") == names.me else t("Somebody")
    about, subject = subjects.read(str(row["subject"])), ""
    if about is not None and about[0] is subjects.MEMBER:
        subject = names.my_name if about[1] == names.me else t("another member")
    elif about is not None:
        is_named = about[0] is not subjects.SUBMISSION  # the sentence wants whose numbers, not which
        named = names.of(f"{about[0].name}_id", about[1]) if is_named else f"{about[1]}"
        subject = t("the practice") if named.isdecimal() else named
    what = names.log.get(row["what"])
    if row["what"] == ANSWERED and row["details"].get("member") == names.me:  # not for somebody else, as in the log
        is_own = row.get("actor_id") == names.me
        what = N_("{who} answered {subject}") if is_own else N_("{who} answered {subject} for you")
    return t(what, who=who, subject=subject) if what else str(row["what"])


def _others(table: str, rows: Sequence[Mapping[str, Any]], names: NamesOnPage, t: Texts) -> list[str]:
    """The rows that somebody only had a hand in: by name or kind where they have one, else how many they are."""
    kind = table.partition(" ")[0]
    said = [_kind(kind, str(row.get("kind") or ""), names, t) or names.of(f"{kind}_id", int(row["id"])) for row in rows]
    named = [each for each in said if not each.isdecimal()]
    if unnamed := len(said) - len(named):
        named.append(t("{n} in all", n=t.number(unnamed)))
    return [f"• {each}" for each in named]


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_flat(each)}" for key, each in value.items() if each not in (None, "", [], {}))
    return ", ".join(map(_flat, value)) if isinstance(value, list) else str(value)
