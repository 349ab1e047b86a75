"""The part of the coordinator's form that adapts a package for one round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.blocks import Option, context, entry, escape, multi_select, section, text_field
from handlers.message import Block
from locales import Texts
from measures.packages.confirm import line_words
from measures.packages.package import Package, text


@dataclass(frozen=True)
class Adaptation:
    """The package that is being adapted."""

    package: Package


def fields(adapting: Adaptation, filled: Mapping[str, Any], t: Texts) -> list[Block]:
    """Which measures, which reference lines, which questions; everything is chosen to begin with."""
    package = adapting.package
    measures: list[Option] = [(each.id, text(each.title, t.lang)) for each in package.measures]
    lines: list[Option] = [
        (f"{measure.id}:{place}", f"{line_words(line, t)} · {text(measure.title, t.lang)}")
        for measure in package.measures
        for place, line in enumerate(measure.references)
    ]
    asked = "\n".join(text(each, t.lang) for each in package.questions)
    blocks = [
        section(t("*{title}*, adapted for this round only", title=escape(text(package.title, t.lang)))),
        entry(
            t("What will you look at?"),
            multi_select("measures", measures, chosen=filled.get("measures") or [value for value, _ in measures]),
            help_text=t("The practices are asked only for the numbers that these need."),
        ),
        entry(
            t("Working questions, one on each line"),
            text_field("questions", multiline=True, initial=str(filled.get("questions", asked) or "")),
            help_text=t("For the groups at the meeting. Never about a patient."),
            optional=True,
        ),
    ]
    if lines:
        chosen = [value for value, _ in lines]
        menu = multi_select("references", lines, chosen=filled.get("references", chosen) or [])
        blocks.insert(2, entry(t("Reference lines in the charts"), menu, optional=True))
    return [*blocks, context(t("To take another package, close the form and open it again."))]
