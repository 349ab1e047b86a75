"""A round that runs: remind, close, call off, and what comes of itself."""

from __future__ import annotations

from cluster.charts import releases
from cluster.errors import ClusterError
from cluster.members.cluster_rules import rules_of
from cluster.notices import Owed
from cluster.rounds import reminders, rounds, standing
from cluster.subjects import ROUND
from handlers.acting import leader
from handlers.ids import number
from handlers.saying import answer
from handlers.turn import Tools, Turn
from storage.models import Round
from storage.unit_of_work import UnitOfWork


async def remind(turn: Turn) -> None:
    """Ask those who still owe once more, at the next decent hour; once a day at most."""
    async with turn.unit() as uow:
        round_, member_id = await _led(uow, turn)
        if round_.state not in rounds.TAKING:
            raise ClusterError("round.not_running")
        rules = await rules_of(uow, round_.cluster_id)
        owed = 0
        for each in await standing.of_round(uow, round_.id):
            if not each.answered:
                part, _ = await rounds.assignment(uow, each.assignment_id)
                owed += await reminders.nudge(uow, round_, part, rules, now=turn.now)
        await answer(
            uow,
            turn,
            "round.reminded",
            member_id=member_id,
            cluster_id=round_.cluster_id,
            subject=ROUND.about(round_.id),
            reminded=owed,
        )
        await uow.commit()


async def close(turn: Turn) -> None:
    """Take no more numbers; charts are renewed a last time where that gives nobody away."""
    async with turn.unit() as uow:
        round_, member_id = await _led(uow, turn)
        await releases.close(uow, round_, actor_id=member_id, now=turn.now)
        await uow.commit()


async def cancel(turn: Turn) -> None:
    """Call the round off."""
    async with turn.unit() as uow:
        round_, member_id = await _led(uow, turn)
        await rounds.cancel(uow, round_, actor_id=member_id, now=turn.now)
        await rounds.tell_coordinators(uow, "round.cancelled", round_, key=f"cancelled:{round_.id}", now=turn.now)
        await uow.commit()


async def _led(uow: UnitOfWork, turn: Turn) -> tuple[Round, int]:
    round_ = await rounds.get(uow, number(turn.value))
    return round_, (await leader(uow, turn, round_.cluster_id)).id


async def deadline_step(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The deadline has come: charts by themselves when the rule is met."""
    await releases.at_deadline(uow, await rounds.get(uow, owed.number), now=tools.clock.now())


async def close_step(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """Long after the deadline a round closes by itself."""
    round_ = await rounds.get(uow, owed.number)
    if round_.state in rounds.TAKING:
        await releases.close(uow, round_, actor_id=None, now=tools.clock.now())
