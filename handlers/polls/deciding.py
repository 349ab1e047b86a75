"""What those who run the cluster do with a date poll: see who can, remind, close, call off, and call the meeting."""

from __future__ import annotations

from datetime import datetime

from cluster.errors import ClusterError
from cluster.members.settling import away_until
from cluster.overview.homepage import Membership
from cluster.polls import answers, polls, reminders
from cluster.subjects import POLL
from handlers import blocks as b
from handlers.at_home import AtHome, HomeBlock
from handlers.feature import Direct, Feature, Kept
from handlers.ids import number
from handlers.message import Block
from handlers.polls import lookups
from handlers.polls.ids import Action
from handlers.polls.views import desk
from handlers.saying import answer
from handlers.turn import Turn
from storage.unit_of_work import Look
from storage.words import PollState

LED = 52
"""Before the drafts and meetings of the page."""


async def settle(turn: Turn) -> None:
    """Call the meeting on a date."""
    async with turn.unit() as uow:
        poll, by = await lookups.led(uow, turn, number(turn.value))
        await polls.settle(uow, poll, number(turn.value, 1), by=by, now=turn.now)
        await uow.commit()


async def close(turn: Turn) -> None:
    """Take no more answers."""
    async with turn.unit() as uow:
        poll, by = await lookups.led(uow, turn, number(turn.value))
        if not await polls.close(uow, poll, by=by, now=turn.now):
            raise answers.refusal(poll)
        await uow.commit()


async def cancel(turn: Turn) -> None:
    """Call it off."""
    async with turn.unit() as uow:
        poll, by = await lookups.led(uow, turn, number(turn.value))
        if not await polls.cancel(uow, poll, by=by, now=turn.now):
            raise ClusterError("poll.cancelled")
        await uow.commit()


async def show_who(turn: Turn) -> None:
    """Names by date and answer."""
    async with turn.look() as state:
        poll, _ = await lookups.led(state, turn, number(turn.value))
        counted = await answers.count(state, poll)
    await turn.open(desk.who_window(counted, turn.t))


async def remind(turn: Turn) -> None:
    """Remind those who have not answered; at night it waits for the morning."""
    async with turn.unit() as uow:
        poll, by = await lookups.led(uow, turn, number(turn.value))
        if poll.state != PollState.OPEN or turn.now >= poll.answer_by:
            raise answers.refusal(poll)
        silent = [
            each
            for each in (await answers.count(uow, poll)).silent
            if each.slack_user_id is not None and each.id != by.id
        ]
        here = [each for each in silent if away_until(each, turn.now) is None]
        for member in here:
            await reminders.remind_now(uow, poll, member, now=turn.now)
        slot = await reminders.next_moment(uow, poll, now=turn.now)
        await answer(
            uow,
            turn,
            "poll.reminded",
            member_id=by.id,
            cluster_id=poll.cluster_id,
            subject=POLL.about(poll.id),
            people=len(here),
            moment=slot.isoformat(),
        )
        await uow.commit()


async def _look(state: Look, part: Membership, now: datetime) -> list[answers.PollCount]:
    if not part.leads:
        return []
    return [await answers.count(state, poll) for poll in await polls.undecided(state, part.cluster.id, now)]


def _at_home(at: AtHome) -> list[Block]:
    """The polls that are not decided: how they stand, and the doors."""
    blocks: list[Block] = []
    for counted in at.found or []:
        blocks.append(b.section(desk.summary(counted, at.t)))
        blocks.append(b.actions(*desk.buttons(counted, at.t)))
    return blocks


feature = Feature(
    actions={
        Action.POLL_CANCEL: Kept(cancel),
        Action.POLL_CLOSE: Kept(close),
        Action.POLL_REMIND: Kept(remind),
        Action.POLL_SETTLE: Kept(settle),
        Action.POLL_WHO: Direct(show_who),
    },
    home=[HomeBlock(LED, _at_home, look=_look, is_led=True)],
)
