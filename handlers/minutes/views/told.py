"""Minutes in words: the message, the pages, the lines in which something was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cluster.clock import local
from cluster.minutes.sending import Changed, SentMinutes, lines_with
from cluster.minutes.writing import MinutesPart, MinutesText, lines_of
from handlers import blocks as b
from handlers.fitting import cut, paragraphs
from handlers.meetings.views.words import titled, when
from handlers.message import Block, Message
from handlers.minutes.ids import Action, View
from locales import N_, Texts
from measures.printed.record import Record, RecordPart
from storage.models import Meeting

TITLES = {
    MinutesPart.POINTS: N_("Main points"),
    MinutesPart.PRACTICES: N_("Who does what, how often?"),
    MinutesPart.SHARED: N_("Procedures and links"),
}
FOUND = 5
"""Minutes that are shown with their lines; more words find fewer."""
LINES = 4
SHOWN = 20
"""Paragraphs, within what Slack takes: far more than is ever written."""


def head(meeting: Meeting, number: int, t: Texts) -> str:
    """What it is: new, or corrected."""
    if number > 1:
        return t("*Corrected minutes* (version {n}): {meeting}", n=number, meeting=titled(meeting, t))
    return t("*Minutes*: {meeting}", meeting=titled(meeting, t))


def lines(written: MinutesText, t: Texts) -> Iterator[str]:
    """Its parts in mrkdwn; what people wrote is made harmless."""
    for name in MinutesPart:
        if found := lines_of(getattr(written, name)):
            yield f"*{t(TITLES[name])}*"
            for line in found:
                said = b.escape(line)
                yield f"_{said}_" if line.endswith(":") else f"• {said}"


def changed(changes: Sequence[Changed], t: Texts) -> list[str]:
    """What a correction changed."""
    if not changes:
        return []
    found = [t("*Changed since the last version:*")]
    for each in changes:
        for line in each.added:
            found.append(t("{part}, new: {line}", part=t(TITLES[each.part]), line=b.escape(line)))
        for line in each.removed:
            found.append(t("{part}, gone: ~{line}~", part=t(TITLES[each.part]), line=b.escape(line)))
    return found


def blocks(meeting: Meeting, number: int, written: MinutesText, changes: Sequence[Changed], t: Texts) -> list[Block]:
    """The whole of it."""
    above = [head(meeting, number, t), *changed(changes, t)]
    return [b.section(each) for each in [*paragraphs(above), *paragraphs(lines(written, t))][:SHOWN]]


def window(meeting: Meeting, number: int, written: MinutesText, changes: Sequence[Changed], t: Texts) -> dict[str, Any]:
    """The whole of it, over the page on which it was asked for."""
    return b.window(View.MINUTES_WINDOW, t("The minutes"), t("Close"), blocks(meeting, number, written, changes, t))


def read_aloud(meeting: Meeting, number: int, written: MinutesText, changes: Sequence[Changed], t: Texts) -> str:
    """The same as one text."""
    return cut("\n".join([head(meeting, number, t), *changed(changes, t), *lines(written, t)]), 3500)


def record(
    meeting: Meeting, cluster: str, number: int, written: MinutesText, changes: Sequence[Changed], t: Texts
) -> Record:
    """The pages."""
    parts = [RecordPart(t(TITLES[name]), tuple(lines_of(getattr(written, name)))) for name in MinutesPart]
    told = []
    for each in changes:
        told += [t("{part}, new: {line}", part=t(TITLES[each.part]), line=line) for line in each.added]
        told += [t("{part}, gone: {line}", part=t(TITLES[each.part]), line=line) for line in each.removed]
    if told:
        parts.insert(0, RecordPart(t("Changed since the last version"), tuple(told)))
    about = [cluster, when(meeting, t, fully=True), meeting.place]
    about += [t("Version {n}", n=number)] if number > 1 else []
    return Record(
        t("Minutes: {meeting}", meeting=meeting.title),
        tuple(each for each in about if each),
        tuple(part for part in parts if part.lines),
        t("{cluster} · for the cluster's members", cluster=cluster),
        t.lang,
    )


def file_name(meeting: Meeting, t: Texts) -> str:
    """``referat-2026-03-26.pdf``."""
    return t("minutes-{day}.pdf", day=local(meeting.starts_at).date().isoformat())


def found(sent: Sequence[SentMinutes], words: str, t: Texts) -> Message:
    """The lines in which the words stand, and the way to the whole."""
    if not sent:
        return Message(t("There is nothing of that in the cluster's minutes. Try one word, or a part of it."))
    said, shown = [], []
    for each in sent[:FOUND]:
        hits = [f"• {b.escape(cut(line, 200))}" for line in lines_with(each, words)[:LINES]]
        text = "\n".join([titled(each.meeting, t), *hits])
        said.append(text)
        shown += [b.section(text, b.button(t("Read all"), Action.MINUTES_SHOW, each.meeting.id))]
    if len(sent) > FOUND:
        said.append(t("And {n} older. Write one word more to find fewer.", n=t.number(len(sent) - FOUND)))
        shown.append(b.section(said[-1]))
    return Message("\n\n".join(said), shown)
