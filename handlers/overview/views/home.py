"""A person's own page in Slack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cluster.clock import local
from cluster.members.consent_terms import ends_soon
from cluster.members.places import REFUSED
from cluster.overview.homepage import Lead, Part
from cluster.packages.lookup import package_of
from handlers import blocks as b
from handlers.charts.views import openness
from handlers.meetings.ids import Action as MeetingAction
from handlers.members.ids import Action as MemberAction
from handlers.members.views.members import open_members, system_name
from handlers.message import Block
from handlers.onboarding.ids import Action as OnboardingAction
from handlers.onboarding.views.welcome import consent_buttons, refused_text
from handlers.rounds.views.agreements import agreed_of, home_text
from handlers.submissions.ids import Action as SubmissionAction
from locales import Texts
from measures.packages.package import text
from storage.models import Member, Practice

NAMES_SHOWN = 15
AGREED_SHOWN = 2


def stranger(t: Texts) -> list[Block]:
    """For somebody who is in no cluster."""
    return [
        b.header(t("Hello!")),
        b.section(
            t(
                "I am Klyngebot, and I help kvalitetsklynger with meetings and data. I don't know you yet: ask the "
                "coordinator of your cluster to put you on the list of members, with the e-mail address you use here."
            )
        ),
    ]


def page(parts: Sequence[Part], now: datetime, t: Texts) -> list[Block]:
    """Everything of one person, the most pressing first."""
    first = parts[0].member
    blocks = [b.header(t("Hello {name}!", name=first.name.partition(" ")[0]))]
    for part in parts:
        name = b.escape(part.cluster.name) or t("Your cluster")
        blocks.append(b.section(f"*{name}*"))
        blocks += [
            *_owed(part, now, t),
            *_meetings(part, t),
            *_agreed(part, t),
            *_practice(part, now, t),
            *_share(part, t),
        ]
        for round_, choice in part.openness:
            title = text(package_of(round_).title, t.lang)
            blocks += openness.of_practice(round_.id, title, choice, t, decides=part.may_decide)
        if part.lead is not None:
            blocks += _lead(part, part.lead, t)
        blocks.append(b.divider())
    return [*blocks, *_settings(parts[0], now, t)][:100]


def _owed(part: Part, now: datetime, t: Texts) -> list[Block]:
    blocks: list[Block] = []
    if part.member.confirmed_at is None and not part.member.place:
        blocks += [
            b.section(
                t("I still need you to confirm who you are."),
                b.button(t("Confirm"), OnboardingAction.MEMBER_WELCOME, part.member.id, style="primary"),
            )
        ]
    for meeting in part.open_invitations(now):
        blocks += [
            b.section(
                t(
                    "Will you come to {title} on {when}? Please answer before {deadline}.",
                    title=f"*{b.escape(meeting.title)}*",
                    when=t.moment(meeting.starts_at),
                    deadline=t.moment(meeting.answer_by),
                )
            ),
            b.actions(
                b.button(t("Coming"), MeetingAction.MEETING_YES, meeting.id, style="primary"),
                b.button(t("Maybe"), MeetingAction.MEETING_MAYBE, meeting.id),
                b.button(t("Not coming"), MeetingAction.MEETING_NO, meeting.id),
            ),
        ]
    for assignment, asked in part.asked:
        sentence = t(
            "Your practice is asked for numbers about {topic}, before {deadline}.",
            topic=f"*{text(package_of(asked).title, t.lang)}*",
            deadline=t.moment(asked.deadline),
        )
        enter = b.button(t("Enter numbers"), SubmissionAction.ASSIGNMENT_ENTER, assignment.id, style="primary")
        blocks.append(b.section(sentence, enter))
    return blocks or [b.section(t("You owe nothing right now. ☕"))]


def _meetings(part: Part, t: Texts) -> list[Block]:
    if not part.meetings:
        return [b.context(t("No meetings are planned."))]
    meeting, mine = part.meetings[0]
    answers = {
        "yes": t("You have answered: coming."),
        "maybe": t("You have answered: maybe."),
        "no": t("You have answered: not coming."),
    }
    lines = [
        t("The next meeting: {title}", title=f"*{b.escape(meeting.title)}*"),
        t.moment(meeting.starts_at) + (f", {b.escape(meeting.place)}" if meeting.place else ""),
        answers.get(mine.answer or "", t("You have not answered yet.")),
    ]
    return [b.section("\n".join(lines))]


def _agreed(part: Part, t: Texts) -> list[Block]:
    """What the cluster wants to do differently; the newest two."""
    return [b.section(home_text(agreed_of(each, round_, t), t)) for each, round_ in part.agreed[:AGREED_SHOWN]]


def _practice(part: Part, now: datetime, t: Texts) -> list[Block]:
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
            [b.button(t("Renew the consent"), MemberAction.PRACTICE_PROLONG, practice.id, style="primary")]
            if soon
            else []
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
        "You are down at {practice}, and somebody who is confirmed there must say yes before you see its numbers.",
        practice=b.escape(practice.name),
    )
    return b.section(waits, change)


def _share(part: Part, t: Texts) -> list[Block]:
    share = part.share
    if share is None or not share.held:
        return []
    line = t.n(
        "You have been at {present} of the year's {n} registered meeting.",
        "You have been at {present} of the year's {n} registered meetings.",
        share.held,
        present=t.number(share.present),
    )
    if part.rules.required_share:
        line += " " + t("The cluster has agreed on {share}.", share=t.percent(part.rules.required_share / 100))
    return [b.context(line)]


def _lead(part: Part, lead: Lead, t: Texts) -> list[Block]:
    title = t("For the coordinator")
    lines = [f"*{title}*"]
    for progress in lead.rounds:
        line = t(
            "{topic}: {answered} of {total} practices have answered.",
            topic=text(package_of(progress.round).title, t.lang),
            answered=t.number(progress.tally.answered),
            total=t.number(progress.tally.total),
        )
        if progress.missing:
            named = t.listing([b.escape(name) for name in progress.missing[:NAMES_SHOWN]])
            line += " " + t("Missing: {names}.", names=named + ("…" if len(progress.missing) > NAMES_SHOWN else ""))
        lines.append(line)
    if part.cluster.set_up_at is None:
        lines.append(t("The cluster is not set up yet."))
    elif lead.empty:
        lines.append(t("No practices yet. Drop a list of the members in our conversation, as CSV or Excel."))
    if lead.unmatched:
        lines.append(t.n("{n} member not found in Slack.", "{n} members not found in Slack.", lead.unmatched))
    if lead.unconfirmed:
        lines.append(t.n("{n} member has not confirmed yet.", "{n} members have not confirmed yet.", lead.unconfirmed))
    if lead.lacking:
        lines.append(t.n("{n} practice has no contact.", "{n} practices have no contact.", lead.lacking))
    return [
        b.section("\n".join(lines)),
        b.actions(
            b.button(t("Setup"), OnboardingAction.CLUSTER_SET_UP, part.cluster.id), open_members(part.cluster.id, t)
        ),
        b.context(t("Write `/klynge møde`, `/klynge data`, `/klynge status` or `/klynge plan` to do more.")),
    ]


def _settings(part: Part, now: datetime, t: Texts) -> list[Block]:
    member = part.member
    other, label = ("en", "English") if t.lang == "da" else ("da", "Dansk")
    blocks: list[Block] = []
    if member.away_until and member.away_until > now:
        blocks.append(b.context(t("On holiday until {moment}: no reminders.", moment=t.moment(member.away_until))))
    return [
        *blocks,
        b.actions(
            b.button(t("Settings"), MemberAction.MEMBER_SETTINGS, member.id),
            b.button(label, MemberAction.MEMBER_LANGUAGE, f"{member.id}:{other}"),
        ),
    ]
