"""What is open in a cluster's list of members: tasks that somebody can do, told until they are done. Pure.

None of them is an error, and nothing waits for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cluster.members import practices, titles
from cluster.members.cluster_rules import ENOUGH_PATIENTS
from storage.models import Member, Practice
from storage.words import Role


class ListTask(StrEnum):
    """The most pressing first."""

    CONTACT = "contact"
    """A practice has people, and none of them answers for it."""
    ADDRESS = "address"
    """Somebody can't be looked for in Slack."""
    ACCOUNT = "account"
    """Somebody is not there yet: whoever runs the workspace invites them."""
    PLACE = "place"
    """Somebody is in no practice; observers need none."""
    VACANT = "vacant"
    """A practice has no people: a vacant ydernummer."""
    SIZE = "size"
    """Nobody can tell yet whether there are patients enough."""
    PATIENTS = "patients"
    """There are fewer patients than the agreement expects."""


@dataclass(frozen=True)
class OpenTask:
    """One of them, and whom it is about."""

    what: ListTask
    practices: tuple[Practice, ...] = ()
    people: tuple[Member, ...] = ()
    patients: int = 0


def open_tasks(places: Sequence[Practice], people: Sequence[Member]) -> list[OpenTask]:
    """What is open among practices and the people who are members now, the most pressing first."""
    here = [member for member in people if member.active]
    lost = [member for member in here if member.slack_user_id is None]
    vacant = practices.vacant(places, here)
    unknown = [each for each in places if each.list_size is None and each not in vacant]
    homeless = [each for each in here if each.practice_id is None and each.role != Role.OBSERVER] if places else []
    patients = sum(each.list_size or 0 for each in places)
    is_short = bool(places) and patients < ENOUGH_PATIENTS
    found = (
        OpenTask(ListTask.CONTACT, practices=tuple(practices.to_be_answered_for(places, here))),
        OpenTask(ListTask.ADDRESS, people=tuple(each for each in lost if not each.email)),
        OpenTask(ListTask.ACCOUNT, people=tuple(each for each in lost if each.email)),
        OpenTask(ListTask.PLACE, people=tuple(homeless)),
        OpenTask(ListTask.VACANT, practices=tuple(vacant)),
        OpenTask(ListTask.SIZE, practices=tuple(unknown) if is_short else ()),
        OpenTask(ListTask.PATIENTS, patients=patients if is_short and not unknown else 0),
    )
    return [task for task in found if task.practices or task.people or task.patients]


def proposed_contact(people: Sequence[Member]) -> Member | None:
    """Who of a practice's people most likely answers for it: the only one, or the only one who may consent for it."""
    here = [member for member in people if member.active]
    deciding = [member for member in here if titles.plain(member.title) in titles.DECIDING]
    for those in (here, deciding):
        if len(those) == 1:
            return those[0]
    return None
