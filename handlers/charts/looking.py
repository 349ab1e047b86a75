"""Before charts are sent: a practice looks at its numbers once more; the coordinator knows when they go out."""

from __future__ import annotations

from cluster.charts import holding, releases
from cluster.charts.room import Kinds
from cluster.members import members
from cluster.notices import Owed
from cluster.packages.lookup import package_of
from cluster.rounds import rounds, standing
from handlers.acting import actor, leader
from handlers.blocks import context
from handlers.charts.ids import Action
from handlers.charts.views import looking as views
from handlers.feature import Feature, Kept, Notice, Rendering, Step
from handlers.ids import number
from handlers.message import Message
from handlers.rounds.lookups import period_of, practice_of
from handlers.rounds.views.asks import title
from handlers.submissions.views import submissions as answers
from handlers.turn import Tools, Turn
from locales import N_
from storage.unit_of_work import UnitOfWork
from storage.words import How


async def question(r: Rendering) -> Message | None:
    """To the practice: all its numbers of the topic, and nothing of which, how far or which way."""
    part, round_ = await rounds.assignment(r.state, r.number)
    reader = await members.find(r.state, r.owed.member_id)
    given = await standing.accepted(r.state, round_.id, part.practice_id)
    if reader is None or not rounds.may_answer(reader, part):
        return None
    looks = await holding.waiting_for(r.state, part)
    if round_.held_until is None or given is None or not looks:
        return _over(r) if r.owed.how == How.UPDATE else None
    changed = given.id != looks[0].submission_id
    if changed or all(each.right_at for each in looks):
        said = (
            r.t("Thank you! The new numbers are used.")
            if changed
            else r.t("Thank you! The numbers are used as they are.")
        )
        return Message(said, [context(said)], card=holding.CARD)
    practice = await practice_of(r.state, part)
    read = answers.NumbersRead(
        submission_id=given.id,
        assignment_id=part.id,
        package=package_of(round_),
        practice=practice.name,
        period=period_of(round_, r.t),
        numbers=given.numbers,
        before={},
        questions=(),
    )
    said = r.t(
        "Will you look through your numbers on {title} once more, before the charts are sent on {moment}?",
        title=title(read.package, r.t),
        moment=r.t.moment(round_.held_until),
    )
    text = "\n".join([said, answers.where(read), answers.lines(read, r.t)])
    return Message(text, views.question(text, read, r.t), card=holding.CARD)


def _over(r: Rendering) -> Message:
    said = r.t("The time for this is over. You can still correct your numbers on the request.")
    return Message(said, [context(said)], card=holding.CARD)


async def right(turn: Turn) -> None:
    """ "The numbers are right." """
    async with turn.unit() as uow:
        part, round_ = await rounds.assignment(uow, number(turn.value))
        member = await actor(uow, turn, round_.cluster_id)
        await holding.confirm(uow, part, member, now=turn.now)
        await uow.commit()


async def send_now(turn: Turn) -> None:
    """ "Send now": the coordinator waits no longer."""
    async with turn.unit() as uow:
        round_ = await rounds.get(uow, number(turn.value))
        member = await leader(uow, turn, round_.cluster_id)
        await releases.release(uow, round_, actor_id=member.id, now=turn.now, waited=True)
        await uow.commit()


async def send_step(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The wait is over by itself."""
    round_ = await rounds.get(uow, owed.number)
    await releases.after_hold(uow, round_, actor_id=owed.params.get("actor"), now=tools.clock.now())


async def held(r: Rendering) -> Message | None:
    """To the coordinators: when the charts are sent, and nothing else."""
    round_ = await rounds.get(r.state, r.number)
    if round_.held_until is None:
        if r.owed.how != How.UPDATE:
            return None
        said = r.t("The charts on {title} are no longer waiting.", title=title(package_of(round_), r.t))
        return Message(said, [context(said)], card=holding.TOLD)
    said = views.held_line(title(package_of(round_), r.t), round_.held_until, r.t)
    return Message(said, views.held(said, round_.id, r.t), card=holding.TOLD)


feature = Feature(
    actions={Action.LOOK_RIGHT: Kept(right), Action.ROUND_SEND: Kept(send_now)},
    notices={
        Kinds.DATA_LOOK: Notice(question),
        Kinds.ROUND_HELD: Notice(held),
    },
    steps={"round.send": Step(send_step, ahead=N_("The charts are sent; some numbers are being checked until then"))},
    errors={
        "look.over": N_("That is already over. You can still correct your numbers on the request."),
        "round.is_held": N_("The charts are about to be sent; some numbers are being checked. See /klynge status."),
    },
    log={
        "round.held": N_("The charts about {subject} are waiting while some numbers are checked"),
    },
)
