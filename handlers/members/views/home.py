"""What a person's page says of the person and the practice."""

from __future__ import annotations

from typing import Any

from cluster.clock import local
from cluster.members.consent_terms import ends_soon
from cluster.members.list_tasks import ListTask, OpenTask
from cluster.members.places import REFUSED
from cluster.overview.leading import Lead
from cluster.overview.next_things import NextThing, Thing
from handlers import blocks as b
from handlers.at_home import AtHome
from handlers.members.ids import Action
from handlers.members.views import list_tasks
from handlers.members.views.members import system_name
from handlers.message import Block
from handlers.onboarding.ids import Action as OnboardingAction
from locales import Texts
from storage.models import Consent, Member, Practice, Rules

NAMES_SHOWN = 15


def own_practice(at: AtHome) -> list[Block]:
    """The practice, its consent, and who sees its numbers."""
    part, now, t = at.part, at.now, at.t
    practice = part.practice
    if practice is None:
        return []
    if part.member.place:
        return [_elsewhere(part.member, practice, t)]
    facts = [f"*{b.escape(practice.name)}*", practice.ydernummer, system_name(practice.system, t)]
    if practice.list_size is not None:
        facts.append(t.n("{n} patient", "{n} patients", practice.list_size))
    if part.member.confirmed_at is None:
        return [b.section(" · ".join(facts))]
    held = (
        t("The practice has consented to the use of its totals since {day}.", day=t.date(part.consent.given_at))
        if part.consent
        else t("The practice has not consented to the use of its totals, so I receive no numbers from it.")
    )
    if part.consent and part.consent.expires_at:
        held += " " + t("It ends on {day}.", day=t.date(local(part.consent.expires_at).date()))
    blocks = [b.section(" · ".join(facts) + f"\n{held}")]
    seen = t.listing([b.escape(each.name) for each in part.colleagues[:NAMES_SHOWN]])
    if any(each.id != part.member.id for each in part.colleagues):
        blocks.append(b.context(t("Confirmed in the practice, and able to see its numbers: {names}.", names=seen)))
    change = b.button(t("Change"), OnboardingAction.MEMBER_WELCOME, part.member.id)
    if part.may_decide:
        soon = part.consent is not None and ends_soon(part.consent, now)
        renew = (
            [b.button(t("Renew the consent"), Action.PRACTICE_PROLONG, practice.id, style="primary")] if soon else []
        )
        blocks.append(b.actions(change, *renew, consent_buttons(practice, part.consent, part.rules, t)))
    else:
        blocks.append(b.actions(change))
    return blocks


def _elsewhere(member: Member, practice: Practice, t: Texts) -> Block:
    """The list and the practice don't agree (yet)."""
    change = b.button(t("Change"), OnboardingAction.MEMBER_WELCOME, member.id)
    if member.place == REFUSED:
        return b.section(refused_text(practice, t), change)
    waits = t(
        "You are listed at {practice}, and somebody who is confirmed there must say yes before you see its numbers.",
        practice=b.escape(practice.name),
    )
    return b.section(waits, change)


BESIDE = (ListTask.PLACE, ListTask.VACANT, ListTask.SIZE, ListTask.PATIENTS)
"""What is open in the list and is no next thing: it may last, and most of it harms nothing."""


def list_lines(at: AtHome) -> list[str]:
    """To those who run the cluster: who has not confirmed; what else the list lacks is among the next things."""
    lead = at.part.lead
    if lead is None:
        return []
    said = [list_tasks.said(task, at.t) for task in _beside(lead) if lead.begun.current is None]
    if not lead.unconfirmed:
        return said
    return [at.t.n("{n} member has not confirmed yet.", "{n} members have not confirmed yet.", lead.unconfirmed), *said]


def tasks_beside(at: AtHome) -> list[Block]:
    """Until the first invitation what lacks in the list has a button here, too; after that it is a line, for it may
    last."""
    lead = at.part.lead
    if lead is None or lead.begun.current is None:
        return []
    return list_tasks.lines(_beside(lead), at.part.cluster.id, at.t)


def _beside(lead: Lead) -> list[OpenTask]:
    """What is open in the list and is no next thing."""
    return [task for task in lead.tasks if task.what in BESIDE]


def to_find(thing: Thing, at: AtHome) -> tuple[str, Block]:
    """Members without an account."""
    said = at.t.n("{n} member not found in Slack.", "{n} members not found in Slack.", thing.count)
    return said, b.button(at.t("See who"), Action.CLUSTER_ABSENT, thing.about)


def to_choose(thing: Thing, at: AtHome) -> tuple[str, Block]:
    """Practices for which nobody answers."""
    said = at.t.n("{n} practice has no contact.", "{n} practices have no contact.", thing.count)
    return said, list_tasks.fill_in(thing.about, at.t)


THINGS = {NextThing.NOT_IN_SLACK: to_find, NextThing.CONTACT: to_choose}


def settings(at: AtHome) -> list[Block]:
    """Holidays and language."""
    now, t = at.now, at.t
    member = at.part.member
    other, label = ("en", "English") if t.lang == "da" else ("da", "Dansk")
    blocks: list[Block] = []
    if member.away_until and member.away_until > now:
        if member.away_from and member.away_from > now:
            begins, over = (t.day(local(moment).date()) for moment in (member.away_from, member.away_until))
            said = t("On holiday from {first} until {day}: no reminders then.", first=begins, day=over)
        else:
            said = t("On holiday until {moment}: no reminders.", moment=t.moment(member.away_until))
        stands_in = next((each for each in at.part.colleagues if each.id == member.substitute_id), None)
        if stands_in is not None:
            said += " " + t("{name} stands in for numbers.", name=b.escape(stands_in.name))
        blocks.append(b.context(said))
    if member.reminders_from or member.reminders_to:
        rules = at.part.rules
        first = max(member.reminders_from or 0, rules.reminders_from)
        last = min(member.reminders_to or 24, rules.reminders_to)
        blocks.append(b.context(t("Reminders between {first} and {last} only.", first=first, last=last)))
    return [
        *blocks,
        b.actions(
            b.button(t("Settings"), Action.MEMBER_SETTINGS, member.id),
            b.button(label, Action.MEMBER_LANGUAGE, f"{member.id}:{other}"),
        ),
    ]


def refused_text(practice: Practice | None, t: Texts) -> str:
    """It is noted that the practice is wrong."""
    return t(
        "It is noted that you do not work at {practice}. The coordinator has been told, and nothing about that "
        "practice is sent to you.",
        practice=b.escape(practice.name) if practice else "–",
    )


def consent_buttons(practice: Practice, consent: Consent | None, rules: Rules, t: Texts) -> dict[str, Any]:
    """Withdraw a consent that holds, or give one."""
    if consent is None:
        question = t(
            "The practice's totals may be used in the cluster: without a name, and only among at least {least} "
            "practices. You can withdraw it at any time.",
            least=rules.min_practices,
        )
        sure = b.confirmation(t("Give consent?"), question, t("We consent"), t("Cancel"))
        return b.button(t("Give consent"), Action.PRACTICE_CONSENT, practice.id, style="primary", confirm=sure)
    question = t("From now on the practice's numbers are neither received nor shown to others. You can consent again.")
    sure = b.confirmation(t("Withdraw the consent?"), question, t("Withdraw"), t("Keep it"))
    return b.button(t("Withdraw consent"), Action.PRACTICE_WITHDRAW, practice.id, confirm=sure)
