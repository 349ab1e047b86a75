"""The words that everything about meetings shares: when, what kind, which answer, how many."""

from __future__ import annotations

from datetime import datetime

from cluster.calendar import holiday_name
from cluster.clock import local
from cluster.meetings.details import VIRTUAL
from cluster.meetings.invitations import AnswerTally
from handlers.blocks import escape
from locales import N_, Texts
from storage.models import Meeting
from storage.words import Rsvp

MEETING_KIND_NAMES = {
    "topic": N_("Topic meeting"),
    "evaluation": N_("Evaluation meeting"),
    "status": N_("Status meeting"),
    "assembly": N_("General assembly"),
    "visit": N_("Visit"),
    "staff": N_("Meeting with staff"),
    "municipality": N_("Meeting with the municipality"),
    "virtual": N_("Virtual meeting"),
}
ANSWERS = {
    Rsvp.YES: N_("Coming"),
    Rsvp.MAYBE: N_("Maybe"),
    Rsvp.ONLINE: N_("Taking part online"),
    Rsvp.NO: N_("Not coming"),
    Rsvp.WAITS: N_("On the waiting list"),
}


def kind_of(meeting: Meeting, t: Texts) -> str:
    """``Temamøde``."""
    return t(MEETING_KIND_NAMES.get(meeting.kind, MEETING_KIND_NAMES["topic"]))


def when(meeting: Meeting, t: Texts, *, fully: bool = False) -> str:
    """``torsdag den 26. marts kl. 16.30–19.00``; ``fully`` adds year and week, to catch a slip of the finger."""
    day = local(meeting.starts_at).date()
    said = between(meeting.starts_at, meeting.ends_at, t)
    if fully:
        said += t(" (week {week}, {year})", week=day.isocalendar().week, year=day.year)
    return said


def where(meeting: Meeting, t: Texts, *, openly: bool = False) -> str:
    """The place, the address for a screen, or both, in mrkdwn; nothing when neither is known. ``openly``: for eyes that
    may not be invited, so without the address."""
    address = "" if openly or not meeting.link else f"<{escape(meeting.link)}>"
    if meeting.kind == VIRTUAL:
        return " ".join(filter(None, (t("Online"), address)))
    if address:
        address = t("online: {link}", link=address)
    return " · ".join(filter(None, (escape(meeting.place), address)))


def with_whom(meeting: Meeting, t: Texts) -> str:
    """Who receives us, or whom we meet with; nothing when nobody is named."""
    if not meeting.with_whom:
        return ""
    label = t("*Host*") if meeting.kind == "visit" else t("*With*")
    return f"{label}\n{escape(meeting.with_whom)}"


def what_it_was(meeting: Meeting, t: Texts) -> list[str]:
    """What people knew of a meeting that was moved, where it is another now: a line for the time, one for the place."""
    if meeting.was_starts_at is None or meeting.was_ends_at is None:
        return []
    said = []
    if (meeting.was_starts_at, meeting.was_ends_at) != (meeting.starts_at, meeting.ends_at):
        said.append(t("Before: {when}", when=between(meeting.was_starts_at, meeting.was_ends_at, t)))
    if meeting.was_place != meeting.place and meeting.was_place:
        said.append(t("Place before: {place}", place=escape(meeting.was_place)))
    if meeting.was_kind and (meeting.was_kind == VIRTUAL) is not (meeting.kind == VIRTUAL):
        is_online = meeting.kind == VIRTUAL
        said.append(t("*We meet online instead.*") if is_online else t("*We do not meet online after all.*"))
    return said


def between(starts_at: datetime, ends_at: datetime, t: Texts) -> str:
    """``torsdag den 26. marts kl. 16.30–19.00``."""
    day = t.day(local(starts_at).date())
    return t("{day}, {start}–{end}", day=day, start=t.time(starts_at), end=t.time(ends_at))


def summary(meeting: Meeting, t: Texts) -> str:
    """Title and time in one line, for notifications and screen readers; what a person typed is made harmless."""
    return f"{escape(meeting.title)}, {when(meeting, t)}"


def titled(meeting: Meeting, t: Texts) -> str:
    """The same in mrkdwn."""
    return f"*{escape(meeting.title)}*, {when(meeting, t)}"


def answer_word(answer: Rsvp, t: Texts) -> str:
    """``Kommer``."""
    return t(ANSWERS[answer])


def counts(tally: AnswerTally, t: Texts) -> str:
    """``9 kommer · 2 måske · 1 kommer ikke · 8 har ikke svaret``; those online where there are any."""
    online = [t("{n} online", n=t.number(tally.online))] if tally.online else []
    waits = [t("{n} on the waiting list", n=t.number(tally.waits))] if tally.waits else []
    return " · ".join(
        (
            t.n("{n} is coming", "{n} are coming", tally.yes),
            *waits,
            *online,
            t("{n} maybe", n=t.number(tally.maybe)),
            t.n("{n} is not coming", "{n} are not coming", tally.no),
            t.n("{n} has not answered", "{n} have not answered", tally.none),
        )
    )


def holiday_warning(meeting: Meeting, t: Texts) -> str:
    """A sentence when the meeting falls on a holiday or weekend; else nothing."""
    day = local(meeting.starts_at).date()
    if name := holiday_name(day, t.lang):
        return t("Note: {day} is {holiday}.", day=t.day(day), holiday=name)
    if day.weekday() >= 5:
        return t("Note: {day} is at the weekend.", day=t.day(day))
    return ""
