"""`/klynge åbenhed`: how open a round is, and whether one's own practice shows itself by name."""

from __future__ import annotations

from typing import Any

from cluster.charts import openness, own_rounds
from cluster.disclosure.sights import rules_for
from cluster.members import consent
from cluster.members.places import is_one_of
from cluster.packages.lookup import package_of
from cluster.rounds import rounds
from cluster.subjects import ROUND
from handlers.acting import actor, leader
from handlers.blocks import divider, escape, section
from handlers.charts.ids import Action, View
from handlers.charts.views import openness as views
from handlers.doors import Door, Shelf
from handlers.feature import Command, Direct, Feature, Form, HelpLine, Kept, Told
from handlers.ids import number
from handlers.message import Block, Message
from handlers.rounds.views import asks
from handlers.saying import answer
from handlers.turn import Turn
from locales import N_, Texts
from measures.disclosure.privacy import Openness
from storage.models import Member, Round
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Role


async def show(turn: Turn) -> Message:
    """How open each round is; a button to change it for those who coordinate, their own choice for the rest."""
    member, cluster = turn.require_member(), turn.require_cluster()
    blocks: list[Block] = []
    async with turn.look() as state:
        for round_ in await openness.visible(state, cluster.id):
            blocks += [divider()] if blocks else []
            if member.role in {Role.COORDINATOR, Role.DEPUTY}:
                ladder = await openness.ladder(state, round_)
                blocks += views.of_leader(title_of(round_, turn.t), ladder, rung_of(round_), turn.t)
            blocks += await own_part(state, round_, member, turn.t)
            if not blocks:
                blocks.append(section(f"*{escape(title_of(round_, turn.t))}* · {views.explained('closed', turn.t)}"))
    if not blocks:
        return Message(turn.t("There are no numbers to be open about yet. It begins with /klynge data."))
    return Message(turn.t("How open you are with each other's numbers"), blocks)


async def own_part(state: Reading, round_: Round, member: Member, t: Texts) -> list[Block]:
    """What a member's own practice has chosen in a round, with its buttons; nothing where no choice is."""
    practice_id = member.practice_id
    if practice_id is None or not is_one_of(member, practice_id):
        return []
    if await rounds.of_practice(state, round_.id, practice_id) is None:
        return []
    return views.of_practice(
        round_.id,
        title_of(round_, t),
        await openness.choice_of(state, round_, practice_id),
        t,
        decides=await consent.may_decide(state, member, practice_id),
    )


async def open_form(turn: Turn) -> None:
    """The coordinator wants to change a round."""
    async with turn.look() as state:
        round_ = await rounds.get(state, number(turn.value))
        await leader(state, turn, round_.cluster_id)
        ladder = await openness.ladder(state, round_)
    await turn.open(views.change_form(title_of(round_, turn.t), ladder, rung_of(round_), turn.t))


async def change(turn: Turn) -> None:
    """Set the rung; everybody whom it concerns is told."""
    async with turn.unit() as uow:
        round_ = await rounds.get(uow, number(turn.metadata.get("round")))
        by = await leader(uow, turn, round_.cluster_id)
        changed = await openness.set_rung(uow, round_, str(turn.state.get("rung", "")), actor_id=by.id, now=turn.now)
        await _answer(uow, turn, by, round_, "openness.set", changed=changed)
        await uow.commit()


async def show_name(turn: Turn) -> None:
    """ "Show our numbers with our name in this round"."""
    async with turn.unit() as uow:
        round_, member = await _pressed(uow, turn)
        await openness.choose(uow, round_, member, now=turn.now)
        await _answer(uow, turn, member, round_, "openness.answer")
        await uow.commit()


async def hide_name(turn: Turn) -> None:
    """ "Don't show our name any more"."""
    async with turn.unit() as uow:
        round_, member = await _pressed(uow, turn)
        await openness.hide(uow, round_, member, now=turn.now)
        await _answer(uow, turn, member, round_, "openness.answer", hidden=True)
        await uow.commit()


async def fetch(turn: Turn) -> None:
    """ "Fetch new charts": to the one who asks, and nobody else."""
    async with turn.unit() as uow:
        round_, member = await _pressed(uow, turn)
        await own_rounds.fetch(uow, round_, member, key=f"answer:{turn.inbox_id}", now=turn.now)
        await uow.commit()


async def _pressed(state: Reading, turn: Turn) -> tuple[Round, Member]:
    round_ = await rounds.get(state, number(turn.value))
    return round_, await actor(state, turn, round_.cluster_id)


async def _answer(uow: UnitOfWork, turn: Turn, member: Member, round_: Round, kind: str, **params: Any) -> None:
    await answer(
        uow,
        turn,
        kind,
        member_id=member.id,
        cluster_id=round_.cluster_id,
        subject=ROUND.about(round_.id),
        **params,
    )


def rung_of(round_: Round) -> Openness:
    """How open a round is."""
    return rules_for(round_).openness


def title_of(round_: Round, t: Texts) -> str:
    """What a round is about."""
    return asks.title(package_of(round_), t)


feature = Feature(
    commands=[
        Command(
            ("åbenhed", "openness"),
            Direct(show),
            told=Told(
                50,
                readme=N_(
                    "how open you are with each other's numbers; each practice chooses whether it appears with its name"
                ),
                coordinator=N_(
                    "coordinator: how open each collection of numbers is, how many have said yes, and the button to "
                    "change it; member: whether the practice appears with its name"
                ),
                member=N_("how open a collection of numbers is, and whether your practice appears with its name"),
            ),
            help=(
                HelpLine(
                    50,
                    N_("how open you are with each other's numbers, and whether yours appear with your name"),
                ),
            ),
            door=Door(Action.CLUSTER_OPENNESS, Shelf.NUMBERS, N_("How open we are")),
        )
    ],
    actions={
        Action.OPENNESS_CHANGE: Direct(open_form),
        Action.OPENNESS_SHOW: Kept(show_name),
        Action.OPENNESS_HIDE: Kept(hide_name),
        Action.OPENNESS_FETCH: Kept(fetch),
    },
    forms={View.OPENNESS_FORM: Form(change)},
    errors={
        "openness.too_late": N_("That round is over for your practice, so nothing can be changed in it."),
        "openness.not_up": N_(
            "The charts have been sent, so the round can only be made more closed, or open if everybody says yes."
        ),
        "openness.no_names": N_("No names are shown in this round."),
        "openness.no_charts": N_("There are no charts for your practice in this round."),
    },
    log={
        "openness.letters": N_("Letters were drawn for the charts about {subject}"),
        "openness.set": N_("{who} changed the openness about {subject}"),
    },
    withheld={
        "name.given": N_("{who} allowed the practice's name to be shown"),
        "name.taken_back": N_("{who} no longer allows the practice's name to be shown"),
    },
)
