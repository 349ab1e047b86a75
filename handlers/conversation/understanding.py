"""Plain words: what they ask for is shown at once, what they would change is asked about, and nothing is guessed.

The templates are each room's (``Feature.intents``); several meanings, or none, are answered with a few buttons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cluster.meetings.typed_answers import read_answer
from cluster.members import members
from cluster.notices import ANSWER, owe
from cluster.overview.last_words import last_words
from cluster.overview.room import Kinds
from cluster.rounds import standing
from handlers.acting import place_of
from handlers.conversation.ids import Action
from handlers.feature import Feature, Intent, Kept
from handlers.meetings import invitations
from handlers.overview import help as helping
from handlers.saying import PRIVATELY
from handlers.submissions.typed_numbers import FRESH
from handlers.turn import Turn
from handlers.words.grammar import Heard, is_quoted

SMALL_TALK = "%Y-%m-%dT%H"
"""Kind words are answered once in an hour of the clock."""


def heard_of(turn: Turn) -> list[Heard]:
    """Everything that the words of a message may mean; what would change something is not taken from a quotation."""
    table = turn.tools.table
    found = helping.meant_by(turn.member, table.grammar.read(turn.words), table)
    return [each for each in found if not (table.intents[each.name].changes and is_quoted(turn.words))]


def is_sure(turn: Turn, heard: Sequence[Heard]) -> bool:
    """Whether something is asked for, and no mere kindness. What is a clear answer to an invitation stays one, and
    what takes one back looks first for what was just noted.
    """
    if not heard or any(turn.tools.table.intents[each.name].is_small_talk for each in heard):
        return False
    answer = read_answer(turn.words)
    return answer is None or not (answer.sure or answer.takes_back)


async def ask_again(turn: Turn) -> bool:
    """A bare "yes" or "no" right after a question of ours to plain words. Whether something shall be changed is
    answered with the buttons, which are shown again; after "is it one of these?" it is asked whether a meeting is
    meant.
    """
    reply = read_answer(turn.words)
    if turn.member is None or reply is None or reply.explicit or reply.takes_back or not (reply.sure or reply.nods):
        return False
    thread = str(turn.body["event"].get("thread_ts") or "")
    async with turn.look() as state:
        person = [member.id for member, _ in await members.memberships(state, turn.team_id, turn.account)]
        last = await last_words(state, person, turn.channel_id, thread, since=turn.now - FRESH)
        drafts = await standing.fresh_drafts(state, person, since=turn.now - FRESH)
    if last is None or last.kind != Kinds.HELP_ANSWER:
        return False
    asked = turn.tools.table.intents.get(last.params["topic"])
    if asked is None:  # "is it one of these?"
        return not drafts and await invitations.ask(turn)
    if not asked.changes:
        return False
    await helping.owe_answer(turn, last.params["topic"], place_of(turn), last.params.get("slots") or {}, again=True)
    return True


async def take(turn: Turn, heard: Sequence[Heard]) -> None:
    """Do what was understood; several meanings are asked about, and to words without one the likely ones are named."""
    if len(heard) == 1 and turn.member is not None:
        intent = turn.tools.table.intents[heard[0].name]
        if intent.is_small_talk:
            await _be_kind(turn, heard[0])
        else:
            await _do(turn, intent, heard[0])
    else:
        await helping.receive(turn, [each.name for each in heard])


async def _do(turn: Turn, intent: Intent, heard: Heard) -> None:
    if isinstance(intent.run, Kept) and helping.may(turn.member, intent):
        await intent.run.run(replace(turn, state=dict(heard.slots)))
    else:
        await helping.owe_answer(turn, heard.name, place_of(turn), heard.slots)


async def _be_kind(turn: Turn, heard: Heard) -> None:
    member, place = turn.require_member(), place_of(turn)
    async with turn.unit() as uow:
        await owe(
            uow,
            "help.answer",
            key=f"kind:{heard.name}:{member.id}:{turn.now.strftime(SMALL_TALK)}",
            now=turn.now,
            member_id=member.id,
            channel_id=place.channel_id,
            thread_ts=place.thread_ts,
            cluster_id=member.cluster_id,
            urgency=ANSWER,
            topic=heard.name,
        )
        await uow.commit()


async def pick(turn: Turn) -> None:
    """A button under words that were not quite understood: what it names is done as if it had been said."""
    member, intent = turn.require_member(), turn.tools.table.intents.get(turn.value)
    if intent is None:
        await helping.owe_answer(turn, "asked", PRIVATELY, {})
    elif isinstance(intent.run, Kept) and helping.may(member, intent):
        await intent.run.run(turn)
    else:
        await helping.owe_answer(turn, turn.value, PRIVATELY, {})


feature = Feature(actions={Action.WORDS_PICK: Kept(pick)})
