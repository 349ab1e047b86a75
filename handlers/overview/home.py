"""A person's own page: shown when it is opened, and renewed when something on it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cluster.members import cluster_rules, members
from cluster.members.belonging import account_of
from cluster.overview.homepage import Part, parts_of
from cluster.overview.room import Kinds
from handlers import blocks as b
from handlers.at_home import AtHome, HomeBlock
from handlers.doors import open_to
from handlers.feature import Direct, Feature, FeatureTable, HelpLine, Notice, Rendering
from handlers.message import Block, Message
from handlers.overview.views import home as views
from handlers.turn import Turn
from locales import N_, Texts
from storage.unit_of_work import Look


async def opened(turn: Turn) -> None:
    """Somebody looks at the page: show it as it is now."""
    if turn.body["event"].get("tab") == "messages":
        return
    async with turn.look() as state:
        parts = await parts_of(state, turn.team_id, turn.account, turn.now)
        blocks = await _page(state, parts, turn.tools.table, turn.now, turn.t)
    await turn.tools.slack.views_publish(user_id=turn.user_id, view=_view(blocks))


async def render(r: Rendering) -> Message | None:
    """The page of a member, for the sender."""
    member = await members.get(r.state, r.owed.member_id or 0)
    account = account_of(member)
    if account is None:
        return None
    cluster = await cluster_rules.get(r.state, member.cluster_id)
    now = r.tools.clock.now()
    parts = await parts_of(r.state, cluster.team_id, account, now)
    return Message("", await _page(r.state, parts, r.tools.table, now, r.t))


async def _page(state: Look, parts: Sequence[Part], table: FeatureTable, now: datetime, t: Texts) -> list[Block]:
    """Everything of one person, the most pressing first."""
    if not parts:
        return views.stranger(t)
    blocks = views.greeting(parts[0].member.name, t)
    for part in parts:
        at = AtHome(part, now, t)
        owed = await _shown(state, at, [each for each in table.home if each.is_owed])
        rest = await _shown(state, at, [each for each in table.home if not (each.is_owed or each.is_once)])
        blocks += [*views.heading(part.cluster, t), *(owed or views.nothing_owed(t)), *rest]
        if part.lead is not None:
            blocks += views.for_leaders([line for each in table.home_lines for line in each.say(at)], t)
        blocks += [*views.doors(part, [door for _, door in open_to(part, table.said)], t), b.divider()]
    once = await _shown(state, AtHome(parts[0], now, t), [each for each in table.home if each.is_once])
    return [*blocks, *once][:100]


async def _shown(state: Look, at: AtHome, pieces: Sequence[HomeBlock]) -> list[Block]:
    blocks: list[Block] = []
    for piece in pieces:
        found = await piece.look(state, at.part, at.now) if piece.look is not None else None
        blocks += piece.show(replace(at, found=found))
    return blocks


def _view(blocks: list[Block]) -> dict[str, object]:
    return {"type": "home", "blocks": blocks}


feature = Feature(
    hints=(HelpLine(100, N_("My Home page: your practice, your consent, your language and holidays")),),
    events={"app_home_opened": Direct(opened)},
    notices={Kinds.HOME: Notice(render)},
)
