"""How setting up a cluster looks: the greeting, the form, what was agreed."""

from __future__ import annotations

import json

from cluster.members.cluster_rules import (
    CONSENT_MONTHS,
    EARLIEST_HOUR,
    FEWEST_PRACTICES,
    LATEST_HOUR,
    MOST_TITLES,
    REGIONS,
    AgreedRules,
)
from cluster.members.titles import DECIDING, listed
from cluster.onboarding.first_steps import Begun
from handlers import blocks as b
from handlers.charts.views import openness
from handlers.message import Block
from handlers.onboarding.ids import Action, View
from handlers.onboarding.views import first_steps
from handlers.onboarding.views.cluster_work import about_button
from handlers.reminders.views.quiet import quiet_line
from locales import Texts


def greeting(begun: Begun, t: Texts) -> list[Block]:
    """To the coordinator of a new cluster: who writes, and the first steps, as far as they are done."""
    first = b.section(greeting_text(t), about_button(begun.cluster_id, t))
    return [first, *first_steps.blocks(begun, t)]


def greeting_text(t: Texts) -> str:
    """The greeting in one breath."""
    return t(
        "Hello! I am Klyngebot. You have invited me to your cluster's channel, so I take you to be the coordinator. "
        "I can look after invitations, reminders, data and charts for you."
    )


def claim(cluster_id: int, t: Texts) -> list[Block]:
    """In the channel, when nobody coordinates."""
    return [
        b.section(claim_text(t)),
        b.actions(b.button(t("I am the coordinator"), Action.CLUSTER_CLAIM, cluster_id, style="primary")),
    ]


def claim_text(t: Texts) -> str:
    """The same as text."""
    return t("Hello! This cluster has no coordinator yet. If that is you, press the button, and I will write to you.")


def form(cluster_id: int, agreed: AgreedRules, t: Texts) -> dict[str, object]:
    """The form: name, region and the rules."""
    first, last = EARLIEST_HOUR, LATEST_HOUR
    hours = [(str(hour), t("{hour}:00", hour=hour)) for hour in range(first, last + 1)]
    registered = "yes" if agreed.attendance_registered else "no"
    excused = "yes" if agreed.excused_counts else "no"
    return b.form(
        View.CLUSTER_FORM,
        t("Set up the cluster"),
        t("Save"),
        t("Cancel"),
        [
            b.entry(t("The cluster's name"), b.text_field("name", initial=agreed.name, limit=100)),
            b.entry(t("Region"), b.select("region", [(name, name) for name in REGIONS], chosen=agreed.region)),
            b.entry(
                t("Is attendance registered?"),
                b.radio("attendance_registered", [("yes", t("Yes")), ("no", t("No"))], chosen=registered),
            ),
            b.entry(
                t("Attendance required, as a percentage of the year's meetings"),
                b.number_field("required_share", initial=agreed.required_share, low=0, high=100),
                help_text=t("0 means that you have no rule."),
            ),
            b.entry(
                t("Does a meeting count for those who declined it?"),
                b.radio("excused_counts", [("yes", t("Yes")), ("no", t("No"))], chosen=excused),
                help_text=t("With “No”, holidays, duty and illness lower nobody's share."),
            ),
            b.entry(t("Reminders from"), b.select("reminders_from", hours[:-1], chosen=str(agreed.reminders_from))),
            b.entry(
                t("Reminders until"),
                b.select("reminders_to", hours[1:], chosen=str(agreed.reminders_to)),
                help_text=t("Reminders are only sent on workdays between these hours."),
            ),
            b.entry(
                t("Quiet weeks"),
                b.text_field("quiet", initial=agreed.quiet, limit=MOST_TITLES),
                help_text=t(
                    "Weeks or days of every year without reminders, for instance: 7, 29-31, 22/12-2/1. "
                    "Reminders that are planned already come after them, or not at all if the deadline has passed by "
                    "then."
                ),
                optional=True,
            ),
            b.entry(
                t("Preparation per member and meeting, in minutes at most"),
                b.number_field("preparation_minutes", initial=agreed.preparation_minutes, low=0, high=600),
            ),
            b.entry(
                t("How open are you with each other's numbers?"),
                b.select("openness", openness.choices(t), chosen=agreed.openness),
                help_text=t(
                    "For rounds that begin from now on; use /klynge åbenhed to change one that is running. No practice "
                    "is named until it has said yes itself."
                ),
            ),
            b.entry(
                t("Fewest practices before others are shown"),
                b.number_field("min_practices", initial=agreed.min_practices, low=FEWEST_PRACTICES, high=100),
                help_text=t("At least {n}. You can choose more, never fewer.", n=FEWEST_PRACTICES),
            ),
            b.entry(
                t("A practice's consent lasts"),
                b.select("consent_months", consent_choices(t), chosen=str(agreed.consent_months)),
                help_text=t("For consents given from now on. The practice is asked again a month before the end."),
            ),
            b.entry(
                t("More titles that may consent for a practice"),
                b.text_field("more_titles", initial=agreed.more_titles, limit=MOST_TITLES),
                help_text=t(
                    "Separate them with commas. These may already: {titles}. Anybody with another title, or none, is "
                    "asked.",
                    titles=", ".join(DECIDING[:SHOWN_TITLES]),
                ),
                optional=True,
            ),
            b.entry(
                t("Is each meeting evaluated?"),
                b.select("evaluation", evaluation_choices(t), chosen=agreed.evaluation or "none"),
                help_text=t("The question comes on the workday after the meeting; what came of it, a week later."),
            ),
            b.entry(
                t("Send the charts at the deadline if this percentage has answered"),
                b.number_field("release_share", initial=agreed.release_share, low=0, high=100),
            ),
        ],
        json.dumps({"cluster": cluster_id}),
    )


SHOWN_TITLES = 6
"""The rest are other words for the same."""


def evaluation_choices(t: Texts) -> list[b.Option]:
    """Whether each meeting is evaluated by itself."""
    return [
        ("none", t("No, only when the coordinator asks")),
        ("anonymous", t("Yes, anonymously")),
        ("confidential", t("Yes, in confidence")),
    ]


def consent_choices(t: Texts) -> list[b.Option]:
    """How long a practice's consent may last."""
    return [
        (str(months), t.n("{n} month", "{n} months", months) if months else t("Until it is withdrawn"))
        for months in CONSENT_MONTHS
    ]


def agreed_lines(agreed: AgreedRules, t: Texts) -> str:
    """What holds now, line by line."""
    share = (
        t(
            "Attendance is registered; {share} of the year's meetings are required.",
            share=_percent(agreed.required_share, t),
        )
        if agreed.required_share
        else t("Attendance is registered; there is no rule about how much.")
    )
    if not agreed.excused_counts:
        share += " " + t("A meeting that somebody declined does not count for them.")
    lines = [
        f"*{b.escape(agreed.name)}* · {b.escape(agreed.region)}",
        share if agreed.attendance_registered else t("Attendance is not registered."),
        t(
            "Reminders on workdays between {first}:00 and {last}:00.",
            first=agreed.reminders_from,
            last=agreed.reminders_to,
        ),
        t.n(
            "At most {n} minute of preparation for each meeting.",
            "At most {n} minutes of preparation for each meeting.",
            agreed.preparation_minutes,
        ),
        dict(openness.choices(t))[agreed.openness] + ".",
        t.n(
            "Others are shown from {n} practice upwards.",
            "Others are shown from {n} practices upwards.",
            agreed.min_practices,
        ),
        t("Charts are sent at the deadline if {share} have answered.", share=_percent(agreed.release_share, t)),
    ]
    if agreed.quiet:
        lines.append(quiet_line(agreed.quiet, t))
    titles = [*DECIDING[:SHOWN_TITLES], *listed(agreed.more_titles)]
    lines.append(t("These titles may consent for a practice: {titles}.", titles=b.escape(", ".join(titles))))
    if agreed.evaluation:
        evaluated = dict(evaluation_choices(t))[agreed.evaluation]
        lines.append(t("Each meeting is evaluated: {how}.", how=evaluated))
    if agreed.consent_months:
        lasts = dict(consent_choices(t))[str(agreed.consent_months)]
        lines.append(t("A practice's consent lasts {months}.", months=lasts))
    return "\n".join(f"• {line}" if number else line for number, line in enumerate(lines))


def agreed_text(first: bool, changed: bool, t: Texts) -> str:
    """What the coordinator is told after the form."""
    if first:
        return t("Thank you, the cluster is set up. This is what you have agreed:")
    if changed:
        return t("The changes are saved. This applies from now on:")
    return t("Nothing was changed. This still applies:")


def attached_list(t: Texts) -> str:
    """About the file that comes along after the first set-up."""
    return t("The attached file is an empty list of members. It shows which columns I look for.")


def _percent(number: int, t: Texts) -> str:
    return t.percent(number / 100)
