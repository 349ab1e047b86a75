"""The form in which what lacks of several practices is filled in at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cluster.members.list_tasks import ListTask, OpenTask, proposed_contact
from cluster.members.practices import MOST_PATIENTS
from handlers import blocks as b
from handlers.members.views.members import MOST_OFFERED, people_choices, place_choices
from handlers.message import Block
from handlers.onboarding.ids import View
from locales import Texts
from storage.models import Member, Practice

CONTACT, SIZE, PLACE = "contact", "size", "place"
"""What fields are called, with the practice behind a colon, or the member who has none."""
MOST = 90
"""Slack shows no more fields: those that are left come when the form is opened again."""


def form(
    cluster_id: int, tasks: Sequence[OpenTask], places: Sequence[Practice], people: Sequence[Member], t: Texts
) -> dict[str, Any]:
    """A contact for each practice that has none, the likely one chosen; then who works where, and the patients that
    nobody has said."""
    lacking = {task.what: task.practices for task in tasks}
    fields = _contacts(lacking.get(ListTask.CONTACT, ()), people, t)
    fields += _homes(next((task.people for task in tasks if task.what is ListTask.PLACE), ()), places, t)
    fields += [_size(each, t) for each in lacking.get(ListTask.SIZE, ())]
    title, metadata = t("Fill in"), json.dumps({"cluster": cluster_id})
    if not fields:
        done = b.section(t("Nothing lacks any more: every practice has its contact and its number of patients."))
        return b.window(View.CLUSTER_FILL_IN, title, t("Close"), [done], metadata)
    blocks: list[Block] = []
    if lacking.get(ListTask.CONTACT):
        blocks.append(b.context(t("The contact is the one whom I ask for the practice's numbers.")))
    return b.form(View.CLUSTER_FILL_IN, title, t("Save"), t("Cancel"), [*blocks, *fields[:MOST]], metadata)


def _contacts(practices: Sequence[Practice], people: Sequence[Member], t: Texts) -> list[Block]:
    """A menu for each with as many people as there is room for in all menus together."""
    room, fields = MOST_OFFERED, []
    for practice in practices:
        here = [member for member in people if member.practice_id == practice.id and member.active]
        room -= len(here)
        if here and room >= 0:
            proposed = proposed_contact(here)
            chosen = str(proposed.id) if proposed is not None else None
            menu = b.select(f"{CONTACT}:{practice.id}", people_choices(here[: b.MENU]), chosen=chosen)
            fields.append(b.entry(t("{practice}: contact", practice=practice.name), menu, optional=True))
    return fields


def _homes(people: Sequence[Member], places: Sequence[Practice], t: Texts) -> list[Block]:
    """Where each works who is in no practice."""
    most = b.MENU if len(people) * len(places) <= MOST_OFFERED else 0
    choices, hint = place_choices(places), t("Choose a practice")
    return [
        b.entry(
            t("{name}: practice", name=member.name),
            b.menu(f"{PLACE}:{member.id}", choices, hint=hint, most=most),
            optional=True,
        )
        for member in people
    ]


def _size(practice: Practice, t: Texts) -> Block:
    field = b.number_field(f"{SIZE}:{practice.id}", low=1, high=MOST_PATIENTS)
    return b.entry(t("{practice}: patients", practice=practice.name), field, optional=True)
