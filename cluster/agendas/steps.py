"""A typed step is done: the point that it names is found, or it is asked which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cluster.agendas import agendas, editing, wishes
from cluster.agendas.agendas import AgendaEntry
from cluster.agendas.editing import USUAL, WrittenPoint
from cluster.agendas.typed_steps import TypedStep, What
from cluster.errors import ClusterError
from cluster.members.members import LEADERS
from storage.models import Meeting, Member
from storage.unit_of_work import UnitOfWork

TELLING = 3
"""Letters: shorter words name nothing."""


async def take(
    uow: UnitOfWork,
    meeting: Meeting,
    step: TypedStep,
    names: Mapping[int, str],
    *,
    by: Member,
    now: datetime,
) -> int:
    """Do a step; the id of the point. ``names`` are what the reader knows the points by. Of who doesn't run the
    cluster, a point to add is a wish."""
    if by.role not in LEADERS:
        if step.what is not What.ADD:
            raise ClusterError("role.coordinator_only")
        return (await wishes.wish(uow, meeting, step.title, by=by, now=now)).id
    if step.what is What.ADD:
        return (
            await editing.add(uow, meeting, WrittenPoint(step.title, minutes=step.minutes or USUAL), by=by, now=now)
        ).id
    entries = await agendas.entries(uow, meeting)
    item = await agendas.item(uow, meeting, which(entries, step, names).item_id)
    key = item.id
    match step.what:
        case What.REMOVE:
            await editing.remove(uow, meeting, item, by=by, now=now)
        case What.LATER:
            await editing.put_off(uow, meeting, item, by=by, now=now)
        case What.MOVE:
            place = len(entries) if not step.place else step.place - 1
            await editing.move(uow, meeting, item, place, by=by, now=now)
        case What.LENGTHEN:
            await editing.lengthen(uow, meeting, item, item.minutes + (step.minutes or 0), by=by, now=now)
        case What.SET_LENGTH:
            await editing.lengthen(uow, meeting, item, step.minutes or 0, by=by, now=now)
    return key


def which(entries: Sequence[AgendaEntry], step: TypedStep, names: Mapping[int, str]) -> AgendaEntry:
    """The point that a step is about, by its number or the words of its name."""
    if step.number is not None:
        if not 1 <= step.number <= len(entries):
            raise ClusterError("agenda.no_such_number", n=len(entries))
        return entries[step.number - 1]
    found = [each for each in entries if _is_called(names[each.item_id], step.title)]
    if len(found) != 1:
        raise ClusterError("agenda.which" if found else "agenda.no_such_point")
    return found[0]


def _is_called(name: str, words: str) -> bool:
    """Whether every telling word is one of the name's, or the beginning of one: "tallene" names "Klyngens tal"."""
    there = [each for each in _words(name) if len(each) >= TELLING]
    said = [each for each in _words(words) if len(each) >= TELLING]
    return bool(said) and all(any(a.startswith(b) or b.startswith(a) for b in there) for a in said)


def _words(text: str) -> list[str]:
    return "".join(each if each.isalnum() else " " for each in text.casefold()).split()
