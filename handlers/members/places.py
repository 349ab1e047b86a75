"""Somebody is put into a practice by a list: its people are asked, and all concerned hear what they said."""

from __future__ import annotations

from cluster.members import members, places, practices
from cluster.members.room import Kinds
from cluster.onboarding import passing_on
from handlers import blocks as b
from handlers.acting import actor
from handlers.feature import Feature, Kept, Notice, Rendering
from handlers.ids import number
from handlers.members.ids import Action
from handlers.message import Message
from handlers.onboarding.ids import Action as OnboardingAction
from handlers.turn import Turn
from locales import N_
from storage.models import Member, Practice

CARD = "place.asked"


async def say_yes(turn: Turn) -> None:
    """ "Yes, that is right.\""""
    await _answer(turn, yes=True)


async def say_no(turn: Turn) -> None:
    """ "No, not here.\""""
    await _answer(turn, yes=False)


async def _answer(turn: Turn, *, yes: bool) -> None:
    member_id, practice_id = number(turn.value), number(turn.value, 1)
    async with turn.unit() as uow:
        member = await members.get(uow, member_id)
        by = await actor(uow, turn, member.cluster_id)
        await places.vouch(uow, by, member.id, practice_id, yes=yes, now=turn.now)
        await passing_on.pass_on(uow, member, now=turn.now, actor_id=by.id)
        await uow.commit()


async def render_asked(r: Rendering) -> Message | None:
    """The question, to those who can answer it; afterwards what was said."""
    member, practice = (
        await members.get(r.state, r.number),
        await practices.get(r.state, int(r.owed.params["practice"])),
    )
    names = {"name": b.escape(member.name), "practice": b.escape(practice.name)}
    waits = member.practice_id == practice.id and member.place == places.ASKED and member.active
    if not waits:
        return _settled(r, member, practice)
    if r.owed.member_id not in {each.id for each in await places.askable(r.state, member)}:
        return None
    placed = await members.find(r.state, member.placed_by)
    text = r.t(
        "{name} is now listed at {practice} in the list of members, saved by {who}. Does {name} work there? Until "
        "somebody says yes, {name} sees none of the practice's numbers and can't answer for it.",
        **names,
        who=b.escape(placed.name) if placed else r.t("whoever runs me"),
    )
    value = f"{member.id}:{practice.id}"
    buttons = b.actions(
        b.button(r.t("Yes, that is right"), Action.MEMBER_VOUCH, value, style="primary"),
        b.button(r.t("No"), Action.MEMBER_DISOWN, value),
    )
    return Message(text, [b.section(text), buttons], card=CARD)


def _settled(r: Rendering, member: Member, practice: Practice) -> Message:
    names = {"name": b.escape(member.name), "practice": b.escape(practice.name)}
    if places.is_confirmed(member, practice.id):
        text = r.t("✔ It is noted that {name} works at {practice}.", **names)
    else:
        text = r.t("It is noted that {name} does not work at {practice}, and sees nothing of it.", **names)
    return Message(text, [b.section(text)], card=CARD)


async def render_moved(r: Rendering) -> Message | None:
    """To the person: the list has another practice now."""
    member = await members.get(r.state, r.number)
    if member.practice_id is None or member.confirmed_at is not None or member.place == places.REFUSED:
        return None
    practice = await practices.get(r.state, member.practice_id)
    text = r.t("The list of members now has you at {practice}. Is that right?", practice=b.escape(practice.name))
    if member.place == places.ASKED:
        able = bool(await places.askable(r.state, member))
        text += " " + (
            r.t(
                "I have asked those who can confirm it. Until one of them says yes, you see none of the practice's "
                "numbers."
            )
            if able
            else r.t(
                "Somebody else must say yes, and there is nobody yet: make a colleague deputy under Members. Until "
                "then you see none of the practice's numbers."
            )
        )
    button = b.button(r.t("Look it over and confirm"), OnboardingAction.MEMBER_WELCOME, member.id, style="primary")
    return Message(text, [b.section(text), b.actions(button)])


async def render_answered(r: Rendering) -> Message | None:
    """To the person: what was said."""
    member = await members.get(r.state, r.number)
    if member.practice_id is None:
        return None
    practice = b.escape((await practices.get(r.state, member.practice_id)).name)
    if r.owed.params["yes"]:
        return Message(r.t("{practice} has confirmed that you work there.", practice=practice))
    return Message(
        r.t(
            "The answer was that you don't work at {practice}. Ask the coordinator to correct the list.",
            practice=practice,
        )
    )


async def render_denied(r: Rendering) -> Message | None:
    """To the coordinators: the list is wrong."""
    member = await members.get(r.state, r.number)
    if member.place != places.REFUSED or member.practice_id is None:
        return None
    practice = b.escape((await practices.get(r.state, member.practice_id)).name)
    text = r.t(
        "{practice} says that {name} does not work there. Send a list with the right practice, and that settles it.",
        name=b.escape(member.name),
        practice=practice,
    )
    return Message(text)


feature = Feature(
    actions={Action.MEMBER_VOUCH: Kept(say_yes), Action.MEMBER_DISOWN: Kept(say_no)},
    notices={
        Kinds.PLACE_ASKED: Notice(render_asked),
        Kinds.PLACE_MOVED: Notice(render_moved),
        Kinds.PLACE_ANSWERED: Notice(render_answered),
        Kinds.PLACE_DENIED: Notice(render_denied),
    },
    errors={
        "place.unconfirmed": N_(
            "First it must be confirmed that you work in the practice. Press *Confirm* on my Home page; if you have "
            "already done that, a colleague in the practice must say yes."
        ),
        "place.settled": N_("That has already been settled, or the list has changed."),
        "place.not_yours": N_("Only those who are confirmed in the practice can answer that."),
    },
    log={
        "place.changed": N_("{who} moved {subject} to another practice in the list of members"),
        "place.denied": N_("{who} reported that {subject} does not work in the practice"),
        "place.vouched": N_("{who} confirmed that {subject} works in the practice"),
    },
)
