"""Who did it and where: makes a Turn of what Slack told us."""

from __future__ import annotations

from dataclasses import replace

from cluster import subjects
from cluster.members.belonging import cluster_of_channel, is_known, memberships
from cluster.members.organisations import OURS
from handlers import people
from handlers.payload import Arrival, state_of
from handlers.turn import Tools, Turn
from locales import texts_for
from storage.models import Cluster, Member
from storage.unit_of_work import Reading


async def make_turn(arrival: Arrival, tools: Tools, *, inbox_id: int | None = None) -> Turn:
    """The turn with its member, cluster and language looked up."""
    arrival = await _known(arrival, tools)
    async with tools.look() as state:
        member, cluster, names_cluster = await _place(state, arrival)
    return Turn(
        kind=arrival.kind,
        name=arrival.name,
        body=arrival.body,
        tools=tools,
        user_id=arrival.user_id,
        team_id=arrival.team_id,
        organisation=arrival.organisation,
        channel_id=arrival.channel_id,
        t=texts_for(member.language if member else "da"),
        member=member,
        cluster=cluster,
        names_cluster=names_cluster,
        inbox_id=inbox_id,
        words=arrival.words,
        value=arrival.value,
        state=state_of(arrival.body),
        metadata=arrival.metadata,
    )


async def _known(arrival: Arrival, tools: Tools) -> Arrival:
    """The arrival with its organisation as Slack knows it, where the payload alone can't tell.

    A workspace of our own enterprise may be named without the enterprise, and another organisation by either id. Asked
    only about somebody who could be known here, and only believed of the account that the payload names.
    """
    if arrival.organisation == OURS:
        return arrival
    async with tools.look() as state:
        if not await is_known(state, arrival.user_id):
            return arrival
    user = await people.fetch_user(tools.slack, arrival.user_id)
    if user is None or not {arrival.actor_team_id, arrival.organisation} & people.organisations(user):
        return arrival
    return replace(arrival, organisation=tools.home.organisation(*people.belongs_to(user)))


async def _place(state: Reading, arrival: Arrival) -> tuple[Member | None, Cluster | None, bool]:
    """The cluster of the channel, else of what it is about, else the person's only one (the newest of several); and
    whether it was said."""
    belongs = await memberships(state, arrival.team_id, arrival.account)
    if arrival.channel_id and not arrival.is_direct_message:
        cluster = await cluster_of_channel(state, arrival.team_id, arrival.channel_id)
        if cluster is not None:
            return next((member for member, its in belongs if its.id == cluster.id), None), cluster, True
    if len(belongs) > 1:
        for subject in await _subjects(state, arrival):
            cluster_id = await subjects.cluster_of(state, subject)
            for member, cluster in belongs:
                if cluster.id == cluster_id:
                    return member, cluster, True
    return (*belongs[-1], False) if belongs else (None, None, False)


async def _subjects(state: Reading, arrival: Arrival) -> list[str]:
    """What it may be about: the button's value, the form's metadata, the card whose thread it was said in."""
    said = list(arrival.metadata.items())
    if arrival.kind == "action":
        said.insert(0, (arrival.name.partition(".")[0], arrival.value.partition(":")[0]))
    found = [subjects.on_button(name, value) for name, value in said]
    if arrival.thread_ts:
        found += await subjects.of_cards(state, arrival.channel_id, arrival.thread_ts)
    return found
