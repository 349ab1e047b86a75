"""A meeting's invitation that is kept as a draft: on the page of those who run the cluster, to be finished or deleted.

Nothing goes out of itself, and what is in the way of the day is asked again when it is sent.
"""

from __future__ import annotations

import json

from cluster.meetings import drafts, meetings
from cluster.meetings.details import Details, written_of
from cluster.meetings.room import Kinds
from cluster.members import cluster_rules
from cluster.undoing import OwnChange, Values
from handlers.acting import leader
from handlers.at_home import AtHome, HomeBlock
from handlers.feature import Direct, Feature, Kept, Notice, Rendering
from handlers.ids import number
from handlers.meetings.ids import Action
from handlers.meetings.lookups import meeting_of, reply
from handlers.meetings.sending import form_of
from handlers.meetings.views import drafts as views
from handlers.meetings.views.words import titled
from handlers.message import Block, Message
from handlers.reminders.send_time import is_draft, send_at
from handlers.turn import Turn
from handlers.undoing import Undoing
from locales import N_, Texts
from storage.models import Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import MeetingState

PLACE = 53
"""Before the meetings that are called."""


async def opened(state: Reading, turn: Turn) -> Meeting | None:
    """The draft that the form is about; refused where it is another than was opened."""
    key, sequence = turn.metadata.get("draft"), turn.metadata.get("sequence")
    return await drafts.opened(state, number(key), number(sequence)) if key else None


async def keep(uow: UnitOfWork, turn: Turn, details: Details, by: Member) -> bool:
    """Keep, change or send a draft, as the form says; False when it is about none."""
    meeting = await opened(uow, turn)
    if meeting is not None:
        by = await leader(uow, turn, meeting.cluster_id)
    cluster = await cluster_rules.get(uow, by.cluster_id)
    if not is_draft(turn):
        if meeting is None:
            return False
        at = send_at(turn, await cluster_rules.hours_of(uow, cluster.id))
        await drafts.send(uow, meeting, details, by=by, now=turn.now, send_at=at)
        return True
    if meeting is None:
        meeting = await drafts.keep(uow, cluster, details, by=by, now=turn.now)
    else:
        await drafts.rewrite(uow, meeting, details, by=by, now=turn.now)
    await reply(uow, turn, Kinds.MEETING_DRAFTED, by, about=meeting)
    return True


async def finish(turn: Turn) -> None:
    """The form as it was left."""
    async with turn.look() as state:
        meeting = await drafts.get(state, number(turn.value))
        await leader(state, turn, meeting.cluster_id)
        hours = await cluster_rules.hours_of(state, meeting.cluster_id)
    metadata = json.dumps({"cluster": meeting.cluster_id, "draft": meeting.id, "sequence": meeting.sequence})
    await turn.open(form_of(written_of(meeting), turn, hours, metadata=metadata))


async def drop(turn: Turn) -> None:
    """Delete a draft."""
    async with turn.unit() as uow:
        meeting = await drafts.get(uow, number(turn.value))
        by = await leader(uow, turn, meeting.cluster_id)
        await drafts.drop(uow, meeting, by=by, now=turn.now)
        await uow.commit()


async def render_drafted(r: Rendering) -> Message | None:
    """That it is kept, and that nobody has heard of it."""
    meeting = await meeting_of(r)
    if meeting.state != MeetingState.DRAFT:
        return None
    said = r.t(
        "Kept as a draft: {meeting}. Nobody else has heard of it, and nothing is sent before you send it. It stands on "
        "your Home page.",
        meeting=titled(meeting, r.t),
    )
    return Message(said, views.one(said, meeting, r.t))


def _shown(at: AtHome) -> list[Block]:
    return views.at_home(at.part.lead.drafts, at.t, at.now) if at.part.lead is not None else []


async def _named(state: Reading, change: OwnChange, t: Texts) -> str:
    return t("the draft {meeting}", meeting=titled(await meetings.get(state, change.number), t))


def _said(values: Values, t: Texts) -> str:
    return t("kept") if values["state"] == MeetingState.DRAFT else t("deleted")


feature = Feature(
    actions={Action.MEETING_DROP: Kept(drop), Action.MEETING_FINISH: Direct(finish)},
    notices={Kinds.MEETING_DRAFTED: Notice(render_drafted)},
    home=[HomeBlock(PLACE, _shown, is_led=True)],
    errors={
        "meeting.is_draft": N_("The meeting is a draft, and nobody has heard of it. Finish it on your Home page."),
        "meeting.no_draft": N_("That is no draft any more: it has been sent or deleted."),
    },
    log={
        "meeting.drafted": N_("{who} kept a draft of {subject}"),
        drafts.DROPPED: N_("{who} deleted the draft of {subject}"),
    },
    undoings={
        "meeting.drafted": Undoing(
            why_not=N_("The draft is kept, and nobody else has heard of it. Finish or delete it on your Home page.")
        ),
        drafts.DROPPED: Undoing(_named, _said, drafts.state_now, drafts.put_back, leads=True),
    },
)
