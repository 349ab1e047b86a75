"""Somebody from another organisation wants to be somebody on the list: coordinators are asked, and one answers."""

from __future__ import annotations

from cluster.members import members, practices
from cluster.members.belonging import account_of
from cluster.onboarding import outsiders, welcome
from cluster.onboarding.room import Kinds
from handlers import blocks as b
from handlers.acting import leader
from handlers.feature import Feature, Kept, Notice, Rendering
from handlers.ids import number
from handlers.members.views.members import role_names
from handlers.message import Message
from handlers.onboarding.ids import Action
from handlers.turn import Turn
from locales import N_
from storage.models import Member


async def admit(turn: Turn) -> None:
    """ "Yes, let them in.\""""
    await _decide(turn, yes=True)


async def turn_away(turn: Turn) -> None:
    """ "No.\""""
    await _decide(turn, yes=False)


async def _decide(turn: Turn, *, yes: bool) -> None:
    account = turn.value.partition(":")[2]
    async with turn.unit() as uow:
        member = await members.get(uow, number(turn.value))
        by = await leader(uow, turn, member.cluster_id)
        await outsiders.decide(uow, by, member.id, account, yes=yes, now=turn.now)
        if yes:
            await welcome.let_in(uow, member, now=turn.now)
        await uow.commit()


async def render_asked(r: Rendering) -> Message:
    """The question; afterwards what was said."""
    member, account = await members.get(r.state, r.number), str(r.owed.params["account"])
    name, who = b.escape(member.name), f"<@{account.partition(':')[2]}>"
    if member.outsider != account or member.outsider_answer or member.slack_user_id is not None:
        return _settled(r, member, who, account)
    practice = b.escape((await practices.get(r.state, member.practice_id)).name) if member.practice_id else "–"
    text = r.t(
        "{who} has an account in another organisation and wants to be {name} ({practice}) on your list: the e-mail "
        "address is the same, but I can't see whether it is the same person. Say yes only if you know that it is; then "
        "{name} gets what members get.",
        who=who,
        name=name,
        practice=practice,
    )
    if member.role in members.LEADERS:
        role = role_names(r.t)[member.role]
        text += " " + r.t("On the list {name} is {role}, and could then run the cluster.", name=name, role=role)
    value = f"{member.id}:{account}"
    buttons = b.actions(
        b.button(r.t("Yes, I know them"), Action.MEMBER_ADMIT, value, style="primary"),
        b.button(r.t("No"), Action.MEMBER_TURN_AWAY, value),
    )
    return Message(text, [b.section(text), buttons], card=outsiders.CARD)


def _settled(r: Rendering, member: Member, who: str, account: str) -> Message:
    name, is_now = b.escape(member.name), account_of(member)
    if is_now is not None and is_now.key == account:
        text = r.t("✔ {who} from another organisation is {name} on your list.", who=who, name=name)
    else:
        text = r.t("{who} from another organisation is not let in as {name}.", who=who, name=name)
    return Message(text, [b.section(text)], card=outsiders.CARD)


feature = Feature(
    actions={Action.MEMBER_ADMIT: Kept(admit), Action.MEMBER_TURN_AWAY: Kept(turn_away)},
    notices={Kinds.OUTSIDER_ASKED: Notice(render_asked)},
    errors={
        "outsider.settled": N_("That has already been settled, or the list has changed."),
        "outsider.coordinator_only": N_("Only a coordinator can let somebody from another organisation in."),
    },
    log={
        "outsider.admitted": N_("{who} let the account from another organisation in as {subject}"),
        "outsider.asked": N_("An account from another organisation wanted to be {subject}"),
        "outsider.refused": N_("{who} did not let the account from another organisation in as {subject}"),
    },
)
