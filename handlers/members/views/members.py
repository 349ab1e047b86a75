"""How the list of members and practices looks to a coordinator, and the form to edit one practice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cluster.clock import local
from cluster.members.list_tasks import ListTask, OpenTask
from cluster.members.members import LEFT
from handlers import blocks as b
from handlers.fitting import cut, paragraphs
from handlers.members.ids import Action, View
from handlers.members.views import list_tasks
from handlers.members.views.ways_in import ways_in
from handlers.message import Block
from handlers.onboarding.ids import Action as OnboardingAction
from locales import Texts
from measures.packages.systems import SYSTEMS
from storage.models import Member, Practice
from storage.words import Role

MOST_PRACTICES = 81
MOST_PEOPLE = 45
MOST_OFFERED = 1000
"""Choices of all menus of a form together: a window of more bytes is refused. Beyond that each menu is asked for."""
LONGEST_NAME = 60
"""Of a practice in a menu, so that its ydernummer is seen, too."""
PERSON, ROLE = "role.person", "role.held"
"""The two fields for a role where there are too many people for one each."""
NOWHERE = 0
"""Stands for "no practice" where a button needs a practice's id."""


def place_choices(practices: Sequence[Practice]) -> list[b.Option]:
    """Practices by name and number."""
    return [(str(each.id), f"{cut(each.name, LONGEST_NAME)} ({each.ydernummer})") for each in practices]


def open_members(cluster_id: int, t: Texts) -> dict[str, Any]:
    """The button that opens the list."""
    return b.button(t("Members"), Action.CLUSTER_MEMBERS, cluster_id)


def window(
    cluster_id: int,
    practices: Sequence[Practice],
    people: Sequence[Member],
    t: Texts,
    *,
    tasks: Sequence[OpenTask],
    consenting: set[int],
    now: datetime,
) -> dict[str, Any]:
    """What is open in the list, then every practice with its people."""
    lacking = {each.id: task.what for task in tasks for each in task.practices if task.what is not ListTask.SIZE}
    doctors = [member for member in people if member.active]
    lost, silent = (
        [each for each in doctors if not each.slack_user_id],
        [each for each in doctors if not each.confirmed_at],
    )
    counts = [t.n("{n} practice", "{n} practices", len(practices)), t.n("{n} member", "{n} members", len(doctors))]
    if lost:
        counts.append(t.n("{n} not found in Slack", "{n} not found in Slack", len(lost)))
    if silent:
        counts.append(t.n("{n} not confirmed yet", "{n} not confirmed yet", len(silent)))
    head = ", ".join(counts)
    blocks = [b.section(f"*{head}*")]
    if doctors:
        blocks.append(
            b.actions(
                b.menu(
                    OnboardingAction.MEMBER_EDIT, people_choices(doctors), hint=t("Edit a person or end a membership")
                )
            )
        )
    if not practices:
        blocks.append(b.section(t("There are no practices yet. How do you have the list of members?")))
    blocks.append(b.actions(*ways_in(cluster_id, t)))
    blocks += list_tasks.lines(tasks, cluster_id, t)
    for practice in practices[:MOST_PRACTICES]:
        here = [member for member in people if member.practice_id == practice.id]
        text = _practice(practice, here, lacking.get(practice.id), practice.id in consenting, t, now)
        blocks.append(b.section(text, b.button(t("Edit"), Action.PRACTICE_EDIT, practice.id)))
    if len(practices) > MOST_PRACTICES:
        more = t.n("And {n} more.", "And {n} more.", len(practices) - MOST_PRACTICES)
        find = b.menu(Action.PRACTICE_EDIT, practice_choices(practices), hint=t("Find a practice"))
        blocks += [b.section(more + " " + t("Find any practice here:")), b.actions(find)]
    if homeless := [member for member in people if member.practice_id is None]:
        title = t("Without a practice")
        first, *rest = paragraphs([f"*{title}*", *(_person(member, t, now) for member in homeless)])
        blocks.append(b.section(first, b.button(t("Edit"), Action.PRACTICE_EDIT, f"{NOWHERE}:{cluster_id}")))
        blocks += [b.section(text) for text in rest]
    return b.window(View.CLUSTER_MEMBERS, t("Members"), t("Close"), blocks, json.dumps({"cluster": cluster_id}))


def practice_choices(practices: Sequence[Practice]) -> list[b.Option]:
    """Practices by number and name."""
    return [(str(each.id), f"{each.ydernummer} {each.name}") for each in practices]


def people_choices(here: Sequence[Member]) -> list[b.Option]:
    """Members by name."""
    return [(str(member.id), member.name) for member in here]


def _practice(
    practice: Practice, here: Sequence[Member], lacks: ListTask | None, consents: bool, t: Texts, now: datetime
) -> str:
    facts = [f"*{b.escape(practice.name)}*", practice.ydernummer]
    if practice.list_size is not None:
        facts.append(t.n("{n} patient", "{n} patients", practice.list_size))
    facts.append(system_name(practice.system, t))
    state = [t("consent given") if consents else t("no consent yet")]
    if lacks is not None:
        state.append(t("no contact") if lacks is ListTask.CONTACT else t("vacant"))
    lines = [" · ".join(facts), "_" + " · ".join(state) + "_"]
    return "\n".join([*lines, *(_person(member, t, now, contact=member.id == practice.contact_id) for member in here)])


def _person(member: Member, t: Texts, now: datetime, *, contact: bool = False) -> str:
    marks = [b.escape(member.title)] if member.title and member.active else []
    marks += [role_names(t)[member.role]] if member.role != Role.MEMBER and member.active else []
    if contact:
        marks.append(t("contact"))
    if not member.active:
        marks.append(t("no longer a member"))
    elif member.slack_user_id is None:
        marks.append(t("not found in Slack"))
    elif member.confirmed_at is None:
        marks.append(t("not confirmed yet"))
    if member.active and member.away_until is not None and member.away_until > now:
        marks.append(_leave(member.away_from, member.away_until, t, now))
    return f"• {b.escape(member.name)}" + (f" ({', '.join(marks)})" if marks else "")


def _leave(begins: datetime | None, until: datetime, t: Texts, now: datetime) -> str:
    """When somebody is not reminded, and others are asked."""
    day = t.date(local(until).date())
    if begins is not None and begins > now:
        return t("on leave from {first} until {day}", first=t.date(local(begins).date()), day=day)
    return t("on leave until {day}", day=day)


def system_name(system: str, t: Texts) -> str:
    """A record system's name."""
    names = {each.id: each.name for each in SYSTEMS}
    return t("record system unknown") if not system else t("other system") if system == "andet" else names[system]


def system_choices(t: Texts) -> list[b.Option]:
    """The menu of record systems."""
    return [(each.id, t("Other") if each.id == "andet" else each.name) for each in SYSTEMS]


def role_names(t: Texts) -> dict[str, str]:
    """What the roles are called."""
    return {
        "coordinator": t("coordinator"),
        "deputy": t("deputy"),
        "member": t("member"),
        "observer": t("observer"),
        LEFT: t("no longer a member"),
    }


def practice_form(
    cluster_id: int, practice: Practice | None, here: Sequence[Member], places: Sequence[Practice], t: Texts
) -> dict[str, Any]:
    """Mend a practice, and the roles and practices of its people; without a practice only these."""
    blocks: list[Block] = []
    if practice is not None:
        contacts = people_choices([member for member in here if member.active])
        blocks += [
            b.section(f"*{b.escape(practice.name)}* · {practice.ydernummer}"),
            b.entry(
                t("Patients"), b.number_field("list_size", initial=practice.list_size, low=1, high=60000), optional=True
            ),
            b.entry(
                t("Record system"),
                b.select("system", system_choices(t), chosen=practice.system),
                optional=True,
            ),
        ]
        if contacts:
            chosen = str(practice.contact_id or "")
            blocks.append(
                b.entry(
                    t("Contact: answers for the practice"), b.menu("contact", contacts, chosen=chosen), optional=True
                )
            )
    roles = list(role_names(t).items())
    most = b.MENU if len(here) * len(places) <= MOST_OFFERED else 0
    if len(here) > MOST_PEOPLE:
        blocks.append(b.entry(t("Whose role?"), b.menu(PERSON, people_choices(here), hint=t("Choose a member"))))
        blocks.append(b.entry(t("Role"), b.select(ROLE, [each for each in roles if each[0] != LEFT])))
        here = []
    for member in here:
        held = member.role if member.active else LEFT
        able = [each for each in roles if each[0] != LEFT or not member.active]
        blocks.append(b.entry(member.name, b.select(f"role:{member.id}", able, chosen=held)))
        if member.active and places:
            label = t("{name}: practice", name=member.name)
            chosen, choices = str(member.practice_id or ""), place_choices(places)
            blocks.append(
                b.entry(label, b.menu(f"place:{member.id}", choices, chosen=chosen, most=most), optional=True)
            )
    metadata = json.dumps({"cluster": cluster_id, "in": practice.id if practice else NOWHERE})
    return b.form(View.PRACTICE_FORM, t("Edit"), t("Save"), t("Cancel"), blocks, metadata)
