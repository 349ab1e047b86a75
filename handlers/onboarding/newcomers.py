"""People who come to Slack, change there, or leave it: are they on one of our lists?"""

from __future__ import annotations

from cluster.members import members, places, practices, titles
from cluster.onboarding import departing, welcome
from cluster.onboarding.room import Kinds
from cluster.packages.lookup import package_of
from cluster.rounds import rounds
from handlers import blocks as b
from handlers import people
from handlers.feature import Feature, Kept, Notice, Rendering
from handlers.members.views.members import open_members
from handlers.message import Message
from handlers.rounds.lookups import practice_of
from handlers.rounds.views import asks
from handlers.turn import Turn
from locales import N_
from storage.models import Assignment, Member


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
            await departing.left_slack(uow, turn.team_id, person.account, now=turn.now)
        else:
            await welcome.greet_newcomer(uow, turn.team_id, person, now=turn.now)
        await uow.commit()


async def render_left(r: Rendering) -> Message:
    """To the coordinator: somebody's account in Slack is closed."""
    member = await members.get(r.state, r.number)
    text = r.t(
        "{name}'s account in Slack has been closed. I will no longer ask {name} about anything, and you may need "
        "another contact for the practice. If it is a mistake, give {name} a role again under Members.",
        name=b.escape(member.name),
    )
    for assignment_id in r.owed.params.get("asked") or []:
        text += " " + await _asked_instead(r, member, int(assignment_id))
    return Message(text, [b.section(text), b.actions(open_members(member.cluster_id, r.t))])


async def _asked_instead(r: Rendering, gone: Member, assignment_id: int) -> str:
    """Who is asked for a practice's numbers now."""
    part, round_ = await rounds.assignment(r.state, assignment_id)
    topic = asks.title(package_of(round_), r.t)
    if part.member_id != gone.id:
        other = b.escape((await members.get(r.state, part.member_id)).name)
        return r.t("I now ask {name} for the numbers about {topic}.", name=other, topic=topic)
    return await _nobody(r, part, topic)


async def render_nobody(r: Rendering) -> Message | None:
    """To the coordinator: who was asked for a practice's numbers is not there any more, and nobody else is."""
    part, round_ = await rounds.assignment(r.state, r.number)
    if await places.confirmed(r.state, part.practice_id):
        return None
    text = await _nobody(r, part, asks.title(package_of(round_), r.t))
    return Message(text, [b.section(text), b.actions(open_members(round_.cluster_id, r.t))])


async def _nobody(r: Rendering, part: Assignment, topic: str) -> str:
    return r.t(
        "Now there is nobody in {practice} whom I can ask for the numbers about {topic}.",
        practice=b.escape((await practice_of(r.state, part)).name),
        topic=topic,
    )


async def render_undecided(r: Rendering) -> Message | None:
    """To the coordinators: nobody is left who may speak for a practice."""
    practice = await practices.find(r.state, r.number)
    here = await places.confirmed(r.state, r.number)
    if practice is None or any([await titles.decides(r.state, each) for each in here]):
        return None
    text = r.t(
        "Now there is nobody in {practice} who can give its consent or withdraw it. What it has consented to holds "
        "until then. Agree with the practice who decides, and give them the title under Members.",
        practice=b.escape(practice.name),
    )
    return Message(text, [b.section(text), b.actions(open_members(practice.cluster_id, r.t))])


feature = Feature(
    events={"team_join": Kept(look_again), "user_change": Kept(look_again)},
    notices={
        Kinds.MEMBER_LEFT_SLACK: Notice(render_left),
        Kinds.DATA_NOBODY: Notice(render_nobody),
        Kinds.PRACTICE_UNDECIDED: Notice(render_undecided),
    },
    log={
        "member.left_slack": N_("{subject} is no longer in Slack"),
    },
)
