"""People who come to Slack, change there, or leave it: are they on one of our lists?"""

from __future__ import annotations

from cluster import members, setup, welcome
from handlers import people
from handlers.message import Message
from handlers.routes import Kept, Rendering, Routes
from handlers.turn import Turn
from handlers.views import blocks as b
from handlers.views.members import open_members


async def look_again(turn: Turn) -> None:
    """Match somebody with the lists, or note that they are gone. Asks Slack only when it can matter."""
    async with turn.look() as state:
        if not await members.concern(state, turn.team_id, turn.account):
            return
    person = await people.fetch_person(turn.tools.slack, turn.tools.home, turn.user_id)
    if person is None:
        return
    async with turn.unit() as uow:
        if person.gone:
            await setup.left_slack(uow, turn.team_id, person.account, now=turn.now)
        else:
            await welcome.greet_newcomer(uow, turn.team_id, person, now=turn.now)
        await uow.commit()


async def render_left(r: Rendering) -> Message:
    """To the coordinator: somebody's account in Slack is closed."""
    member = await members.get(r.state, r.number)
    text = r.t(
        "{name}'s account in Slack has been closed. I no longer ask {name} about anything, and you may need another "
        "contact for the practice. If it is a mistake, give {name} a role again under Members.",
        name=b.escape(member.name),
    )
    return Message(text, [b.section(text), b.actions(open_members(member.cluster_id, r.t))])


routes = Routes(
    events={"team_join": Kept(look_again), "user_change": Kept(look_again)},
    notices={"member.left_slack": render_left},
)
