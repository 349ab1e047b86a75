"""What can be done here, in the reader's language and role; also the answer to words that nobody understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cluster.members import cluster_rules, members
from cluster.members.belonging import account_of
from cluster.members.organisations import OURS
from cluster.overview.room import Kinds
from cluster.submissions.submissions import VerdictPlace
from handlers import blocks as b
from handlers.acting import message_thread
from handlers.conversation.ids import Action as Words
from handlers.doors import Door, Shelf
from handlers.feature import Command, Direct, Feature, FeatureTable, Intent, Kept, Notice, Rendering, Told
from handlers.message import Message
from handlers.overview.ids import Action
from handlers.saying import answer
from handlers.turn import Turn
from handlers.words.grammar import Heard
from locales import N_, Texts
from measures.checking.chat import plain
from storage.models import Member

KNOWN = {"", "hjælp", "help"}
NOT_UNDERSTOOD = N_(
    "I am afraid I did not understand that, so I have not noted anything. Is it one of these? Or write *help*."
)
PRESS = N_(
    "I have noted nothing: that question is answered with a button, so that nothing is misread. Here it is again."
)
NO_SLOTS: Mapping[str, str] = {}
USUAL = ("owed", "next_meeting", "asked")
"""What is offered when nothing is likely."""
FEW, ENOUGH = 3, 12
"""Buttons that are shown, and meanings that are kept until it is known which of them this reader may have."""


def usage_hint(table: FeatureTable) -> str:
    """What Slack shows while ``/klynge`` is typed."""
    shown = [(one.told.hint, one.names[0]) for one in table.said if one.told is not None and one.told.hint]
    return " | ".join(name for _, name in sorted(shown))


async def show(turn: Turn) -> Message:
    """The help, as the answer to a command; plain words after it are understood as they are in a message."""
    raw = str(turn.body.get("text") or "").strip()
    written = plain(raw)
    if written.casefold() in KNOWN or turn.member is None:
        return Message(explain(turn.member, turn.tools.table, turn.t))
    heard = meant_by(turn.member, turn.tools.table.grammar.read(written), turn.tools.table)
    if len(heard) == 1 and (said := await answer_to(turn, heard[0].name, heard[0].slots)) is not None:
        return said
    likely = [each.name for each in heard] or likely_in(written, turn.tools.table)
    unknown = turn.t("I don't know “{words}”.", words=b.escape(raw[:40]))
    return choices(turn.member, likely, turn.tools.table, turn.t, said=unknown)


async def receive(turn: Turn, meant: Sequence[str] = ()) -> None:
    """Words that mean nothing to us, or several things (``meant``): a kind answer with a few buttons."""
    likely = list(meant) or likely_in(turn.words, turn.tools.table)
    topic = "several" if meant else "unknown"
    await owe_answer(turn, topic, VerdictPlace(turn.channel_id, message_thread(turn)), of=likely[:ENOUGH])


async def owe_answer(
    turn: Turn,
    topic: str,
    place: VerdictPlace,
    slots: Mapping[str, str] = NO_SLOTS,
    of: Sequence[str] = (),
    *,
    again: bool = False,
) -> None:
    """Owe the answer to what was asked for: it is made from the state as it is then. ``again``: it was a question, and
    was answered without its buttons."""
    intent = turn.tools.table.intents.get(topic)
    about = await intent.about(replace(turn, state=dict(slots))) if intent and intent.about and turn.member else ""
    async with turn.unit() as uow:
        await answer(
            uow,
            turn,
            "help.answer",
            subject=about,
            member_id=turn.member.id if turn.member else None,
            place=place,
            cluster_id=turn.cluster.id if turn.cluster else None,
            topic=topic,
            slots=dict(slots),
            of=list(of),
            again=again,
        )
        await uow.commit()


async def render(r: Rendering) -> Message:
    """The answer to plain words: what they ask for, the help, or a few buttons. Nothing was noted."""
    member = await members.get(r.state, r.owed.member_id) if r.owed.member_id else None
    topic, table = str(r.owed.params.get("topic") or "unknown"), r.tools.table
    if member is None:
        lost = r.t("I am afraid I did not understand that.") + "\n\n" if topic == "unknown" else ""
        return Message(lost + explain(member, table, r.t))
    turn = await _as_said(r, member)
    if (said := await answer_to(turn, topic, r.owed.params.get("slots") or {})) is not None:
        return said_before(r.t(PRESS), said) if r.owed.params.get("again") else said
    likely = [str(each) for each in r.owed.params.get("of") or ()]
    said_first = r.t("Do you mean one of these?") if topic == "several" else r.t(NOT_UNDERSTOOD)
    return choices(member, likely, table, r.t, said=said_first)


async def _as_said(r: Rendering, member: Member) -> Turn:
    """The turn again in which the words were said, by the one who said them."""
    cluster = await cluster_rules.get(r.state, member.cluster_id)
    account = account_of(member)
    return Turn(
        kind="event",
        name="message",
        body={},
        tools=r.tools,
        user_id=account.user_id if account else "",
        organisation=account.organisation if account else OURS,
        team_id=cluster.team_id,
        channel_id=r.owed.channel_id or "",
        t=r.t,
        member=member,
        cluster=cluster,
        value=r.owed.subject,
    )


async def answer_to(turn: Turn, name: str, slots: Mapping[str, str] = NO_SLOTS) -> Message | None:
    """What an intent shows this reader, and of which cluster where they are in several; None where it is none, or
    shows nothing."""
    said, intent = await _shown(turn, name, slots), turn.tools.table.intents.get(name)
    if said is None or intent is None or intent.everywhere:
        return said
    async with turn.look() as state:
        several = len(await members.memberships(state, turn.team_id, turn.account)) > 1
    if not several:
        return said
    cluster = turn.require_cluster()
    whose = turn.t(
        "This is about {cluster}. To ask about another of your clusters, write `/klynge` and the same words in its "
        "channel.",
        cluster=b.escape(cluster.name) or f"<#{cluster.channel_id}>",
    )
    return said_before(whose, said)


def said_before(words: str, said: Message) -> Message:
    """A message with a sentence before it."""
    blocks = [b.section(words), *(said.blocks or [b.section(said.text)])]
    return replace(said, text=f"{words}\n{said.text}", blocks=blocks)


async def _shown(turn: Turn, name: str, slots: Mapping[str, str]) -> Message | None:
    table, member, t = turn.tools.table, turn.require_member(), turn.t
    intent = table.intents.get(name)
    if name == "asked":
        return Message(explain(member, table, t))
    if intent is None:
        return None
    if not may(member, intent):
        async with turn.look() as state:
            leading = [b.escape(each.name) for each in await members.coordinators(state, member.cluster_id)]
        who = t.listing(leading) or t("the coordinator")
        return Message(t("That is up to the coordinator: {names}.", names=who))
    if isinstance(intent.run, Kept):
        said = t("I send it to you here in our conversation.") if turn.kind == "event" else t("Shall I send it?")
        return b.asking(said, _choice(name, intent, t))
    return await intent.run.run(replace(turn, state=dict(slots)))


def likely_in(words: str, table: FeatureTable) -> list[str]:
    """What words may be about, the most likely first, but no change that they say not to make."""
    refused = table.grammar.refused(words)
    return [name for name in table.grammar.likely(words) if not (name in refused and table.intents[name].changes)]


def meant_by(member: Member | None, heard: Sequence[Heard], table: FeatureTable) -> list[Heard]:
    """Of several meanings those that are for this reader, if any are: "send the charts" said by a member."""
    own = [each for each in heard if may(member, table.intents[each.name])]
    return own or list(heard)


def may(member: Member | None, intent: Intent) -> bool:
    """Whether it is for this reader."""
    return member is not None and (not intent.leads or member.role in members.LEADERS)


def choices(member: Member, likely: Sequence[str], table: FeatureTable, t: Texts, *, said: str) -> Message:
    """At most three things that the reader may have meant, as buttons; what only shows before what may change."""
    open_ones = [
        name for name in likely if (intent := table.intents.get(name)) and intent.label and may(member, intent)
    ]
    open_ones.sort(key=lambda name: table.intents[name].changes)
    usual = [name for name in USUAL if name in table.intents]
    chosen = open_ones[:FEW] or usual[:FEW]
    buttons = [b.actions(_choice(name, table.intents[name], t)) for name in chosen]
    return Message(said, [b.section(said), *buttons])


def _choice(name: str, intent: Intent, t: Texts) -> dict[str, Any]:
    return b.button(t(intent.label), Words.WORDS_PICK, name)


def explain(member: Member | None, table: FeatureTable, t: Texts) -> str:
    """What this reader can do."""
    if member is None:
        return t(
            "I am Klyngebot, and I help kvalitetsklynger with meetings and data. I don't know you yet: ask the "
            "coordinator of your cluster to put you on the list of members. Do you coordinate a cluster yourself? "
            "Invite me to its channel with /invite @Klyngebot."
        )
    lines = [t("This is what you can do:"), *_lines(table, t, leads=False)]
    if member.role in members.LEADERS:
        lines += ["", t("And as coordinator:"), *_lines(table, t, leads=True)]
    return "\n".join(lines)


def _lines(table: FeatureTable, t: Texts, *, leads: bool) -> list[str]:
    """What every feature says can be done, in the order of the places."""
    said = [(line, "") for line in table.hints]
    said += [(line, f"`/klynge {command.names[0]}`: ") for command in table.said for line in command.help]
    chosen = sorted((line.place, f"• {name}{t(line.what)}") for line, name in said if line.leads is leads)
    return [line for _, line in chosen]


feature = Feature(
    commands=[
        Command(
            ("hjælp", "help", ""),
            Direct(show),
            told=Told(0, coordinator=N_("what you can do"), member=N_("help"), hint=100),
            door=Door(Action.CLUSTER_HELP, Shelf.OWN, N_("What can you do?")),
        )
    ],
    notices={Kinds.HELP_ANSWER: Notice(render)},
)
