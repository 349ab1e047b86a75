"""How a member is welcomed, and consents."""

from __future__ import annotations

import json
from typing import Any

from cluster.members.places import ASKED, REFUSED
from cluster.members.titles import ANSWERS
from handlers import blocks as b
from handlers.members.views.home import refused_text
from handlers.members.views.members import system_choices, system_name
from handlers.members.views.settings import LANGUAGE_NAMES
from handlers.message import Block
from handlers.onboarding.ids import Action, View
from locales import Texts
from storage.models import Cluster, Consent, Member, Practice, Rules


def welcome(member: Member, cluster: Cluster, practice: Practice | None, t: Texts) -> list[Block]:
    """The first message to a member, and after the answer what was confirmed."""
    if member.confirmed_at is not None:
        change = b.button(t("Change"), Action.MEMBER_WELCOME, member.id)
        return [b.section("✔ " + confirmed_text(practice, t), change)]
    if member.place == REFUSED:
        again = b.button(t("Change"), Action.MEMBER_WELCOME, member.id)
        return [b.section(refused_text(practice, t), again)]
    lines = [welcome_text(member, cluster, practice, t)]
    lines.append(
        t("I look after invitations, reminders and numbers. I only ask for totals, never for anything about a patient.")
    )
    return [
        b.section("\n\n".join(lines)),
        b.actions(b.button(t("Look it over and confirm"), Action.MEMBER_WELCOME, member.id, style="primary")),
    ]


def welcome_text(member: Member, cluster: Cluster, practice: Practice | None, t: Texts) -> str:
    """The welcome in one breath."""
    name, where = b.escape(member.name.partition(" ")[0]), b.escape(cluster.name) or t("your cluster")
    if practice is None:
        return t(
            "Hello {name}! I am Klyngebot, and I help {cluster}. Will you confirm your language?",
            name=name,
            cluster=where,
        )
    return t(
        "Hello {name}! I am Klyngebot, and I help {cluster}. I have you down as working at {practice}. Will you "
        "confirm that, your record system and whether your practice's numbers may be used?",
        name=name,
        cluster=where,
        practice=b.escape(practice.name),
    )


def confirmed_text(practice: Practice | None, t: Texts) -> str:
    """What stands confirmed."""
    if practice is None:
        return t("You have confirmed. Thank you!")
    return t(
        "You have confirmed: {practice}, {system}. Thank you!",
        practice=b.escape(practice.name),
        system=system_name(practice.system, t),
    )


def reminder(member: Member, t: Texts) -> list[Block]:
    """The one gentle reminder."""
    return [
        b.section(reminder_text(t)),
        b.actions(b.button(t("Look it over and confirm"), Action.MEMBER_WELCOME, member.id, style="primary")),
    ]


def reminder_text(t: Texts) -> str:
    """The reminder in one breath."""
    return t("Just one reminder: I still need you to confirm your practice and your choices. It takes half a minute.")


def consent_text(rules: Rules, t: Texts) -> str:
    """What the practice says yes to."""
    said = t(
        "The practice's totals (never anything about a single patient) may be used in the work of the cluster. We see "
        "our own numbers ourselves; the other practices see them only without a name, unless we ourselves choose "
        "otherwise, and only when at least {least} practices have given numbers; the cluster as a whole is shown from "
        "three practices upwards. The purpose is our own quality work, not control and not research. We can withdraw "
        "the consent at any time.",
        least=rules.min_practices,
    )
    if rules.consent_months:
        lasts = t.n("{n} month", "{n} months", rules.consent_months)
        said += " " + t("It lasts {months}, and we are asked again before it ends.", months=lasts)
    return said


def welcome_form(
    member: Member,
    practice: Practice | None,
    rules: Rules,
    consent: Consent | None,
    t: Texts,
    *,
    decides: bool,
    untold: bool = False,
) -> dict[str, Any]:
    """Confirm practice, record system, language and consent. Only who speaks for the practice decides the last; whose
    title is unknown is asked for it."""
    blocks: list[Block] = []
    if practice is not None:
        blocks += [
            b.section(f"*{b.escape(practice.name)}* · {practice.ydernummer}"),
            b.entry(
                t("Is this your practice?"),
                b.radio("right_practice", [("yes", t("Yes")), ("no", t("No, tell the coordinator"))], chosen="yes"),
            ),
        ]
    if practice is not None and decides:
        blocks.append(
            b.entry(
                t("Record system"),
                b.select("system", system_choices(t), chosen=practice.system, hint=t("Choose a system")),
                help_text=t("So that I can send the guide that fits."),
            )
        )
    if practice is not None and untold:
        blocks.append(
            b.entry(
                t("What is your position in the practice?"),
                b.select("title", title_choices(t), hint=t("Choose")),
                help_text=t("Only owners and permanently employed doctors can consent for the practice."),
                optional=True,
            )
        )
    blocks.append(b.entry(t("Language"), b.radio("language", LANGUAGE_NAMES, chosen=member.language)))
    if practice is not None and member.place == ASKED:
        blocks.append(
            b.context(t("Somebody who is confirmed in the practice must say yes before you see its numbers."))
        )
    elif practice is not None:
        blocks += _consent_blocks(rules, consent, t, decides=decides or untold)
    metadata = json.dumps({"member": member.id})
    return b.form(View.MEMBER_WELCOME, t("Welcome"), t("Confirm"), t("Cancel"), blocks, metadata)


def title_choices(t: Texts) -> list[b.Option]:
    """What somebody in a practice can be, as the list would write it."""
    names = {
        "ejerlæge": t("Owner"),
        "ansat læge": t("Permanently employed doctor"),
        "uddannelseslæge": t("Doctor in training"),
        "personale": t("Staff"),
    }
    return [(title, names[title]) for title in ANSWERS]


def _consent_blocks(rules: Rules, consent: Consent | None, t: Texts, *, decides: bool) -> list[Block]:
    if consent is not None:
        return [
            b.context(
                t("Your practice has consented to the use of its totals since {day}.", day=t.date(consent.given_at))
            )
        ]
    if not decides:
        return [b.context(t("An owner or doctor of the practice decides whether its totals may be used."))]
    title, choice = t("Consent"), [("yes", t("Yes, on behalf of the practice"))]
    return [
        b.divider(),
        b.section(f"*{title}*\n{consent_text(rules, t)}"),
        b.entry(t("We consent"), b.checkboxes("consent", choice), optional=True),
    ]
