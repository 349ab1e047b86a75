"""What members' own buttons and forms share: is it really you, and the answer you are owed."""

from __future__ import annotations

from typing import Any

from cluster.errors import ClusterError
from cluster.members import members
from cluster.members.belonging import account_of
from cluster.subjects import MEMBER
from handlers import saying
from handlers.turn import Turn
from locales import LANGUAGES
from storage.models import Member
from storage.unit_of_work import Reading, UnitOfWork


async def myself(state: Reading, turn: Turn, member_id: int) -> Member:
    """The member a button or form is about, who must be the one who acts."""
    member = await members.get(state, member_id)
    if account_of(member) != turn.account or not member.active:
        raise ClusterError("member.not_you")
    return member


def language_of(written: object) -> str:
    """The language somebody chose."""
    if written not in LANGUAGES:
        raise ClusterError("settings.language_unknown", field="language")
    return str(written)


async def answer(uow: UnitOfWork, turn: Turn, member: Member, kind: str, **params: Any) -> None:
    """Owe the member the answer to what they just did."""
    await saying.answer(
        uow,
        turn,
        kind,
        member_id=member.id,
        cluster_id=member.cluster_id,
        subject=MEMBER.about(member.id),
        **params,
    )
