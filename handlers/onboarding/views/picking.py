"""The two forms in which people are picked in Slack and given their practices."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cluster.members.members import Person
from cluster.onboarding.picking import MOST, Unfit
from handlers import blocks as b
from handlers.members.views.list_tasks import shortened
from handlers.members.views.members import MOST_OFFERED, place_choices
from handlers.message import Block
from handlers.onboarding.ids import View
from locales import N_, Texts
from storage.models import Practice

PEOPLE, PRACTICE, NEW = "people", "practice", "new"
"""What fields are called; the last two with somebody's id behind a colon."""
ALL = "all"
"""In place of an id: everybody without a practice."""
WHO = "who"
UNFIT = {
    Unfit.LISTED: N_("Already on the list: {names}."),
    Unfit.BOT: N_("A bot can't be a member: {names}."),
    Unfit.GONE: N_("The account in Slack is closed: {names}."),
    Unfit.OUTSIDER: N_(
        "The account belongs to another organisation: {names}. Add them one by one with their e-mail address; then you "
        "are asked whether it is them."
    ),
    Unfit.NO_ADDRESS: N_("I can't see the e-mail address in Slack: {names}. Add them one by one."),
}


def people_form(cluster_id: int, t: Texts) -> dict[str, Any]:
    """Who."""
    field = b.people_field(PEOPLE, most=MOST, hint=t("Write a name"))
    blocks = [
        b.entry(t("Who is a member?"), field),
        b.context(t("At most {n} at a time. Where they work comes next.", n=MOST)),
    ]
    metadata = json.dumps({"cluster": cluster_id})
    return b.form(View.CLUSTER_PICK, t("Pick people in Slack"), t("Go on"), t("Cancel"), blocks, metadata)


def places_form(
    cluster_id: int,
    fit: Sequence[Person],
    unfit: Mapping[Unfit, Sequence[Person]],
    practices: Sequence[Practice],
    t: Texts,
) -> dict[str, Any]:
    """Where each works: a choice among the practices that are known, else a line to write in. All may stay empty."""
    fit = fit[:MOST]
    blocks: list[Block] = [b.context(line) for line in unfit_lines(unfit, t)]
    example = t("057584 Lægehuset Nord")
    if practices:
        most = b.MENU if len(fit) * len(practices) <= MOST_OFFERED else 0
        choices, hint = place_choices(practices), t("Choose a practice")
        blocks += [
            b.entry(person.name, b.menu(f"{PRACTICE}:{person.user_id}", choices, hint=hint, most=most), optional=True)
            for person in fit
        ]
        label = t("Those without a choice work in a new practice: ydernummer and name")
        blocks.append(b.entry(label, b.text_field(f"{NEW}:{ALL}", hint=example, limit=300), optional=True))
    else:
        blocks.append(b.section(t("Write ydernummer and name of each one's practice. The name is needed only once.")))
        blocks += [
            b.entry(person.name, b.text_field(f"{NEW}:{person.user_id}", hint=example, limit=300), optional=True)
            for person in fit
        ]
    blocks.append(b.context(t("Without a practice it is a task on your start page to choose one.")))
    metadata = json.dumps({"cluster": cluster_id, WHO: " ".join(person.user_id for person in fit)})
    return b.form(View.CLUSTER_PICKED, t("Where do they work?"), t("Read"), t("Cancel"), blocks, metadata)


def unfit_lines(unfit: Mapping[Unfit, Sequence[Person]], t: Texts) -> list[str]:
    """Why some are not taken, and what can be done instead."""
    return [t(UNFIT[why], names=shortened([person.name for person in those], t)) for why, those in unfit.items()]
