"""Who somebody is to us, and which cluster something happens in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from cluster.members.organisations import Account
from storage.models import Cluster, Member
from storage.unit_of_work import Reading


def is_account(account: Account) -> ColumnElement[bool]:
    """A member is this account. Nobody in Slack is looked up in another way, so that the organisation is asked too."""
    return (Member.slack_user_id == account.user_id) & (Member.organisation == account.organisation)


async def is_known(state: Reading, user_id: str) -> bool:
    """Whether a user id occurs anywhere at all, whosever it is: not yet who somebody is."""
    return (await state.session.scalar(select(Member.id).where(Member.slack_user_id == user_id).limit(1))) is not None


def account_of(member: Member) -> Account | None:
    """Who a member is in Slack; None while nobody is found."""
    return Account(member.slack_user_id, member.organisation) if member.slack_user_id is not None else None


async def memberships(state: Reading, team_id: str, account: Account) -> Sequence[tuple[Member, Cluster]]:
    """Every active membership of somebody in the clusters of a workspace, newest last."""
    rows = await state.session.execute(
        select(Member, Cluster)
        .join(Cluster, Member.cluster_id == Cluster.id)
        .where(Cluster.team_id == team_id, is_account(account), Member.active)
        .order_by(Member.id)
    )
    return [(member, cluster) for member, cluster in rows]


async def cluster_of_channel(state: Reading, team_id: str, channel_id: str) -> Cluster | None:
    """The cluster that lives in a channel."""
    found: Cluster | None = await state.session.scalar(
        select(Cluster).where(Cluster.team_id == team_id, Cluster.channel_id == channel_id)
    )
    return found
