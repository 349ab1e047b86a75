"""`/klynge status`: answered at once, seen only by the one who asks."""

from __future__ import annotations

from cluster.members import members
from cluster.packages.lookup import package_of
from cluster.rounds import drafts, rounds, standing
from handlers.charts.views.looking import held_line
from handlers.doors import Door, Shelf
from handlers.feature import Command, Direct, Feature, HelpLine, Told
from handlers.message import Message
from handlers.overview.ids import Action
from handlers.rounds.views import asks
from handlers.rounds.views import drafts as drafts_view
from handlers.rounds.views import status as views
from handlers.rounds.views.asks import answer_buttons
from handlers.rounds.views.rounds import HELD
from handlers.turn import Turn
from locales import N_
from storage.words import RoundState

MOST = 3
"""Rounds shown at once; more than that would not be read."""


async def show(turn: Turn) -> Message:
    """Who has answered for those who coordinate; own state and totals for the others."""
    member, cluster = turn.require_member(), turn.require_cluster()
    leads = member.role in members.LEADERS
    parts, texts = [], []
    async with turn.look() as state:
        for round_ in (await rounds.running(state, cluster.id))[:MOST]:
            all_ = await standing.of_round(state, round_.id)
            own = [each for each in all_ if each.practice_id == member.practice_id or each.member_id == member.id]
            title = asks.title(package_of(round_), turn.t)
            said = views.headline(title, turn.t.moment(round_.deadline), all_, turn.t)
            texts.append(said)
            if leads:
                held = round_.held_until
                note = held_line(title, held, turn.t) if held else ""
                if round_.state == RoundState.RELEASED:
                    note = views.stays_line(package_of(round_), turn.t)
                parts.append(views.for_leader(said, round_.id, HELD if held else round_.state, all_, turn.t, note))
                continue
            blocks = views.for_member(said, own, round_.state, turn.t)
            waiting = [each.assignment_id for each in own if not each.answered]
            parts.append([*blocks, *(answer_buttons(each, turn.t, later=False) for each in waiting[:1])])
        if leads and (waiting_ones := await drafts.of_cluster(state, cluster.id)):
            texts += [drafts_view.line(each, turn.t, turn.now) for each in waiting_ones[: drafts_view.MOST]]
            parts.append(drafts_view.shown(waiting_ones, turn.t, turn.now))
    if not parts:
        return Message(_nothing(turn, leads=leads))
    return Message("\n".join(texts), views.joined(parts))


def _nothing(turn: Turn, *, leads: bool) -> str:
    if leads:
        return turn.t("No numbers are being collected right now. Write /klynge data to ask for some.")
    return turn.t("No numbers are being collected right now, so you owe nothing.")


feature = Feature(
    commands=[
        Command(
            ("status",),
            Direct(show),
            told=Told(
                60,
                readme=N_("“7 of 12” with names"),
                coordinator=N_("coordinator: who has answered, by name; member: their own answer and the count"),
                member=N_("whether your numbers have come, and how many practices have answered"),
                hint=30,
            ),
            help=(HelpLine(30, N_("what your practice has given, and how many have answered")),),
            door=Door(Action.CLUSTER_STATUS, Shelf.NUMBERS, N_("Who has answered?")),
        )
    ]
)
