"""What the program itself has to tell: refusals of kept work, our own troubles, messages that did not arrive."""

from __future__ import annotations

from datetime import datetime

from cluster.errors import ClusterError
from cluster.operations import dead_letters
from cluster.operations.room import Kinds
from handlers import myself
from handlers.acting import leader
from handlers.blocks import actions, button, escape, section
from handlers.errors import sentence, trouble
from handlers.feature import Feature, Kept, Notice, Rendering
from handlers.ids import number
from handlers.message import Message
from handlers.onboarding.ids import Action as OnboardingAction
from handlers.operations.ids import Action
from handlers.turn import Turn
from locales import N_

UNCONFIRMED = "place.unconfirmed"
"""A refusal that the person themself can correct."""


async def refusal(r: Rendering) -> Message:
    """A rule said no to something that was kept first."""
    owed = r.owed
    params = {name: escape(value) if isinstance(value, str) else value for name, value in owed.params["params"].items()}
    said = sentence(owed.params["code"], params, r.t, r.errors)
    if owed.params["code"] == UNCONFIRMED:
        confirm = button(r.t("Confirm"), OnboardingAction.MEMBER_WELCOME, params["member"], style="primary")
        return Message(said, [section(said), actions(confirm)])
    return Message(said)


async def failure(r: Rendering) -> Message:
    """Something broke while we worked on what a person did."""
    return Message(trouble(r.owed.params["reference"], r.t))


async def undelivered(r: Rendering) -> Message:
    """To the coordinator: a message that could not be delivered, or came too late to be of use."""
    t, params = r.t, r.owed.params
    said = {"moment": t.moment(datetime.fromisoformat(params["due"])), "number": params["row"]}
    if params["why"] == "missed":
        return Message(
            t("A message that was due on {moment} was not sent in time and has been left out (no. {number}).", **said)
        )
    told = t(
        "A message that was due on {moment} could not be delivered (no. {number}). Slack says: {reason}",
        **said,
        reason=params["reason"],
    )
    again = button(t("Try again"), Action.OUTBOX_RETRY, params["row"])
    return Message(told, [section(told), actions(again)])


async def again(turn: Turn) -> None:
    """A coordinator wants an undelivered message tried once more."""
    row_id = number(turn.value)
    async with turn.unit() as uow:
        row = await dead_letters.get(uow, row_id)
        if row.cluster_id is None:
            raise ClusterError("letter.settled")
        person = await leader(uow, turn, row.cluster_id)
        await dead_letters.retry(uow, row, now=turn.now, actor_id=person.id)
        await myself.answer(uow, turn, person, "bot.retried", number=row_id)
        await uow.commit()


async def retried(r: Rendering) -> Message:
    """To the coordinator: it is tried once more."""
    return Message(r.t("I am trying message no. {number} once more.", number=r.owed.params["number"]))


async def restored(r: Rendering) -> Message:
    """To the coordinator: the bot has lost a piece of its memory."""
    moment = r.t.moment(datetime.fromisoformat(r.owed.params["as_of"]))
    return Message(
        r.t(
            "I have been put back to how things were on {moment}. Answers, numbers and changes since then are lost: "
            "please look at /klynge status and /klynge plan, and ask again for what is missing.",
            moment=moment,
        )
    )


async def unworked(r: Rendering) -> Message:
    """To the coordinator: something a member did could not be carried out."""
    return Message(
        r.t(
            "Something a member asked for went wrong. The member has been told (reference {reference}).",
            reference=r.owed.params["reference"],
        )
    )


feature = Feature(
    actions={Action.OUTBOX_RETRY: Kept(again)},
    errors={"letter.settled": N_("That message no longer needs trying again: it was sent, or somebody tried again.")},
    notices={
        Kinds.ANSWER_ERROR: Notice(refusal),
        Kinds.ANSWER_TROUBLE: Notice(failure),
        Kinds.BOT_RESTORED: Notice(restored),
        Kinds.BOT_RETRIED: Notice(retried),
        Kinds.BOT_UNDELIVERED: Notice(undelivered),
        Kinds.BOT_UNWORKED: Notice(unworked),
    },
    log={
        "letter.retried": N_("{who} tried an undelivered message again"),
    },
    withheld={
        "letter.dropped": N_("A message that could not be delivered was put aside"),
    },
)
