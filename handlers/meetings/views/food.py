"""Food on a member's card, in its form, and on the coordinator's card."""

from __future__ import annotations

from typing import Any

from cluster.meetings.food import DIET_LIMIT, Eating
from handlers.blocks import actions, button, entry, escape, form, section, text_field
from handlers.meetings.ids import Action, View
from handlers.message import Block
from locales import Texts
from storage.models import Invitation, Meeting
from storage.words import Rsvp


def asking_about_food(meeting: Meeting, invitation: Invitation, t: Texts, *, is_late: bool) -> list[Block]:
    """Whether they eat with us, for those who come or may; nothing when there is no food, or it has been ordered."""
    if not meeting.food or is_late or invitation.answer not in {Rsvp.YES, Rsvp.MAYBE}:
        return []
    said = t("*Do you eat with us?*")
    if invitation.eats is not None:
        said = t("You eat with us ✔") if invitation.eats else t("You do not eat with us ✔")
    if invitation.diet:
        said += "\n" + t("Diet: {diet}", diet=escape(invitation.diet))
    elements = [
        _choice(t("Eating"), Action.MEETING_EATS, meeting.id, chosen=invitation.eats is True),
        _choice(t("Not eating"), Action.MEETING_EATS_NOT, meeting.id, chosen=invitation.eats is False),
    ]
    if invitation.eats is not False:
        elements.append(button(t("Diet or allergy"), Action.MEETING_DIET, meeting.id))
    return [section(said), actions(*elements)]


def _choice(label: str, action: Action, meeting_id: int, *, chosen: bool) -> dict[str, Any]:
    return button(("✔ " if chosen else "") + label, action, meeting_id, style="primary" if chosen else "")


def diet_form(title: str, diet: str, metadata: str, t: Texts) -> dict[str, Any]:
    """What the kitchen should know."""
    blocks = [
        section(title),
        entry(
            t("Diet or allergy"),
            text_field("diet", initial=diet, limit=DIET_LIMIT, hint=t("Vegetarian, no nuts …")),
            help_text=t("The coordinator sees it without your name. It is deleted when the meeting is over."),
            optional=True,
        ),
    ]
    return form(View.MEETING_DIET, t("Food"), t("Save"), t("Cancel"), blocks, metadata)


def how_many_eat(eating: Eating, t: Texts) -> str:
    """``Mad til 8–10.``"""
    if eating.low == eating.high:
        return t("Food for {n}.", n=eating.low)
    return t("Food for {low} to {high}.", low=eating.low, high=eating.high)


def for_the_kitchen(eating: Eating, t: Texts) -> str:
    """How many, and diets without names."""
    said = how_many_eat(eating, t)
    if eating.diets:
        said += " " + t("Diets: {diets}.", diets="; ".join(map(escape, eating.diets)))
    return said
