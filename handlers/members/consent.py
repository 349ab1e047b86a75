"""A practice's consent, given or withdrawn with a button."""

from __future__ import annotations

from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members import consent, consent_terms, members, practices
from cluster.members.room import Kinds
from cluster.notices import Owed
from handlers import blocks as b
from handlers.feature import Feature, Kept, Notice, Rendering, Step
from handlers.ids import number
from handlers.members.ids import Action
from handlers.message import Message
from handlers.myself import answer
from handlers.turn import Tools, Turn
from handlers.undoing import Undoing
from locales import N_
from storage.models import Member
from storage.unit_of_work import Reading, UnitOfWork


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


async def prolong_consent(turn: Turn) -> None:
    """The button under the question before a consent ends, or on the home page."""
    async with turn.unit() as uow:
        member = await _at_practice(uow, turn)
        await consent.prolong(uow, member, now=turn.now)
        await answer(uow, turn, member, "consent.answer", holds=True)
        await uow.commit()


async def end_consent(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The day that a consent ends on."""
    await consent_terms.end(uow, owed.number, now=tools.clock.now())


async def _at_practice(state: Reading, turn: Turn) -> Member:
    practice = await practices.get(state, number(turn.value))
    member = await members.by_slack(state, practice.cluster_id, turn.account)
    if member is None or not member.active or member.practice_id != practice.id:
        raise ClusterError("consent.not_yours")
    await consent.own_practice(state, member)
    return member


async def render_consent(r: Rendering) -> Message:
    """The consent as it stands."""
    if r.owed.params["holds"]:
        said = r.t("Thank you. Your practice's consent is noted, with today's date and your name.")
        member = await members.get(r.state, r.number)
        held = await consent.current(r.state, member.practice_id) if member.practice_id else None
        if held is not None and held.expires_at is not None:
            said += " " + r.t("It ends on {day}.", day=r.t.date(local(held.expires_at).date()))
        return Message(said)
    return Message(
        r.t(
            "The consent has been withdrawn. From now on I neither receive nor use your practice's numbers. Charts "
            "already sent cannot be taken back."
        )
    )


async def render_withdrawn(r: Rendering) -> Message:
    """To colleagues and coordinators: a practice's consent no longer holds."""
    practice = await practices.get(r.state, r.number)
    return Message(
        r.t("{practice} has withdrawn the consent to use its numbers.", practice=b.escape(practice.name)),
    )


async def render_ending(r: Rendering) -> Message | None:
    """A month before a consent ends: will you go on? Overtaken when it was renewed or withdrawn."""
    held = await consent_terms.find(r.state, r.number)
    if held is None or held.expires_at is None:
        return None
    member = await members.get(r.state, r.owed.member_id or 0)
    if not await consent_terms.holds(r.state, r.owed, held, member, now=r.tools.clock.now()):
        return None
    practice, day = await practices.get(r.state, held.practice_id), r.t.date(local(held.expires_at).date())
    said = r.t(
        "{practice}'s consent to the use of its numbers in the cluster ends on {day}. Should it continue? Then nothing "
        "changes for you. Otherwise it ends by itself, and I neither receive nor use your numbers from that day.",
        practice=b.escape(practice.name),
        day=day,
    )
    if not await consent.may_decide(r.state, member, practice.id):
        more = r.t("An owner or doctor of the practice decides.")
        return Message(f"{said} {more}")
    renew = b.button(r.t("Renew the consent"), Action.PRACTICE_PROLONG, practice.id, style="primary")
    return Message(said, [b.section(said), b.actions(renew)])


async def render_ended(r: Rendering) -> Message | None:
    """To the practice and the coordinators: a consent has come to its end."""
    practice = await practices.get(r.state, r.number)
    if await consent.holds(r.state, practice.id):
        return None
    name = b.escape(practice.name)
    member = await members.get(r.state, r.owed.member_id or 0)
    if member.practice_id != practice.id:
        said = r.t("{practice}'s consent to the use of its numbers has ended.", practice=name)
        return Message(said)
    said = r.t(
        "{practice}'s consent has ended. From now on I neither receive nor use your numbers. You can consent again "
        "whenever you like.",
        practice=name,
    )
    if not await consent.may_decide(r.state, member, practice.id):
        return Message(said)
    give = b.button(r.t("Give consent"), Action.PRACTICE_PROLONG, practice.id, style="primary")
    return Message(said, [b.section(said), b.actions(give)])


feature = Feature(
    actions={
        Action.PRACTICE_CONSENT: Kept(give_consent),
        Action.PRACTICE_PROLONG: Kept(prolong_consent),
        Action.PRACTICE_WITHDRAW: Kept(withdraw_consent),
    },
    notices={
        Kinds.CONSENT_ANSWER: Notice(render_consent),
        Kinds.CONSENT_ENDING: Notice(
            render_ending, ahead=N_("Question whether the practice's consent should continue")
        ),
        Kinds.CONSENT_ENDED: Notice(render_ended),
        Kinds.CONSENT_WITHDRAWN: Notice(render_withdrawn),
    },
    steps={"consent.end": Step(end_consent, ahead=None)},
    undoings={
        "consent.given": Undoing(
            why_not=N_("A consent is kept as it was given. Withdraw it on your Home page when you like.")
        ),
        "consent.withdrawn": Undoing(
            why_not=N_(
                "A consent that was withdrawn stays withdrawn, and nobody can give it back but you: consent again on "
                "your Home page, and it holds from then on."
            )
        ),
    },
    errors={
        "consent.no_practice": N_("You are not listed at a practice, so you cannot consent on behalf of one."),
        "consent.not_yours": N_("Only an owner or a permanently employed doctor of the practice can decide that."),
        "consent.title_open": N_(
            "Only an owner or a permanently employed doctor can decide that, and I don't know your title. Press Change "
            "on my Home page and tell me."
        ),
    },
    log={
        "consent.ended": N_("The consent of {subject} ended"),
        "consent.given": N_("{who} gave the consent of {subject}"),
        "consent.prolonged": N_("{who} renewed the consent of {subject}"),
        "consent.withdrawn": N_("{who} withdrew the consent of {subject}"),
    },
)
