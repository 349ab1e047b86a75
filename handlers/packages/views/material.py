"""A package without numbers as a person reads it, and its cases step by step for whoever chairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cluster.packages.own_packages import Offer
from handlers import blocks as b
from handlers.fitting import paragraphs
from handlers.meetings.views.words import when
from handlers.message import Block
from handlers.packages.ids import View
from locales import N_, Texts
from measures.packages.confirm import guideline_words, publication_words
from measures.packages.package import BothLanguages, Case, Package, text
from storage.models import Meeting

KINDS = {
    "numbers": N_("numbers"),
    "cases": N_("patient cases"),
    "visit": N_("a visit"),
    "dialogue": N_("a talk with a partner"),
    "interviews": N_("interviews"),
    "talk": N_("a learning talk"),
}


def kind_word(package: Package, t: Texts) -> str:
    """What a meeting works with."""
    return t(KINDS[package.kind])


def reading(package: Package, t: Texts, *, leads: bool) -> list[Block]:
    """What is read before a meeting. How cases go on and what is recommended comes at its end: leaders see it."""
    parts: list[list[str]] = []
    if package.partner is not None:
        parts.append([t("*With whom*"), b.escape(text(package.partner, t.lang))])
    for case in package.cases:
        parts.append(_case(case, t, steps=leads))
    for title, said in (
        (t("*What we ask*"), package.ask),
        (t("*Working questions*"), package.questions),
        (t("*To look up where we are*"), package.look_up),
        (t("*What to keep in mind*"), package.cautions),
    ):
        if said:
            parts.append([title, *_bullets(said, t)])
    minutes = [
        f"• {b.escape(text(each.title, t.lang))} ({t('{n} min.', n=t.number(each.minutes))})" for each in package.agenda
    ]
    parts.append([t("*Agenda*"), *minutes])
    if package.guideline and (leads or not package.cases):
        parts.append(
            [t("*What guidelines say*"), *(f"• {b.escape(guideline_words(each, t))}" for each in package.guideline)]
        )
    if package.literature:
        parts.append([t("*Read more*"), *(f"• {b.escape(publication_words(each, t))}" for each in package.literature)])
    return [b.section(each) for part in parts for each in paragraphs(part)]


def _case(case: Case, t: Texts, *, steps: bool) -> list[str]:
    lines = [f"*{b.escape(text(case.title, t.lang))}* {t('(invented)')}", b.escape(text(case.text, t.lang))]
    lines += _bullets(case.questions, t)
    if steps and case.steps:
        lines += [t("_For whoever chairs:_"), *_bullets(case.steps, t)]
    return lines


def _bullets(said: Sequence[BothLanguages], t: Texts) -> list[str]:
    return [f"• {b.escape(text(each, t.lang))}" for each in said]


def choose_meeting(offer: Offer, meetings: Sequence[Meeting], t: Texts, *, metadata: str) -> dict[str, Any]:
    """At which meeting it is taken up, and what becomes of the agenda there."""
    choices = [(str(each.id), f"{each.title}, {when(each, t)}"[:75]) for each in meetings[: b.MENU]]
    blocks: list[Block] = [
        b.section(f"*{b.escape(text(offer.package.title, t.lang))}*"),
        b.entry(t("At which meeting?"), b.select("meeting", choices, chosen=choices[0][0])),
        b.context(
            t(
                "I suggest the agenda from the package, instead of the points that are planned. Nobody sees it before "
                "you share the agenda; then everybody who is invited can read the material."
            )
        ),
    ]
    return b.form(View.PACKAGE_MEETING, t("Take it up"), t("Take it up"), t("Cancel"), blocks, metadata)
