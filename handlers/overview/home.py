"""A person's own page: shown when it is opened, and renewed when something on it changes."""

from __future__ import annotations

from cluster.members import charter, members
from cluster.members.belonging import account_of
from cluster.overview.homepage import parts_of
from cluster.overview.room import Kinds
from handlers.feature import Direct, Feature, HelpLine, Notice, Rendering
from handlers.message import Block, Message
from handlers.overview.views import home as views
from handlers.turn import Turn
from locales import N_


async def opened(turn: Turn) -> None:
    """Somebody looks at the page: show it as it is now."""
    if turn.body["event"].get("tab") == "messages":
        return
    async with turn.look() as state:
        parts = await parts_of(state, turn.team_id, turn.account, turn.now)
    blocks = views.page(parts, turn.now, turn.t) if parts else views.stranger(turn.t)
    await turn.tools.slack.views_publish(user_id=turn.user_id, view=_view(blocks))


async def render(r: Rendering) -> Message | None:
    """The page of a member, for the sender."""
    member = await members.get(r.state, r.owed.member_id or 0)
    account = account_of(member)
    if account is None:
        return None
    cluster = await charter.get(r.state, member.cluster_id)
    now = r.tools.clock.now()
    parts = await parts_of(r.state, cluster.team_id, account, now)
    return Message("", views.page(parts, now, r.t) if parts else views.stranger(r.t))


def _view(blocks: list[Block]) -> dict[str, object]:
    return {"type": "home", "blocks": blocks}


feature = Feature(
    hints=(HelpLine(100, N_("My Home page: your practice, your consent, your language and holidays")),),
    events={"app_home_opened": Direct(opened)},
    notices={Kinds.HOME: Notice(render)},
)
