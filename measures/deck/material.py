"""What is shown at a meeting without numbers: why, the cases, the questions, and the guideline when all have spoken.

The page for whoever chairs holds how the discussion of each case goes on, step by step.
"""

from __future__ import annotations

from collections.abc import Sequence

from measures.deck.deck import Deck, Occasion, Page, agreed_page, recommended
from measures.packages.package import BothLanguages, Case, Package, text
from measures.texts import Texts


def build_material(package: Package, occasion: Occasion, t: Texts) -> Deck:
    """The pages of a package without numbers."""
    title = text(package.title, t.lang)
    said = (occasion.cluster, occasion.meeting, *([text(package.partner, t.lang)] if package.partner else []))
    pages = [
        Page(title, tuple(("", line) for line in said if line), opening=True),
        _agenda(package, t),
        Page(t("Why this topic"), (("", text(package.why, t.lang)),)),
        *(page for case in package.cases for page in _case(case, t)),
        Page(t("What we ask"), _points(package.ask, t)),
        Page(t("Questions for the groups"), tuple(("", text(each, t.lang)) for each in package.questions)),
        Page(t("What to keep in mind"), tuple(("", text(each, t.lang)) for each in package.cautions)),
        Page(t("To look up where we are"), _points(package.look_up, t)),
        *recommended(package, t),
        agreed_page(t),
    ]
    brief = (
        Page(t("For the coordinator: {title}", title=title), (("", text(package.why, t.lang)),)),
        *(Page(text(case.title, t.lang), _points(case.steps, t)) for case in package.cases if case.steps),
        Page(t("What to keep in mind"), _points(package.cautions, t)),
    )
    return Deck(
        title, f"{occasion.cluster} · {occasion.as_of}", tuple(each for each in pages if each.lines), brief, t.lang
    )


def _agenda(package: Package, t: Texts) -> Page:
    lines = [(t("{n} min.", n=t.number(step.minutes)), text(step.title, t.lang)) for step in package.agenda]
    return Page(t("Agenda"), tuple(lines))


def _case(case: Case, t: Texts) -> tuple[Page, Page]:
    """The patient first, the questions on a page of their own; the steps are for whoever chairs."""
    title, steps = text(case.title, t.lang), "\n".join(text(each, t.lang) for each in case.steps)
    invented = t("The patient is invented.")
    asked = tuple(("", text(each, t.lang)) for each in case.questions)
    return (
        Page(title, (("", text(case.text, t.lang)), ("", invented))),
        Page(t("{title}: questions", title=title), asked, notes=steps),
    )


def _points(said: Sequence[BothLanguages], t: Texts) -> tuple[tuple[str, str], ...]:
    return tuple(("•", text(each, t.lang)) for each in said)
