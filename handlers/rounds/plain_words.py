"""What is asked in plain words about collecting numbers: what to send, until when, and what was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cluster.members import members
from cluster.packages.lookup import package_of
from cluster.rounds import rounds, standing
from handlers import blocks as b
from handlers.feature import Direct, Feature, Intent, sentences
from handlers.message import Block, Message
from handlers.rounds import agreements
from handlers.rounds.ids import Action
from handlers.rounds.lookups import ask_of
from handlers.rounds.views import asks
from handlers.submissions.ids import Action as SubmissionAction
from handlers.turn import Turn
from locales import N_, Texts
from measures.packages.package import Package
from storage.models import Assignment, Round
from storage.unit_of_work import Reading

MOST = 3
"""Rounds that are shown at once."""


class OpenPart(NamedTuple):
    """What a practice is asked for and has not given."""

    part: Assignment
    round: Round
    is_own: bool
    """Whether it is the reader who is asked and reminded, and not a colleague."""


async def deadline(turn: Turn) -> Message:
    """Until when numbers are asked for, and whether the own ones are there."""
    member, t = turn.require_member(), turn.t
    async with turn.look() as state:
        running = (await rounds.running(state, member.cluster_id))[:MOST]
        open_ones = {each.round.id: each for each in await _open(state, turn)}
    if not running:
        return Message(t("No numbers are being collected right now, so you owe nothing."))
    lines: list[str] = []
    blocks: list[Block] = []
    for round_ in running:
        found = open_ones.get(round_.id)
        said = t(
            "Numbers on *{title}*: the deadline is {moment}.",
            title=b.escape(asks.title(package_of(round_), t)),
            moment=t.moment(round_.deadline),
        )
        if found is not None:
            said += " " + t("Yours are missing.")
        lines.append(said)
        blocks += [b.section(said), *([_buttons(found, t)] if found is not None else [])]
    return Message("\n".join(lines), blocks)


async def what_to_send(turn: Turn) -> Message:
    """The whole request again, with the ways to answer it."""
    t = turn.t
    async with turn.look() as state:
        asked = [(each, await ask_of(state, each.part, each.round, t)) for each in await _open(state, turn)]
    if not asked:
        return _nothing(turn)
    blocks = [block for each, ask in asked[:1] for block in (*asks.request(ask, t), _buttons(each, t))]
    for each, ask in asked[1:MOST]:
        blocks += [b.section(f"*{b.escape(asks.title(ask.package, t))}*"), _buttons(each, t)]
    said = t(
        "This is what your practice is asked for: {titles}.", titles=_titles(turn, [each.package for _, each in asked])
    )
    return Message(said, blocks)


async def guide(turn: Turn) -> Message:
    """Where to find the numbers: a button for each round that waits."""
    said = turn.t("This is how you find the numbers, step by step in your own record system:")
    return await _each(turn, said, turn.t("How to find the numbers"), Action.ASSIGNMENT_GUIDE)


async def no_numbers(turn: Turn) -> Message:
    """ "We have no numbers": shall it be noted? The form asks why."""
    said = turn.t("Shall I note that you have no numbers this time? I have not noted anything yet.")
    return await _each(turn, said, turn.t("No data"), SubmissionAction.ASSIGNMENT_NONE)


async def send_numbers(turn: Turn) -> Message:
    """Somebody wants to send numbers: the ways to do it."""
    said = turn.t("Press *Enter numbers*, drop the file here, or write the numbers to me with a word before each.")
    return await _each(turn, said, turn.t("Enter numbers"), SubmissionAction.ASSIGNMENT_ENTER)


async def _each(turn: Turn, said: str, label: str, action: str) -> Message:
    """What is said, with a button under it for each round that waits."""
    async with turn.look() as state:
        asked = await _open(state, turn)
    if not asked:
        return _nothing(turn)
    titles = [(part, b.escape(asks.title(package_of(round_), turn.t))) for part, round_, _ in asked[:MOST]]
    rows = [b.section(f"*{title}*", b.button(label, action, part.id)) for part, title in titles]
    return Message(said, [b.section(said), *rows])


def _titles(turn: Turn, packages: Sequence[Package]) -> str:
    return turn.t.listing([b.escape(asks.title(each, turn.t)) for each in packages])


def _nothing(turn: Turn) -> Message:
    return Message(turn.t("Your practice is asked for no numbers right now, so you owe nothing."))


def _buttons(found: OpenPart, t: Texts) -> Block:
    return asks.answer_buttons(found.part.id, t, later=found.is_own)


async def _open(state: Reading, turn: Turn) -> list[OpenPart]:
    """What the reader is asked for, alone or with colleagues, and has not given."""
    person = [member for member, _ in await members.memberships(state, turn.team_id, turn.account)]
    mine = {member.id for member in person}
    return [
        OpenPart(part, round_, part.member_id in mine)
        for part, round_ in await rounds.owed_by(state, person)
        if await standing.accepted(state, round_.id, part.practice_id) is None
    ]


async def agreed(turn: Turn) -> Message:
    """What the cluster agreed to change; those who run it can note something new."""
    member = turn.require_member()
    async with turn.look() as state:
        said = await agreements.told(turn, state, member.cluster_id)
    if member.role not in members.LEADERS:
        return said
    note = b.actions(b.button(turn.t("Note what was agreed"), Action.CLUSTER_AGREEMENT, member.cluster_id))
    return Message(said.text, [*(said.blocks or [b.section(said.text)]), note])


async def start(turn: Turn) -> Message:
    """The form for asking opens by a button."""
    said = turn.t(
        "Shall we ask the practices for numbers? The button opens the form; nobody is asked before you send it."
    )
    cluster_id = turn.require_member().cluster_id
    return b.asking(said, b.button(turn.t("Ask for numbers"), Action.CLUSTER_NUMBERS, cluster_id, style="primary"))


feature = Feature(
    intents={
        "deadline": Intent(sentences(__file__, "deadline"), Direct(deadline), N_("When is the deadline?")),
        "what_to_send": Intent(
            sentences(__file__, "what_to_send"), Direct(what_to_send), N_("What shall I send?"), everywhere=True
        ),
        "send_numbers": Intent(
            sentences(__file__, "send_numbers"), Direct(send_numbers), N_("Send numbers"), everywhere=True
        ),
        "find_numbers": Intent(
            sentences(__file__, "find_numbers"), Direct(guide), N_("How to find the numbers"), everywhere=True
        ),
        "no_numbers": Intent(
            sentences(__file__, "no_numbers"),
            Direct(no_numbers),
            N_("We have no numbers"),
            changes=True,
            everywhere=True,
        ),
        "agreed": Intent(sentences(__file__, "agreed"), Direct(agreed), N_("What was agreed?")),
        "ask_for_numbers": Intent(
            sentences(__file__, "ask_for_numbers"), Direct(start), N_("Ask for numbers"), leads=True, changes=True
        ),
    }
)
