"""Looking up what a button, a form or an owed row says about a date poll."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cluster.clock import local
from cluster.meetings import meetings
from cluster.members import members
from cluster.polls import answers
from cluster.polls.answers import PollPart
from cluster.polls.details import PollSlot
from cluster.year.obstacles import in_the_way
from handlers.acting import leader
from handlers.feature import Rendering
from handlers.reminders.views.send_time import obstacle
from handlers.turn import Turn
from locales import Texts
from storage.models import Meeting, Member, Poll
from storage.unit_of_work import Reading


async def led(state: Reading, turn: Turn, poll_id: int) -> tuple[Poll, Member]:
    """A poll and the coordinator who acts on it."""
    poll = await answers.get(state, poll_id)
    return poll, await leader(state, turn, poll.cluster_id)


async def part_of(r: Rendering) -> PollPart:
    """The reader's part in the poll that an owed row is about."""
    poll = await answers.get(r.state, r.number)
    reader = await members.get(r.state, r.owed.member_id or 0)
    return await answers.part_of(r.state, poll, reader, r.tools.clock.now())


async def meeting_of(state: Reading, poll: Poll) -> Meeting | None:
    """What came of it."""
    return await meetings.get(state, poll.meeting_id) if poll.meeting_id is not None else None


async def obstacles(state: Reading, poll: Poll, now: datetime, t: Texts) -> dict[int, Sequence[str]]:
    """What is in the way of each of its dates, in sentences."""
    dates = await answers.dates_of(state, poll.id)
    found = await in_the_way(state, poll.cluster_id, sorted({local(each.starts_at).date() for each in dates}), now)
    return {
        each.id: [obstacle(clash, t) for clash in found if clash.day == local(each.starts_at).date()] for each in dates
    }


async def warnings(state: Reading, cluster_id: int, slots: Sequence[PollSlot], now: datetime, t: Texts) -> list[str]:
    """What is in the way of dates that are being written."""
    days = sorted({local(each.starts_at).date() for each in slots})
    return [obstacle(clash, t) for clash in await in_the_way(state, cluster_id, days, now)]
