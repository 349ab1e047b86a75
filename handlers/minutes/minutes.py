"""Minutes: written in a form that can be gone on with, seen before they are sent, sent to all, read again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cluster.calendar import is_open
from cluster.errors import ClusterError
from cluster.members import cluster_rules
from cluster.minutes import sending, writing
from cluster.minutes.room import Kinds
from cluster.minutes.sending import Changed, SentMinutes
from cluster.minutes.writing import MinutesText
from handlers.errors import say
from handlers.feature import Direct, Feature, Form, Kept, Notice, Rendering
from handlers.ids import number
from handlers.meetings.lookups import meeting_of, reply
from handlers.message import Attachment, Message
from handlers.minutes.ids import Action, View
from handlers.minutes.lookups import acted, begun, read
from handlers.minutes.views import forms, told
from handlers.reminders.send_time import morning_after
from handlers.turn import Turn
from handlers.undoing import Undoing
from locales import N_
from measures.printed.record import record_pdf
from storage.words import MeetingState


async def write(turn: Turn) -> None:
    """The form, as it was left."""
    async with turn.look() as state:
        found = await acted(state, turn, number(turn.value))
        writing.require_writer(found.by, found.row)
        if writing.is_early(found.meeting, turn.now):
            raise ClusterError("minutes.too_early")
        written = await begun(state, found, turn.t)
    await turn.open(forms.write_form(found.meeting, written, found.sequence, turn.t))


def _written(state: dict[str, Any]) -> MinutesText:
    return MinutesText(*(str(state.get(name) or "").strip()[: writing.LIMIT] for name in writing.MinutesPart))


async def check(turn: Turn) -> dict[str, str] | None:
    """Nothing written, or another wrote meanwhile: said while the words still stand in the form."""
    if _written(turn.state).is_empty:
        return {"points": say(ClusterError("minutes.empty"), turn.t, ERRORS)}
    async with turn.look() as state:
        found = await acted(state, turn, number(turn.metadata.get("meeting")))
        writing.require_writer(found.by, found.row)
    if found.sequence != number(turn.metadata.get("sequence")):
        return {"points": say(ClusterError("minutes.changed_meanwhile"), turn.t, ERRORS)}
    return None


async def keep(turn: Turn) -> None:
    """Keep it, and show the writer how it will look."""
    async with turn.unit() as uow:
        found = await acted(uow, turn, number(turn.metadata.get("meeting")))
        sequence = number(turn.metadata.get("sequence"))
        await writing.keep(uow, found.meeting, _written(turn.state), sequence=sequence, by=found.by, now=turn.now)
        await reply(uow, turn, Kinds.MINUTES_PREVIEW, found.by, about=found.meeting)
        await uow.commit()


async def send(turn: Turn) -> None:
    """Send what was seen, now."""
    await _send(turn, in_the_morning=False)


async def send_in_the_morning(turn: Turn) -> None:
    """Send what was seen, the next morning."""
    await _send(turn, in_the_morning=True)


async def _send(turn: Turn, *, in_the_morning: bool) -> None:
    async with turn.unit() as uow:
        found = await acted(uow, turn, number(turn.value))
        hours = await cluster_rules.hours_of(uow, found.meeting.cluster_id)
        at = morning_after(turn.now, hours) if in_the_morning else None
        version, people = await sending.send(
            uow, found.meeting, sequence=number(turn.value, 1), by=found.by, now=turn.now, at=at
        )
        told_at = at.isoformat() if at is not None else ""
        await reply(uow, turn, Kinds.MINUTES_DONE, found.by, about=found.meeting, n=people, version=version, at=told_at)
        await uow.commit()


async def show(turn: Turn) -> None:
    """The whole of it, in a window."""
    async with turn.look() as state:
        found = await read(state, turn, number(turn.value))
        sent = await sending.newest_sent(state, found.meeting.id, turn.now)
    if sent is None:
        raise ClusterError("minutes.none")
    changes = sending.changes(sent)
    await turn.open(told.window(sent.meeting, sent.number, sent.written, changes, turn.t))


async def preview(r: Rendering) -> Message | None:
    """To the writer: how it will look, to whom it goes, and the buttons that send it."""
    meeting = await meeting_of(r)
    row = await writing.of_meeting(r.state, meeting.id)
    if row is None or meeting.state != MeetingState.PLANNED:
        return None
    now = r.tools.clock.now()
    before = await sending.newest_sent(r.state, meeting.id, now)
    sent = SentMinutes(
        meeting,
        before.number + 1 if before is not None else 1,
        writing.written_of(row),
        before.written if before is not None else None,
        now,
    )
    people = await sending.readers(r.state, meeting.cluster_id)
    hours = await cluster_rules.hours_of(r.state, meeting.cluster_id)
    morning = None if is_open(now, hours) else morning_after(now, hours)
    message = await _message(r, sent)
    under = forms.sending(meeting, row.sequence, len(people), morning, r.t)
    return Message(message.text, [*message.blocks, *under], message.attachments)


async def render_sent(r: Rendering) -> Message | None:
    """To each member: the minutes as they were sent; nothing once a later version has gone out instead."""
    sent = await sending.version_of(r.state, r.number, int(r.owed.params["version"]))
    if sent is None or sent.meeting.state != MeetingState.PLANNED:
        return None
    return await _message(r, sent)


async def _message(r: Rendering, sent: SentMinutes) -> Message:
    """The words, and the pages beside them."""
    changes: list[Changed] = sending.changes(sent)
    cluster = await cluster_rules.get(r.state, sent.meeting.cluster_id)
    record = told.record(sent.meeting, cluster.name, sent.number, sent.written, changes, r.t)
    content = await r.tools.compute(record_pdf, record)
    name = told.file_name(sent.meeting, r.t)
    return Message(
        told.read_aloud(sent.meeting, sent.number, sent.written, changes, r.t),
        told.blocks(sent.meeting, sent.number, sent.written, changes, r.t),
        [Attachment(name, content, record.title)],
    )


async def done(r: Rendering) -> Message:
    """To who sent them."""
    people, at = int(r.owed.params["n"]), str(r.owed.params["at"])
    if at:
        return Message(
            r.t.n(
                "The minutes go to {n} member {moment}.",
                "The minutes go to {n} members {moment}.",
                people,
                moment=r.t.moment(datetime.fromisoformat(at)),
            )
        )
    said = r.t.n("The minutes are sent to {n} member.", "The minutes are sent to {n} members.", people)
    more = r.t("Was something wrong? Correct it with `/klynge referat`: a new version tells all what changed.")
    return Message(f"{said} {more}")


ERRORS = {
    "minutes.changed_meanwhile": N_(
        "Somebody else has written in the minutes since you opened the form. Copy your words, close it and open it "
        "again."
    ),
    "minutes.empty": N_("Write at least one line."),
    "minutes.none": N_("Nothing has been sent of that meeting yet."),
    "minutes.seen_another": N_("The minutes were changed since you saw them here. Look at the newest message of them."),
    "minutes.sent_already": N_("These minutes are sent already. Correct them, and a new version tells what changed."),
    "minutes.too_early": N_("The meeting is not yet. On its day you can write."),
}
feature = Feature(
    actions={
        Action.MINUTES_WRITE: Direct(write),
        Action.MINUTES_SEND: Kept(send),
        Action.MINUTES_MORNING: Kept(send_in_the_morning),
        Action.MINUTES_SHOW: Direct(show),
    },
    forms={View.MINUTES_FORM: Form(keep, check)},
    notices={
        Kinds.MINUTES_DONE: Notice(done),
        Kinds.MINUTES_PREVIEW: Notice(preview),
        Kinds.MINUTES_SENT: Notice(render_sent, ahead=N_("The minutes to all members")),
    },
    errors=ERRORS,
    heavy={Kinds.MINUTES_PREVIEW, Kinds.MINUTES_SENT},
    log={
        "minutes.sent": N_("{who} sent the minutes of {subject}"),
        "minutes.written": N_("{who} wrote in the minutes of {subject}"),
    },
    undoings={
        "minutes.sent": Undoing(
            why_not=N_(
                "The minutes have gone out. Correct them with `/klynge referat`: a new version tells what changed."
            )
        ),
        "minutes.written": Undoing(why_not=N_("Open the minutes again with `/klynge referat` and change the words.")),
    },
)
