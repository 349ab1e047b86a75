"""A practice's consent, given or withdrawn with a button."""

from __future__ import annotations

from cluster import consent, members, practices
from cluster.errors import ClusterError
from handlers.ids import Action
from handlers.message import Message
from handlers.myself import answer
from handlers.routes import Kept, Rendering, Routes
from handlers.turn import Turn
from handlers.views import blocks as b
from locales import N_
from storage.models import Member
from storage.unit_of_work import Reading


async def give_consent(turn: Turn) -> None:
    """The button on the home page, or beside a refusal."""
    async with turn.unit() as uow:
        member = await _at_practice(uow, turn)
        await consent.give(uow, member, now=turn.now)
        await answer(uow, turn, member, "consent.answer", holds=True)
        await uow.commit()


async def withdraw_consent(turn: Turn) -> None:
    """The button on the home page."""
    async with turn.unit() as uow:
        member = await _at_practice(uow, turn)
        await consent.withdraw(uow, member, now=turn.now)
        await answer(uow, turn, member, "consent.answer", holds=False)
        await uow.commit()


async def _at_practice(state: Reading, turn: Turn) -> Member:
    practice = await practices.get(state, int(turn.value))
    member = await members.by_slack(state, practice.cluster_id, turn.user_id)
    if member is None or not member.active or not consent.may_decide(member, practice.id):
        raise ClusterError("consent.not_yours")
    return member


async def render_consent(r: Rendering) -> Message:
    """The consent as it stands."""
    if r.owed.params["holds"]:
        return Message(r.t("Thank you. Your practice's consent is noted, with today's date and your name."))
    return Message(
        r.t(
            "The consent is withdrawn. From now on I neither receive nor use your practice's numbers. Charts that were "
            "sent before cannot be called back."
        )
    )


async def render_withdrawn(r: Rendering) -> Message:
    """To colleagues and coordinators: a practice's consent no longer holds."""
    practice = await practices.get(r.state, r.number)
    return Message(
        r.t("{practice} has withdrawn the consent to use its numbers.", practice=b.escape(practice.name)),
    )


routes = Routes(
    actions={Action.PRACTICE_CONSENT: Kept(give_consent), Action.PRACTICE_WITHDRAW: Kept(withdraw_consent)},
    notices={"consent.answer": render_consent, "consent.withdrawn": render_withdrawn},
    errors={
        "consent.no_practice": N_("You are not down at a practice, so you cannot consent on behalf of one."),
        "consent.not_yours": N_("Only an owner or doctor of the practice can decide that."),
    },
)
