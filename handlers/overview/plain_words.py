"""What is asked in plain words about everything at once: what is owed, who is missing, and how kind words are met."""

from __future__ import annotations

from dataclasses import replace

from cluster.meetings import invitations, meetings
from cluster.members import members
from cluster.overview.homepage import parts_of
from cluster.packages.lookup import package_of
from cluster.rounds import rounds, standing
from handlers import blocks as b
from handlers.feature import Direct, Feature, Intent, sentences
from handlers.meetings.views.meetings import lead_buttons
from handlers.meetings.views.words import counts, titled
from handlers.message import Block, Message
from handlers.overview import help as helping
from handlers.overview import home, status
from handlers.overview.ids import Action
from handlers.overview.taken_back import ELSEWHERE
from handlers.rounds.ids import Action as RoundAction
from handlers.rounds.views import asks
from handlers.turn import Turn
from locales import N_, Texts
from storage.models import Member

MOST = 3
"""Meetings and rounds that are shown at once."""


async def owed(turn: Turn) -> Message:
    """What the reader is waited for, with the buttons to do it; the same as on the own page."""
    async with turn.look() as state:
        parts = await parts_of(state, turn.team_id, turn.account, turn.now)
        blocks = await home.waits(state, parts, turn.tools.table, turn.now, turn.t)
    text = turn.t("This is what I am waiting for from you:") if blocks else turn.t("You owe nothing right now. ☕")
    return Message(text, [b.section(text), *blocks])


async def who_misses(turn: Turn) -> Message:
    """Who has not answered, for meetings and for numbers: names for those who run the cluster, counts for the rest."""
    member, t = turn.require_member(), turn.t
    leads = member.role in members.LEADERS
    async with turn.look() as state:
        ahead = [each for each in await meetings.ahead_for(state, member, turn.now) if each.answer_by > turn.now]
        told = [(each, await invitations.guests(state, each.id)) for each in ahead[:MOST]]
    blocks: list[Block] = []
    lines: list[str] = []
    for meeting, guests in told:
        said = f"{titled(meeting, t)}\n{counts(guests.tally, t)}"
        if leads and guests.none:
            missing = t.listing([b.escape(guest.name) for guest, _ in guests.none])
            said += "\n" + t("Have not answered: {names}.", names=missing)
        lines.append(said)
        blocks += [b.section(said), *([lead_buttons(meeting, t, turn.now)] if leads else [])]
    numbers = await status.show(turn)
    return Message("\n".join([*lines, numbers.text]), [*blocks, *(numbers.blocks or [b.section(numbers.text)])])


async def remind_missing(turn: Turn) -> Message:
    """Whom a reminder would go to; it goes when the button is pressed."""
    member, t = turn.require_member(), turn.t
    async with turn.look() as state:
        ahead = [each for each in await meetings.ahead_for(state, member, turn.now) if each.answer_by > turn.now]
        waiting = [(each, (await invitations.guests(state, each.id)).tally.none) for each in ahead[:MOST]]
        running = [
            (each, sum(not one.answered for one in await standing.of_round(state, each.id)))
            for each in (await rounds.running(state, member.cluster_id))[:MOST]
        ]
    said: list[tuple[str, Block]] = []
    for meeting, missing in waiting:
        if missing:
            line = t.n(
                "{n} has not answered {meeting}. Shall I remind them?",
                "{n} have not answered {meeting}. Shall I remind them?",
                missing,
                meeting=titled(meeting, t),
            )
            said.append((line, lead_buttons(meeting, t, turn.now)))
    for round_, missing in running:
        if missing:
            line = t.n(
                "{n} practice has not sent numbers on *{title}*. Shall I remind it?",
                "{n} practices have not sent numbers on *{title}*. Shall I remind them?",
                missing,
                title=b.escape(asks.title(package_of(round_), t)),
            )
            remind = b.button(t("Remind those missing"), RoundAction.ROUND_REMIND, round_.id, style="primary")
            said.append((line, b.actions(remind)))
    if not said:
        return Message(t("Nobody is missing right now, so there is nobody to remind."))
    return Message(
        "\n".join(line for line, _ in said), [each for line, under in said for each in (b.section(line), under)]
    )


async def hello(turn: Turn) -> Message:
    """A greeting, and what is open for this reader, in at most three buttons."""
    member = turn.require_member()
    said = turn.t("Hello {name}! What can I do for you?", name=b.escape(member.name.partition(" ")[0]))
    return helping.choices(member, _next_steps(member), turn.tools.table, turn.t, said=said)


def _next_steps(member: Member) -> tuple[str, ...]:
    return ("who_misses", "next_meeting", "owed") if member.role in members.LEADERS else helping.USUAL


async def thanks(turn: Turn) -> Message:
    """Nothing is noted, and nothing more is asked."""
    return Message(turn.t("You are welcome!"))


async def bye(turn: Turn) -> Message:
    """The same for a farewell."""
    return Message(turn.t("See you!"))


async def undo(turn: Turn) -> Message:
    """ "Undo", when nothing was changed just now: a button that looks for it, and where each thing is changed back."""
    said = turn.t(
        "I can put back what you changed in the last ten minutes. What I have already sent to others can't be taken "
        "back. An answer, numbers that you gave and your leave can always be changed here:"
    )
    shown = helping.choices(turn.require_member(), ELSEWHERE[:2], turn.tools.table, turn.t, said=said)
    last = b.button(turn.t("Undo my last change"), Action.CLUSTER_UNDO, turn.require_member().cluster_id)
    return replace(shown, blocks=[*(shown.blocks or []), b.actions(last)])


async def who_are_you(turn: Turn) -> Message:
    """What the bot is, and what it is not."""
    said = turn.t(
        "I am Klyngebot. I invite to the cluster's meetings, ask for numbers and draw charts of them. I am a program "
        "with fixed sentences: I guess nothing, and what you write is read here and sent to nobody. Never write about "
        "patients."
    )
    return helping.choices(turn.require_member(), helping.USUAL, turn.tools.table, turn.t, said=said)


async def trouble(turn: Turn) -> Message:
    """Something does not work: another way, and who can help."""
    t: Texts = turn.t
    member = turn.require_member()
    async with turn.look() as state:
        leading = [b.escape(each.name) for each in await members.coordinators(state, member.cluster_id)]
    said = t(
        "I am sorry. If a file won't open or be sent, write the numbers to me instead, for instance *COPD 130, "
        "spirometry 96*, or press Enter numbers. {names} can help with the rest.",
        names=t.listing(leading) or t("Your coordinator"),
    )
    return helping.choices(member, ("my_charts", "what_to_send", "owed"), turn.tools.table, t, said=said)


def _window(turn: Turn, action: Action, said: str, label: str) -> Message:
    return b.asking(said, b.button(label, action, turn.require_member().cluster_id))


async def plan(turn: Turn) -> Message:
    """What the bot is going to send."""
    said = turn.t("The plan shows everything I will send in the next two weeks, and stops what you don't want sent.")
    return _window(turn, Action.CLUSTER_PLAN, said, turn.t("Open the plan"))


async def log(turn: Turn) -> Message:
    """Who did what."""
    return _window(
        turn, Action.CLUSTER_LOG, turn.t("The log shows who did what in the cluster."), turn.t("Open the log")
    )


async def explain(turn: Turn) -> Message:
    """The help."""
    return Message(helping.explain(turn.member, turn.tools.table, turn.t))


def _file(name: str, run: Direct, label: str = "", *, everywhere: bool = False) -> Intent:
    return Intent(sentences(__file__, name), run, label, everywhere=everywhere)


def _kind(name: str, run: Direct) -> Intent:
    return Intent(sentences(__file__, name), run, is_small_talk=True, everywhere=True)


feature = Feature(
    intents={
        "asked": _file("asked", Direct(explain), N_("Everything I can do"), everywhere=True),
        "owed": _file("owed", Direct(owed), N_("What do I owe?"), everywhere=True),
        "status": _file("status", Direct(status.show), N_("How things stand")),
        "who_misses": _file("who_misses", Direct(who_misses), N_("Who has not answered?")),
        "remind_missing": Intent(
            sentences(__file__, "remind_missing"),
            Direct(remind_missing),
            N_("Remind those who have not answered"),
            leads=True,
            changes=True,
        ),
        "undo": _file("undo", Direct(undo), N_("Undo"), everywhere=True),
        "trouble": _file("trouble", Direct(trouble), N_("Something does not work"), everywhere=True),
        "who_are_you": _file("who_are_you", Direct(who_are_you), everywhere=True),
        "plan": Intent(sentences(__file__, "plan"), Direct(plan), N_("What will be sent"), leads=True),
        "log": Intent(sentences(__file__, "log"), Direct(log), N_("Who did what"), leads=True),
        "hello": _kind("hello", Direct(hello)),
        "thanks": _kind("thanks", Direct(thanks)),
        "bye": _kind("bye", Direct(bye)),
    }
)
