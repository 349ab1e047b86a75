"""The cases of a meeting, one step at a time, and at the end what is recommended: for whoever chairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers import blocks as b
from handlers.chairing.ids import Action, View
from handlers.fitting import paragraphs
from locales import Texts
from measures.packages.confirm import guideline_words
from measures.packages.package import BothLanguages, Package, text


def steps_of(package: Package, t: Texts) -> list[tuple[str, str]]:
    """Everything that whoever chairs goes through, in turn: each a heading and words; nothing without cases."""
    found: list[tuple[str, str]] = []
    for case in package.cases:
        title = b.escape(text(case.title, t.lang))
        found.append((title, b.escape(text(case.text, t.lang))))
        found.append((t("{title}: questions", title=title), "\n".join(_bullets(case.questions, t))))
        found += [(title, b.escape(text(each, t.lang))) for each in case.steps]
    if package.cases and package.guideline:
        said = "\n".join(f"• {b.escape(guideline_words(each, t))}" for each in package.guideline)
        found.append((t("What is recommended"), said))
    return found


def _bullets(said: Sequence[BothLanguages], t: Texts) -> list[str]:
    return [f"• {b.escape(text(each, t.lang))}" for each in said]


def one_step(steps: Sequence[tuple[str, str]], meeting_id: int, at: int, t: Texts) -> dict[str, Any]:
    """One of them on its own, with the ways to the one before and the next."""
    at = min(at, len(steps) - 1)
    title, said = steps[at]
    ways = [b.button(t("Back"), Action.MEETING_BACK, f"{meeting_id}:{at - 1}")] if at else []
    if at + 1 < len(steps):
        ways.append(b.button(t("Next"), Action.MEETING_CASES, f"{meeting_id}:{at + 1}", style="primary"))
    shown = t("{n} of {total}. The patients are invented.", n=t.number(at + 1), total=t.number(len(steps)))
    blocks = [
        b.section(f"*{title}*"),
        *(b.section(each) for each in paragraphs(said.splitlines())),
        b.context(shown),
        *([b.actions(*ways)] if ways else []),
    ]
    return b.window(View.CHAIR_STEPS, t("Step by step"), t("Close"), blocks)
