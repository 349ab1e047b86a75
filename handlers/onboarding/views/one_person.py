"""The forms in which a coordinator adds and edits a person and ends a membership."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cluster.members.members import LEFT
from handlers import blocks as b
from handlers.members.views.members import place_choices, role_names
from handlers.message import Block
from handlers.onboarding.ids import Action, View
from locales import Texts
from storage.models import Member, Practice

ACCOUNT = "account"
NAME, EMAIL, TITLE = 255, 255, 64
"""Letters that are kept of each."""


@dataclass(frozen=True)
class Ending:
    """What ends with somebody, as the coordinator reads it before saying yes."""

    meetings: Sequence[str]
    """Titles of the coming meetings they are invited to."""
    contact_of: str = ""
    """The practice they answer for."""
    alone_in: str = ""
    """The practice where nobody else is confirmed."""
    asked_for: Sequence[tuple[str, str]] = ()
    """Titles of the packages that they were asked for numbers with and that nobody has answered yet, each with the
    colleague who is asked instead; "" when there is nobody."""
    is_last: bool = False
    """The only coordinator: can't be ended."""


def person_form(cluster_id: int, practices: Sequence[Practice], t: Texts) -> dict[str, Any]:
    """Name, address, practice, title and role."""
    roles = [(key, name) for key, name in role_names(t).items() if key != LEFT]
    blocks = [
        b.entry(t("Name"), b.text_field("name", limit=NAME)),
        b.entry(t("Work e-mail: I use it to find the person in Slack"), b.text_field("email", limit=EMAIL)),
    ]
    if practices:
        blocks.append(b.entry(t("Practice"), b.menu("practice", place_choices(practices)), optional=True))
    blocks += [
        b.entry(t("Or a new practice: ydernummer"), b.text_field("ydernummer", limit=20), optional=True),
        b.entry(t("The new practice's name"), b.text_field("practice_name", limit=255), optional=True),
        b.entry(t("Title, such as ejerlæge"), b.text_field("title", limit=TITLE), optional=True),
        b.entry(t("Role"), b.select("role", roles, chosen="member")),
        b.context(t("Without a practice it is a task on your start page to choose one.")),
    ]
    return b.form(
        View.MEMBER_FORM, t("Add a person"), t("Save"), t("Cancel"), blocks, json.dumps({"cluster": cluster_id})
    )


def mend_form(member: Member, practice: str, t: Texts) -> dict[str, Any]:
    """What is known of one person, to be put right; and the way to end them."""
    known = " · ".join([f"*{b.escape(member.name)}*", b.escape(practice) or t("Without a practice")])
    blocks: list[Block] = [
        b.section(known, b.button(t("End membership …"), Action.MEMBER_END, member.id, style="danger")),
        b.entry(t("Name"), b.text_field("name", initial=member.name, limit=NAME)),
        b.entry(
            t("Work e-mail: I use it to find the person in Slack"),
            b.text_field("email", initial=member.email or "", limit=EMAIL),
            optional=member.slack_user_id is not None or member.email is None,
        ),
        *_picking(member, t),
        b.entry(t("Title, such as ejerlæge"), b.text_field("title", initial=member.title, limit=TITLE), optional=True),
        b.context(
            t(
                "The title decides who may consent for the practice; if I don't know it, I ask the person. The person "
                "is told what you change. To change role or practice, press *Edit* beside the practice in the list."
            )
        ),
    ]
    return b.form(View.MEMBER_EDIT, t("Edit a person"), t("Save"), t("Cancel"), blocks, _metadata(member))


def _picking(member: Member, t: Texts) -> list[Block]:
    """Whoever is not found by the address on the list is picked, and has another there."""
    if member.slack_user_id is not None:
        return []
    field = b.person_field(ACCOUNT, hint=t("Write a name"))
    return [b.entry(t("Or pick the person in Slack: the address there then counts"), field, optional=True)]


def end_form(member: Member, ending: Ending, t: Texts) -> dict[str, Any]:
    """What happens when somebody is ended, and the button that does it; for the last coordinator why it can't be."""
    name, title = b.escape(member.name), t("End a membership")
    if ending.is_last:
        said = t("{name} is the cluster's only coordinator. Make somebody else coordinator first.", name=name)
        return b.window(View.MEMBER_END, title, t("Close"), [b.section(said)], _metadata(member))
    lines = [t("{name} gets one message about it, and nothing more after that.", name=name)]
    if ending.meetings:
        lines.append(
            t(
                "Invitations and reminders to {meetings} are withdrawn. If a meeting is in the calendar, a file comes "
                "along to take it out.",
                meetings=t.listing([f"»{b.escape(each)}«" for each in ending.meetings]),
            )
        )
    lines.append(t("{name} no longer sees the practice's numbers and charts here.", name=name))
    lines.append(t("Answers, attendance, consents and numbers already given are kept, and so is the log."))
    for other in dict.fromkeys(heir for _, heir in ending.asked_for):
        about = {
            "name": name,
            "topics": t.listing([b.escape(each) for each, heir in ending.asked_for if heir == other]),
        }
        if other:
            about["other"] = b.escape(other)
            lines.append(t("{name} was asked for numbers about {topics}: I will ask {other} instead.", **about))
        else:
            lines.append(
                t("{name} was asked for numbers about {topics}: nobody else in the practice can be asked.", **about)
            )
    if ending.contact_of:
        lines.append(
            t("{practice} needs another contact: choose one afterwards.", practice=b.escape(ending.contact_of))
        )
    if ending.alone_in:
        lines.append(
            t(
                "Nobody else is confirmed in {practice}: its consent still holds, but nobody can see, correct or "
                "withdraw anything for the practice until somebody is.",
                practice=b.escape(ending.alone_in),
            )
        )
    lines.append(
        t(
            "Was it a mistake? Give {name} a role again under *Edit* beside the practice: the practice then has to be "
            "confirmed again.",
            name=name,
        )
    )
    head = t("*End {name}'s membership of the cluster?*", name=name)
    blocks = [b.section("\n".join([head, *(f"• {line}" for line in lines)]))]
    return b.form(View.MEMBER_END, title, t("End membership"), t("Cancel"), blocks, _metadata(member))


def _metadata(member: Member) -> str:
    return json.dumps({"cluster": member.cluster_id, "in": member.id})
