"""When an invitation goes to many: seen first, sent at once or in the morning, and brought forward while it waits."""

from __future__ import annotations

import hashlib
import json

from cluster.calendar import Hours
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.meetings import waiting
from cluster.meetings.details import Details, Written, short_notice
from cluster.members import members
from cluster.year.obstacles import in_the_way
from handlers.feature import Feature, Kept
from handlers.ids import number
from handlers.meetings.ids import Action
from handlers.meetings.lookups import led
from handlers.meetings.views.kinds import short_notice_text
from handlers.meetings.views.looking import looked_at
from handlers.meetings.views.meetings import meeting_form
from handlers.reminders import send_time
from handlers.reminders.send_time import lacks_time, send_at
from handlers.reminders.views.send_time import AT, LOOK, obstacle
from handlers.topics import repeating
from handlers.turn import ShownAgain, Turn
from locales import N_
from storage.models import Meeting
from storage.unit_of_work import Reading
from storage.words import Role


def ask_when(turn: Turn, written: Written, hours: Hours) -> ShownAgain | None:
    """The form once more with a day and an hour, when another time was chosen and none is written yet."""
    if not lacks_time(turn):
        return None
    return ShownAgain(form_of(written, turn, hours, metadata=json.dumps(turn.metadata), chosen=AT))


def form_of(written: Written, turn: Turn, hours: Hours, *, metadata: str, chosen: str = "") -> dict[str, object]:
    """The form for a new meeting, with the question when it is sent; it remembers for which kind it was made."""
    metadata = json.dumps({**json.loads(metadata), "kind": written.kind})
    question, label = turn.t("When is the invitation sent?"), turn.t("The invitation is sent on")
    asked = send_time.asked(question, label, turn, hours, chosen)
    return meeting_form(written, turn.t, metadata=metadata, editing=False, sending=asked)


def too_late(turn: Turn, details: Details, hours: Hours) -> ClusterError | None:
    """An invitation that comes after the time to answer, or before now."""
    is_chosen = turn.state.get("send") == AT
    if send_time.is_past(turn, hours):
        return ClusterError("meeting.sent_in_past", field="send_day")
    if details.answer_by <= send_at(turn, hours):
        return ClusterError("meeting.sent_too_late", field="send_day" if is_chosen else "send")
    return None


async def look_first(
    state: Reading, turn: Turn, written: Written, details: Details, cluster_id: int, hours: Hours
) -> ShownAgain | None:
    """The form once more with the invitation above it, when something is in the way of the day or it was asked for.

    What was seen is not shown a second time, but what was changed since is.
    """
    found = await in_the_way(state, cluster_id, [local(details.starts_at).date()], turn.now)
    repeated = await repeating.warning(state, turn, cluster_id, words=details.title)
    chosen = str(turn.state.get("send") or "")
    given = short_notice(details, send_at(turn, hours))
    if not found and not repeated and given is None and chosen != LOOK:
        return None
    seen = print_of(details)
    if turn.metadata.get("seen") == seen and chosen != LOOK:
        return None
    asked = [each for each in await members.of_cluster(state, cluster_id) if each.role != Role.OBSERVER]
    absent = sum(each.slack_user_id is None for each in asked)
    warnings = [obstacle(clash, turn.t) for clash in found]
    if given is not None and details.notice_days is not None:
        warnings.append(short_notice_text(given, details.notice_days, turn.t))
    above = looked_at(Meeting(**vars(details)), warnings, turn.t, people=len(asked) - absent, absent=absent)
    metadata = json.dumps({**turn.metadata, "cluster": cluster_id, "seen": seen})
    view = form_of(written, turn, hours, metadata=metadata, chosen="" if chosen == LOOK else chosen)
    return ShownAgain(view | {"blocks": [*repeated, *above, *view["blocks"]]})  # type: ignore[misc]


def print_of(details: Details) -> str:
    """A mark by which the same details are known again; says nothing of them."""
    return hashlib.sha256(repr(details).encode()).hexdigest()[:16]


async def send_now(turn: Turn) -> None:
    """Bring forward what waits for its hour."""
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.value))
        await waiting.bring_forward(uow, meeting, by=by, now=turn.now)
        await uow.commit()


feature = Feature(
    actions={Action.MEETING_SEND: Kept(send_now)},
    errors={
        "meeting.sent_in_past": N_("That moment has passed. Choose a later one, or Now."),
        "meeting.sent_too_late": N_("The time to answer is over before the invitation is sent."),
    },
    log={"meeting.sent_now": N_("{who} sent the invitation to {subject} before its hour")},
)
