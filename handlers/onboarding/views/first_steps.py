"""How the first steps of a cluster look: what is done, what is next, and the button that goes on."""

from __future__ import annotations

from cluster.onboarding.first_steps import STEPS, Begun, FirstStep
from cluster.subjects import ROSTER
from handlers import blocks as b
from handlers.meetings.ids import Action as MeetingAction
from handlers.members.views.list_tasks import fill_in
from handlers.members.views.ways_in import ways_in
from handlers.message import Block
from handlers.onboarding.ids import Action
from handlers.overview.ids import Action as OverviewAction
from locales import N_, Texts

NAMES = {
    FirstStep.SET_UP: N_("The cluster's setup"),
    FirstStep.LIST: N_("The list of members"),
    FirstStep.CONTACTS: N_("A contact for each practice"),
    FirstStep.MEETING: N_("The first meeting"),
    FirstStep.INVITATION: N_("The invitation is sent"),
}


def blocks(begun: Begun, t: Texts) -> list[Block]:
    """All steps, and what to do now; nothing once everything is done."""
    if begun.current is None:
        return []
    said, buttons = _next(begun, begun.current, t)
    first, *rest = buttons
    return [b.section(_overview(begun, t)), b.section(said), b.actions(first | {"style": "primary"}, *rest)]


def text(begun: Begun, t: Texts) -> str:
    """The same without buttons."""
    return f"{_overview(begun, t)}\n{_next(begun, begun.current, t)[0]}" if begun.current is not None else ""


def _overview(begun: Begun, t: Texts) -> str:
    lines = [t("*Getting started: step {n} of {all}*", n=_number(begun), all=len(STEPS))]
    for number, step in enumerate(STEPS, 1):
        name = f"{number}. {t(NAMES[step])}"
        if step is FirstStep.LIST and begun.done[step]:
            name = f"{number}. {_listed(begun, t)}"
        lines.append(f"✔ {name}" if begun.done[step] else f"*{name}*" if step is begun.current else name)
    return "\n".join(lines)


def _listed(begun: Begun, t: Texts) -> str:
    """How many are on the list, so that whoever began with one person sees that it is one."""
    return t(
        "The list of members: {members} in {their_practices}",
        members=t.n("{n} member", "{n} members", begun.members),
        their_practices=t.n("{n} practice", "{n} practices", begun.practices),
    )


def _number(begun: Begun) -> int:
    return STEPS.index(begun.current) + 1 if begun.current is not None else len(STEPS)


def _next(begun: Begun, step: FirstStep, t: Texts) -> tuple[str, list[Block]]:
    """What the step asks for, and its buttons, the one that goes on first."""
    cluster_id = begun.cluster_id
    plan = b.button(t("Plan a meeting"), MeetingAction.CLUSTER_MEETING, cluster_id)
    match step:
        case FirstStep.SET_UP:
            said = t("Tell me what the cluster is called and what you have agreed. Most of it is filled in already.")
            return said, [b.button(t("Set up the cluster"), Action.CLUSTER_SET_UP, cluster_id)]
        case FirstStep.LIST if begun.waiting_list is not None:
            button = b.button(t("Show it to me"), OverviewAction.HOME_SHOW, ROSTER.about(begun.waiting_list))
            return t("A list of members waits for your yes."), [button]
        case FirstStep.LIST:
            said = t("Who is in the cluster? However you tell me, you see what I have read before anything is saved.")
            return said, ways_in(cluster_id, t)
        case FirstStep.CONTACTS:
            said = t.n(
                "{n} practice has no contact: the one whom I ask for the practice's numbers. It can wait, too.",
                "{n} practices have no contact: the one whom I ask for the practice's numbers. It can wait, too.",
                begun.without_contact,
            )
            return said, [fill_in(cluster_id, t, label=t("Choose contacts")), plan]
        case FirstStep.INVITATION if begun.sends_at is not None:
            said = t("The invitation goes out by itself {moment}.", moment=t.moment(begun.sends_at))
            return said, [b.button(t("Send it now"), MeetingAction.MEETING_SEND, begun.waiting_meeting)]
        case FirstStep.INVITATION if begun.draft is not None:
            said = t("The first meeting is kept as a draft: nobody has heard of it yet.")
            return said, [b.button(t("Finish it"), MeetingAction.MEETING_FINISH, begun.draft)]
        case _:
            said = t("When do you meet? I invite everybody, remind those who don't answer, and count.")
            return said, [plan]
