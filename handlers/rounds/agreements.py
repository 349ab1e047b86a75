"""`/klynge aftale`: what the cluster agreed to change, and the reminder to measure again."""

from __future__ import annotations

from datetime import date
from typing import Any

from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members import members
from cluster.notices import Owed
from cluster.packages.lookup import package_of
from cluster.rounds import agreements, followups, rounds
from cluster.rounds.agreements import Decision
from cluster.rounds.room import Kinds
from handlers.acting import leader
from handlers.blocks import escape, section
from handlers.doors import Door, Shelf
from handlers.errors import say
from handlers.feature import Command, Direct, Feature, Form, HelpLine, Kept, Notice, Rendering, Step, Told
from handlers.ids import number
from handlers.message import Message
from handlers.rounds.ids import Action, View
from handlers.rounds.lookups import period_of
from handlers.rounds.plan_form import form_view
from handlers.rounds.views import agreements as views
from handlers.rounds.views import asks
from handlers.turn import Tools, Turn
from locales import N_, Texts
from measures.packages.package import text
from storage.models import Agreement, Round
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import AgreementState, RoundState


async def open_form(turn: Turn) -> Message | None:
    """The form for those who coordinate, what was agreed for everybody else."""
    async with turn.look() as state:
        if turn.value:
            round_ = await rounds.get(state, number(turn.value))
        else:
            member, cluster = turn.require_member(), turn.require_cluster()
            if member.role not in members.LEADERS:
                return await told(turn, state, cluster.id)
            newest = await followups.newest_shown(state, cluster.id)
            if newest is None:
                raise ClusterError("agreement.too_early")
            round_ = newest
        await leader(state, turn, round_.cluster_id)
        before = await agreements.of_round(state, round_.id)
        _require_open(round_, before)
        suggested = agreements.suggested_day(round_, local(turn.now).date())
    t, package = turn.t, package_of(round_)
    title = escape(text(package.title, t.lang))
    view = views.agreement_form(
        t,
        round_id=round_.id,
        about=f"*{title}*\n{period_of(round_, t)}",
        measures=[(measure.id, text(measure.title, t.lang)) for measure in package.measures],
        words=before.text if before else "",
        measure_id=before.measure_id if before else "",
        again_on=before.measure_again_on if before else suggested,
        suggested=suggested,
    )
    await turn.open(view)
    return None


def _require_open(round_: Round, before: Agreement | None) -> None:
    if round_.released_at is None or round_.state == RoundState.CANCELLED:
        raise ClusterError("agreement.too_early")
    if before is not None and before.state == AgreementState.MEASURED:
        raise ClusterError("agreement.is_measured")


async def told(turn: Turn, state: Reading, cluster_id: int) -> Message:
    """What stands agreed."""
    found = await agreements.standing(state, cluster_id)
    if not found:
        return Message(turn.t("Nothing is agreed on right now."))
    said = [views.home_text(await _agreed(state, each, turn.t), turn.t) for each in found]
    return Message("\n\n".join(said), [section(each) for each in said])


async def _agreed(state: Reading, agreement: Agreement, t: Texts) -> views.Agreed:
    return views.agreed_of(agreement, await rounds.get(state, agreement.round_id), t)


def decision_of(state: dict[str, Any]) -> Decision:
    """What a filled-in form says. No day chosen, or no wish for one: no new measurement."""
    day = str(state.get("again_on") or "")
    wanted = state.get("again") == views.AGAIN
    if wanted and not day:
        raise ClusterError("agreement.no_day", field="again_on")
    measure = str(state.get("measure") or views.WHOLE)
    return Decision(
        text=str(state.get("text") or "").strip(),
        measure_id="" if measure == views.WHOLE else measure,
        again_on=date.fromisoformat(day) if wanted else None,
    )


async def check_form(turn: Turn) -> dict[str, str] | None:
    """Every field that cannot be right, with its sentence."""
    try:
        decision = decision_of(turn.state)
    except ClusterError as error:
        return {error.field or "text": say(error, turn.t, ERRORS)}
    async with turn.look() as state:
        round_ = await rounds.get(state, number(turn.metadata.get("round")))
        await leader(state, turn, round_.cluster_id)
        wrong = agreements.flaws(round_, decision, local(turn.now).date())
    return {error.field or "text": say(error, turn.t, ERRORS) for error in wrong} or None


async def keep(turn: Turn) -> None:
    """Write it down, and let the cluster know."""
    async with turn.unit() as uow:
        round_ = await rounds.get(uow, number(turn.metadata.get("round")))
        by = await leader(uow, turn, round_.cluster_id)
        await agreements.settle(uow, round_, decision_of(turn.state), actor_id=by.id, now=turn.now)
        await uow.commit()


async def drop(turn: Turn) -> None:
    """Not agreed any more."""
    async with turn.unit() as uow:
        agreement = await agreements.get(uow, number(turn.value))
        by = await leader(uow, turn, agreement.cluster_id)
        await agreements.drop(uow, agreement, actor_id=by.id, now=turn.now)
        await uow.commit()


async def measure_again(turn: Turn) -> None:
    """`/klynge data`, filled in: the same question, a new period, the same people."""
    async with turn.look() as state:
        again = await followups.again(state, number(turn.value), local(turn.now).date())
        await leader(state, turn, again.follows.cluster_id)
        if await followups.is_underway(state, again.follows.id):
            raise ClusterError("agreement.is_measured")
        view = await form_view(turn, state, again.follows.cluster_id, again)
    await turn.open(view)


async def question_step(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The meeting is over: ask the coordinators what came of it, if they have not said."""
    round_ = await rounds.get(uow, owed.number)
    await followups.ask_what_was_agreed(uow, round_, now=tools.clock.now())


async def due_step(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The day has come."""
    agreement = await agreements.get(uow, owed.number)
    await agreements.come_due(uow, agreement, now=tools.clock.now())


async def ask(r: Rendering) -> Message | None:
    """To a coordinator: what came of the charts?"""
    round_ = await rounds.get(r.state, r.number)
    if round_.state == RoundState.CANCELLED or await agreements.of_round(r.state, round_.id) is not None:
        return None
    said = r.t(
        "What did you agree on after {title}? Numbers alone change little: a sentence about what you will do "
        "differently, and a day to measure again, make the difference.",
        title=asks.title(package_of(round_), r.t),
    )
    return Message(said, [section(said), views.ask_button(round_.id, r.t)])


async def noted(r: Rendering) -> Message:
    """The coordinator's card."""
    agreed = await _agreed(r.state, await agreements.get(r.state, r.number), r.t)
    said = views.card_text(agreed, r.t)
    return Message(said, views.card_blocks(agreed, r.t, said), card="agreement.noted")


async def channel(r: Rendering) -> Message:
    """The words in the channel."""
    agreed = await _agreed(r.state, await agreements.get(r.state, r.number), r.t)
    said = views.channel_text(agreed, r.t)
    return Message(said, [section(said)], card="agreement.channel")


async def time(r: Rendering) -> Message | None:
    """To a coordinator on the day: time to measure again. Nothing when it was measured, dropped or moved meanwhile."""
    agreement = await agreements.get(r.state, r.number)
    round_ = await rounds.get(r.state, agreement.round_id)
    day = agreement.measure_again_on
    if not agreements.is_waited_for(agreement, round_) or day is None or day > local(r.tools.clock.now()).date():
        return None
    agreed = await _agreed(r.state, agreement, r.t)
    head = r.t("*It is time to measure again.* After {topic} you agreed on this:", topic=agreed.topic)
    then = r.t("The button opens the form with the same questions, a new period and the same people.")
    said = f"{head}\n{views.quoted(agreed.text)}\n{then}"
    return Message(said, views.card_blocks(agreed, r.t, said, due=True))


ERRORS = {
    "agreement.empty": N_("Write in a sentence what you agreed on."),
    "agreement.no_such_measure": N_("That is not part of the topic. Choose another."),
    "agreement.no_day": N_("Choose a day, or “No new measurement”."),
    "agreement.day_past": N_("That day has passed. Choose a later one."),
    "agreement.day_off": N_("General practices are closed that day. Choose a workday."),
    "agreement.too_early": N_("There is nothing to agree on yet: send the charts first, with /klynge grafer."),
    "agreement.is_measured": N_("It is already being measured again. See /klynge status."),
    "agreement.is_over": N_("That agreement is already over."),
    "agreement.unknown": N_("I can't find that agreement any more."),
}

feature = Feature(
    commands=[
        Command(
            ("aftale", "agreement"),
            Direct(open_form),
            told=Told(
                90,
                readme=N_("what you agreed on; when you measure again, the numbers come before and after"),
                coordinator=N_(
                    "coordinator: write down what you agreed, and when you measure again; member: see the agreement"
                ),
                member=N_("what the cluster has agreed to do differently, and when it measures again"),
                hint=50,
            ),
            help=(HelpLine(60, N_("what the cluster has agreed to change, and when it measures again")),),
            door=Door(Action.CLUSTER_AGREEMENT, Shelf.NUMBERS, N_("What we agreed"), led=N_("What did we agree?")),
        )
    ],
    actions={
        Action.AGREEMENT_OPEN: Direct(open_form),
        Action.AGREEMENT_DROP: Kept(drop),
        Action.AGREEMENT_MEASURE: Direct(measure_again),
    },
    forms={View.AGREEMENT_FORM: Form(keep, check_form)},
    steps={
        "agreement.question": Step(question_step, ahead=N_("“What did you agree on?” to the coordinator")),
        "agreement.due": Step(due_step, ahead=N_("The day to measure again, told to the coordinator")),
    },
    notices={
        Kinds.AGREEMENT_ASK: Notice(ask),
        Kinds.AGREEMENT_NOTED: Notice(noted),
        Kinds.AGREEMENT_CHANNEL: Notice(channel),
        Kinds.AGREEMENT_TIME: Notice(time),
    },
    errors=ERRORS,
    log={
        "agreement.changed": N_("{who} changed the agreement about {subject}"),
        "agreement.dropped": N_("{who} dropped the agreement about {subject}"),
        "agreement.noted": N_("{who} wrote down what was agreed about {subject}"),
    },
)
