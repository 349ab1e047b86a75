"""A person's own page: shown when it is opened, and renewed when something on it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from cluster import subjects
from cluster.errors import ClusterError
from cluster.members import cluster_rules, members
from cluster.members.belonging import account_of
from cluster.overview.homepage import Membership, parts_of
from cluster.overview.room import Kinds
from cluster.subjects import BUNDLE, ROSTER
from handlers import blocks as b
from handlers.acting import leader
from handlers.at_home import AtHome, HomeBlock
from handlers.doors import open_to
from handlers.feature import Direct, Feature, FeatureTable, HelpLine, Kept, Notice, Rendering
from handlers.ids import number
from handlers.message import Block, Message
from handlers.overview.ids import Action
from handlers.overview.views import home as views
from handlers.saying import answer
from handlers.turn import Turn
from locales import N_, Texts
from storage.unit_of_work import Look

MOST_BLOCKS = 100
"""Slack takes no more on a page or in a window."""
MOST_SAID = 45
"""Of what waits, in a message, which may hold half as many as a page."""
THINGS = 5
"""The place of the next things among the pieces of the page."""
PREVIEWS = {BUNDLE.name: "bundle.preview", ROSTER.name: "roster.preview"}
"""What waits for a yes and can be shown once more, and how."""


async def opened(turn: Turn) -> None:
    """Somebody looks at the page: show it as it is now."""
    if turn.body["event"].get("tab") == "messages":
        return
    async with turn.look() as state:
        parts = await parts_of(state, turn.team_id, turn.account, turn.now)
        blocks = await page_of(state, parts, turn.tools.table, turn.now, turn.t)
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
    return Message("", await page_of(r.state, parts, r.tools.table, now, r.t))


async def show_more(turn: Turn) -> None:
    """The whole of a piece, or of a cluster's part where several do not fit on the page, in a window."""
    cluster_id, place = number(turn.value), number(turn.value, 1)
    async with turn.look() as state:
        parts = await parts_of(state, turn.team_id, turn.account, turn.now)
        part = next((each for each in parts if each.cluster.id == cluster_id), None)
        if part is None:
            raise ClusterError("id.unknown")
        at, table = AtHome(part, turn.now, turn.t), turn.tools.table
        piece = next((each for each in table.home if each.place == place and each.whole is not None), None)
        if piece is not None and piece.whole is not None and (part.leads or not piece.is_led):
            blocks = piece.whole(at)
        elif place == THINGS:
            blocks = views.things(_things(at, table), turn.t)
        else:
            blocks = await _part(state, at, table)
    await turn.open(views.more(blocks[:MOST_BLOCKS], turn.t))


async def show_again(turn: Turn) -> None:
    """What waits for a coordinator's yes is shown once more in the conversation: ``roster:7``."""
    name, key = turn.value.partition(":")[0], number(turn.value, 1)
    if name not in PREVIEWS:
        raise ClusterError("id.unknown")
    async with turn.unit() as uow:
        subject = subjects.SUBJECTS[name].about(key)
        by = await leader(uow, turn, await subjects.cluster_of(uow, subject) or 0)
        kind = PREVIEWS[name]
        await answer(uow, turn, kind, member_id=by.id, cluster_id=by.cluster_id, subject=subject)
        await uow.commit()


async def page_of(
    state: Look, parts: Sequence[Membership], table: FeatureTable, now: datetime, t: Texts
) -> list[Block]:
    """Everything of one person, the most pressing first. Where several clusters don't fit, those that come later are
    each behind a button."""
    if not parts:
        return views.stranger(t)
    ats = [AtHome(part, now, t) for part in parts]
    shown = [await _part(state, at, table) for at in ats]
    guides = [await _guide(state, at, table) for at in ats]
    top = views.greeting(parts[0].member.name, t)
    once = await _shown(state, ats[0], [each for each in table.home if each.is_once])
    for n in range(len(parts) - 1, -1, -1):
        if len(top) + len(once) + sum(map(len, shown)) <= MOST_BLOCKS:
            break
        shown[n] = views.behind_a_button(parts[n].cluster, guides[n], t)
    return [*top, *(block for blocks in shown for block in blocks), *once][:MOST_BLOCKS]


async def _part(state: Look, at: AtHome, table: FeatureTable) -> list[Block]:
    """What belongs to one cluster."""
    part, t = at.part, at.t
    owed = await _shown(state, at, [each for each in table.home if each.is_owed])
    mine = [each for each in table.home if not (each.is_guiding or each.is_owed or each.is_once or each.is_led)]
    guide, things = await _guide(state, at, table), _things(at, table)
    blocks = [*views.heading(part.cluster, t), *guide]
    blocks += views.next_things(things, f"{part.cluster.id}:{THINGS}", t, is_guided=bool(guide))
    blocks += owed or ([] if guide or things else views.nothing_owed(t))
    if part.lead is not None:
        lines = [line for each in table.home_lines for line in each.say(at)]
        led = await _shown(state, at, [each for each in table.home if each.is_led])
        blocks += views.for_leaders(led, lines, t)
    blocks += await _shown(state, at, mine)
    return [*blocks, *views.doors(part, [door for _, door in open_to(part, table.said, at.now)], t), b.divider()]


async def waits(state: Look, parts: Sequence[Membership], table: FeatureTable, now: datetime, t: Texts) -> list[Block]:
    """What a person is waited for in every cluster, and the next things for those who run it."""
    blocks: list[Block] = []
    for at in (AtHome(part, now, t) for part in parts):
        if at.part.lead is not None:
            guide = await _guide(state, at, table)
            blocks += guide
            blocks += views.next_things(_things(at, table), f"{at.part.cluster.id}:{THINGS}", t, is_guided=bool(guide))
        blocks += await _shown(state, at, [each for each in table.home if each.is_owed])
    return blocks[:MOST_SAID]


async def _guide(state: Look, at: AtHome, table: FeatureTable) -> list[Block]:
    """The first steps of a cluster that is still on its way."""
    return await _shown(state, at, [each for each in table.home if each.is_guiding])


def _things(at: AtHome, table: FeatureTable) -> list[tuple[str, Block]]:
    """The next things to do, each as its feature says it."""
    said = {what: say for piece in table.home for what, say in piece.things.items()}
    lead = at.part.lead
    found = (said[thing.what](thing, at) for thing in (lead.things if lead else ()))
    return [each for each in found if each is not None]


async def _shown(state: Look, at: AtHome, pieces: Iterable[HomeBlock]) -> list[Block]:
    blocks: list[Block] = []
    for piece in pieces:
        found = await piece.look(state, at.part, at.now) if piece.look is not None else None
        blocks += piece.show(replace(at, found=found))
    return blocks


def _view(blocks: list[Block]) -> dict[str, object]:
    return {"type": "home", "blocks": blocks}


feature = Feature(
    hints=(HelpLine(100, N_("My Home page: your practice, your consent, your language and holidays")),),
    actions={Action.HOME_MORE: Direct(show_more), Action.HOME_SHOW: Kept(show_again)},
    events={"app_home_opened": Direct(opened)},
    notices={Kinds.HOME: Notice(render, ahead=N_("A fresh Home page"))},
)
