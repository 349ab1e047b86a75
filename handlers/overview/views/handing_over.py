"""The hand-over page: what is open, what was agreed, where everything is. Names of practices, and nobody's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cluster.overview.handing_over import HandingOver
from cluster.overview.leading import Gathering, Progress
from cluster.packages.lookup import package_of
from handlers import blocks as b
from handlers.charts.ids import Action as ChartAction
from handlers.meetings.ids import Action as MeetingAction
from handlers.meetings.views.words import counts, titled
from handlers.members.ids import Action as MemberAction
from handlers.message import Block
from handlers.onboarding.ids import Action as OnboardingAction
from handlers.overview.ids import Action, View
from handlers.rounds.views.agreements import agreed_of, home_text
from handlers.rounds.views.asks import title
from locales import Texts

NAMES_SHOWN = 15
SHOWN = 5
"""Meetings, rounds and agreements of each; the start page has all of them."""


def page(found: HandingOver, now: datetime, t: Texts) -> list[Block]:
    """All of it, to be read from the top in two minutes."""
    name = found.cluster.name or t("Your cluster")
    first = t("This is how {cluster} stands.", cluster=b.escape(name))
    return [
        b.header(t("Hand-over: {cluster}", cluster=name)),
        b.section(f"{first}\n{who_leads(found, t)}"),
        _headed(t("Open now"), what_is_open(found, now, t)),
        _headed(t("What you agreed"), what_was_agreed(found, t)),
        _headed(t("Where everything is"), where_it_is(found, t)),
        b.actions(*_doors(found, t)),
        b.context(
            t(
                "Nobody's numbers stand here. Is somebody else to run the cluster? Give them the role under "
                "*Members*: they get this page at once, and your cards are emptied."
            )
        ),
    ]


def _headed(title: str, lines: Sequence[str]) -> Block:
    return b.section("\n".join([f"*{title}*", *lines]))


def as_text(blocks: Sequence[Block]) -> str:
    """The same without buttons, for notifications and screen readers."""
    return "\n".join(block["text"]["text"] for block in blocks if "text" in block)


def who_leads(found: HandingOver, t: Texts) -> str:
    """The coordinators and their deputies."""
    said = t("Coordinator: {names}.", names=_names(found.coordinators, t) or t("nobody"))
    deputies = _names(found.deputies, t)
    beside = t("Deputy: {names}.", names=deputies) if deputies else t("There is no deputy.")
    return f"{said} {beside}"


def what_is_open(found: HandingOver, now: datetime, t: Texts) -> list[str]:
    """Meetings, rounds with whom is waited for, consents and people."""
    lines = [_meeting(each, now, t) for each in found.ahead[:SHOWN]] or [t("No meetings are planned.")]
    lines += [_round(each, t) for each in found.rounds[:SHOWN]] or [t("No numbers are being collected.")]
    lines.append(_consents(found, t))
    if found.unmatched:
        lines.append(t.n("{n} member is not found in Slack.", "{n} members are not found in Slack.", found.unmatched))
    if found.unconfirmed:
        lines.append(t.n("{n} member has not confirmed yet.", "{n} members have not confirmed yet.", found.unconfirmed))
    if found.waiting:
        said = t.n(
            "{n} thing waits for you on your Home page.", "{n} things wait for you on your Home page.", found.waiting
        )
        lines.append(said)
    return [f"• {line}" for line in lines]


def _meeting(each: Gathering, now: datetime, t: Texts) -> str:
    line = f"{titled(each.meeting, t)}: {counts(each.answers, t)}."
    if each.meeting.answer_by > now:
        line += " " + t("Answers by {moment}.", moment=t.moment(each.meeting.answer_by))
    return line


def _round(each: Progress, t: Texts) -> str:
    line = t(
        "{topic}: {answered} of {total} practices have answered.",
        topic=f"*{b.escape(title(package_of(each.round), t))}*",
        answered=t.number(each.tally.answered),
        total=t.number(each.tally.total),
    )
    line += " " + t("Deadline: {moment}.", moment=t.moment(each.round.deadline))
    if each.missing:
        line += " " + t("Missing: {names}.", names=_names(each.missing, t))
    return line


def _consents(found: HandingOver, t: Texts) -> str:
    lacking = found.without_consent
    if not lacking:
        return t("Every practice has consented to the use of its totals.")
    said = t.n("{n} practice has not consented yet", "{n} practices have not consented yet", len(lacking))
    return f"{said}: {_names(lacking, t)}."


def what_was_agreed(found: HandingOver, t: Texts) -> list[str]:
    """Each agreement with the day on which it is measured again."""
    lines = [home_text(agreed_of(each, round_, t), t) for each, round_ in found.agreed[:SHOWN]]
    return lines or [t("No agreement waits to be measured again.")]


def where_it_is(found: HandingOver, t: Texts) -> list[str]:
    """What is behind each of the buttons below."""
    about = b.escape(title(package_of(found.decked), t)) if found.decked else ""
    lines = [
        t("*Members*: practices, people, roles and consents."),
        t("*Setup*: what the cluster has agreed about its work."),
        t("*Deck*: the newest is about {title}.", title=about)
        if about
        else t("*Deck*: there is none before the first charts are sent."),
        t("*Lists of attendance*: the year as a spreadsheet."),
        t("*Plan* and *Log*: what I am about to send, and who did what."),
        t("*Help*: everything that you can do, with the commands."),
    ]
    return [f"• {line}" for line in lines]


def _doors(found: HandingOver, t: Texts) -> list[dict[str, Any]]:
    deck = [(t("Deck"), ChartAction.CLUSTER_DECK)] if found.decked else []
    doors = [
        (t("Members"), MemberAction.CLUSTER_MEMBERS),
        (t("Setup"), OnboardingAction.CLUSTER_SET_UP),
        *deck,
        (t("Lists of attendance"), MeetingAction.CLUSTER_EXPORT),
        (t("Plan"), Action.CLUSTER_PLAN),
        (t("Log"), Action.CLUSTER_LOG),
        (t("Help"), Action.CLUSTER_HELP),
    ]
    return [b.button(label, action, found.cluster.id) for label, action in doors]


def _names(names: Sequence[str], t: Texts) -> str:
    """So many as can be read; that there are more is said."""
    said = t.listing([b.escape(each) for each in names[:NAMES_SHOWN]])
    return said + ("…" if len(names) > NAMES_SHOWN else "")


def window(found: HandingOver, now: datetime, t: Texts) -> dict[str, Any]:
    """The page over whatever was pressed."""
    return b.window(View.HANDOVER_WINDOW, t("Hand-over"), t("Close"), page(found, now, t))
