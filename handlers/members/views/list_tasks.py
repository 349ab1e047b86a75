"""What is open in the list of members, each with the button that settles it, or with who must."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cluster.members.cluster_rules import ENOUGH_PATIENTS
from cluster.members.list_tasks import ListTask, OpenTask
from handlers import blocks as b
from handlers.members.ids import Action
from handlers.message import Block
from handlers.onboarding.ids import Action as OnboardingAction
from locales import Texts

SHOWN = 12
NAMED = 3
"""In a task: all of them stand behind its button."""


def lines(tasks: Sequence[OpenTask], cluster_id: int, t: Texts) -> list[Block]:
    """Each in a sentence with its button; there is at most one of each."""
    return [b.section(said(task, t), button(task, cluster_id, t)) for task in tasks[: len(ListTask)]]


def said(task: OpenTask, t: Texts) -> str:
    """What is open."""
    names, n = _names(task, t), len(task.practices) or len(task.people)
    match task.what:
        case ListTask.CONTACT:
            return t.n(
                "{n} practice has no contact: {names}.", "{n} practices have no contact: {names}.", n, names=names
            )
        case ListTask.ADDRESS:
            return t.n(
                "{n} member has no e-mail address, so I can't find them in Slack: {names}.",
                "{n} members have no e-mail address, so I can't find them in Slack: {names}.",
                n,
                names=names,
            )
        case ListTask.ACCOUNT:
            return t.n(
                "{n} member is not in Slack yet: {names}. I write to them the day they are.",
                "{n} members are not in Slack yet: {names}. I write to them the day they are.",
                n,
                names=names,
            )
        case ListTask.PLACE:
            return t.n(
                "{n} member is in no practice: {names}.", "{n} members are in no practice: {names}.", n, names=names
            )
        case ListTask.VACANT:
            return t.n(
                "{n} ydernummer is vacant: {names}. I ask it for nothing.",
                "{n} ydernumre are vacant: {names}. I ask them for nothing.",
                n,
                names=names,
            )
        case ListTask.SIZE:
            return t.n(
                "{n} practice has no number of patients: {names}. So I can't see whether the cluster covers {enough}.",
                "{n} practices have no number of patients: {names}. So I can't see whether the cluster covers "
                "{enough}.",
                n,
                names=names,
                enough=t.number(ENOUGH_PATIENTS),
            )
        case ListTask.PATIENTS:
            return t(
                "The cluster covers {patients} patients; the agreement expects at least {enough}. Is a practice "
                "missing from the list? If not, you need do nothing.",
                patients=t.number(task.patients),
                enough=t.number(ENOUGH_PATIENTS),
            )


def button(task: OpenTask, cluster_id: int, t: Texts) -> dict[str, Any]:
    """What settles it."""
    match task.what:
        case ListTask.CONTACT | ListTask.PLACE | ListTask.SIZE:
            return fill_in(cluster_id, t)
        case ListTask.ADDRESS | ListTask.ACCOUNT:
            return b.button(t("See who"), Action.CLUSTER_ABSENT, cluster_id)
        case ListTask.VACANT | ListTask.PATIENTS:
            return b.button(t("Add a person"), OnboardingAction.CLUSTER_ADD_PERSON, cluster_id)


def fill_in(cluster_id: int, t: Texts, *, label: str = "") -> dict[str, Any]:
    """Contacts and numbers of patients, all that lack at once."""
    return b.button(label or t("Fill in"), OnboardingAction.CLUSTER_FILL_IN, cluster_id)


def _names(task: OpenTask, t: Texts) -> str:
    practices = (f"{each.name} ({each.ydernummer})" for each in task.practices)
    people = (each.name for each in task.people)
    return shortened([*practices, *people], t, most=NAMED)


def shortened(names: Iterable[str], t: Texts, *, most: int = SHOWN) -> str:
    """The first of them, made harmless."""
    all_ = list(names)
    return t.listing([b.escape(each) for each in all_[:most]]) + (" …" if len(all_) > most else "")
