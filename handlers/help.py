"""What can be done here, in the reader's language and role; also the answer to words that nobody understood."""

from __future__ import annotations

import re

from cluster import members
from cluster.submissions import Place
from handlers.message import Message
from handlers.parts import message_thread
from handlers.routes import Direct, Rendering, Routes
from handlers.saying import answer
from handlers.turn import Turn
from handlers.views import blocks as b
from locales import Texts
from storage.models import Member

KNOWN = {"", "hjælp", "help"}
ASKING = re.compile(r"\b(hjælp|help|hvad kan du|hvad kan jeg|what can (you|i))\b", re.IGNORECASE)
"""A newcomer's first question, which is not a misunderstanding."""


async def show(turn: Turn) -> Message:
    """The help, as the answer to a command; other words are named, so that a slip of the finger is seen."""
    text = explain(turn.member, turn.t)
    written = str(turn.body.get("text") or "").strip()
    if written.casefold() in KNOWN:
        return Message(text)
    unknown = turn.t("I don't know “{words}”.", words=b.escape(written[:40]))
    return Message(f"{unknown}\n\n{text}")


async def receive(turn: Turn) -> None:
    """Words in the direct messages that mean nothing to us: a kind answer with what can be done."""
    async with turn.unit() as uow:
        await answer(
            uow,
            turn,
            "help.answer",
            member_id=turn.member.id if turn.member else None,
            place=Place(turn.channel_id, message_thread(turn)),
            cluster_id=turn.cluster.id if turn.cluster else None,
            asked=bool(ASKING.search(turn.words)),
        )
        await uow.commit()


async def render(r: Rendering) -> Message:
    """The answer to a call for help, or to words nobody understood."""
    member = await members.get(r.state, r.owed.member_id) if r.owed.member_id else None
    if r.owed.params.get("asked"):
        return Message(explain(member, r.t))
    return Message(r.t("I did not understand that, I am afraid.") + "\n\n" + explain(member, r.t))


def explain(member: Member | None, t: Texts) -> str:
    """What this reader can do."""
    if member is None:
        return t(
            "I am Klyngebot, and I help kvalitetsklynger with meetings and data. I don't know you yet: ask the "
            "coordinator of your cluster to put you on the list of members. Do you coordinate a cluster yourself? "
            "Invite me to its channel with /invite @Klyngebot."
        )
    lines = [
        t("This is what you can do:"),
        t("• Answer an invitation with its buttons, or write *yes*, *no* or *maybe* to me"),
        t(
            "• Send your practice's numbers: press Enter numbers, send the file here, or write for instance "
            "*COPD 130, spirometry 96*"
        ),
        t("• `/klynge status`: what your practice has given, and how many have answered"),
        t("• `/klynge oplæg`: your practice's own page, to print and bring to the meeting"),
        t("• `/klynge åbenhed`: how open you are with each other's numbers, and whether yours stand with your name"),
        t("• `/klynge aftale`: what the cluster has agreed to change, and when it measures again"),
        t("• `/klynge pakker`: what a cluster can measure, and what each package asks for"),
        t("• `/klynge fremmøde`: your own attendance this year"),
        t("• `/klynge oplysninger`: everything I keep about you, as a file"),
        t("• My Home page: your practice, your consent, your language and holidays"),
    ]
    if member.role in members.LEADERS:
        lines += [
            "",
            t("And as coordinator:"),
            t("• `/klynge møde`: plan a meeting"),
            t("• `/klynge data`: ask the practices for numbers"),
            t("• `/klynge udtræk`: order the numbers of all practices in one go, from the region or the kommune"),
            t("• A file with all practices, or a package of your own (.toml), sent here: I tell you what I found"),
            t("• `/klynge grafer`: send the charts"),
            t("• `/klynge oplæg`: the deck for the meeting, and a page for you alone"),
            t("• `/klynge tragt`: your own practice in a funnel, for the statistically minded"),
            t("• `/klynge eksport`: the year's participant lists as a spreadsheet"),
            t("• `/klynge plan`: what I am going to send in the next days"),
            t("• `/klynge log`: who did what in the cluster"),
            t("• `/klynge medlemmer`: practices, members and roles; a list dropped here updates them"),
            t("• `/klynge opsæt`: what the cluster has agreed"),
        ]
    return "\n".join(lines)


routes = Routes(
    commands={"": Direct(show), "hjælp": Direct(show), "help": Direct(show)},
    notices={"help.answer": render},
)
