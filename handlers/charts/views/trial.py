"""A trial with made-up numbers: the form to choose what about, and real messages with the words that say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers import blocks as b
from handlers.charts.ids import Action, View
from handlers.message import Block
from handlers.rounds.ids import Action as RoundAction
from locales import Texts

PARTS = 3
LOOKS = {RoundAction.ASSIGNMENT_GUIDE: Action.TRIAL_GUIDE, Action.CHART_READ: Action.TRIAL_READ}
"""Buttons that only show something, and what they are in a trial."""


def mark_words(t: Texts) -> str:
    """What stands over everything of a trial, in words and in pictures."""
    return t("TRIAL – made-up numbers")


def form(packages: Sequence[b.Option], chosen: str, metadata: str, t: Texts) -> dict[str, Any]:
    """Which package, and what will come of it."""
    said = t(
        "You see what a round will be: the request as a practice gets it, the charts as a member gets them, and the "
        "deck for the meeting. The numbers are made up. Only you get it, no round begins, and no numbers are kept."
    )
    blocks = [b.section(said), b.entry(t("What do you want to look at?"), b.select("package", packages, chosen=chosen))]
    return b.form(View.TRIAL_FORM, t("Try it out"), t("Show me"), t("Cancel"), blocks, metadata)


def part(number: int, said: str, t: Texts) -> list[Block]:
    """Above one of the three messages: that it is a trial, and what of it this is."""
    count = t("{number} of {all}", number=number, all=PARTS)
    only = t("Only you see this.")
    return [b.section(f"🧪 *{mark_words(t)}* ({count})\n{said} {only}"), b.divider()]


def only_to_look(blocks: Sequence[Block], about: str, t: Texts) -> list[Block]:
    """The blocks of a real message. Buttons that only show something do so of the trial (``about``: its cluster and
    package); in place of the others stand their names, for there is nothing that they could do."""
    shown: list[Block] = []
    for block in blocks:
        if block["type"] != "actions":
            shown.append({key: value for key, value in block.items() if key != "accessory"})
            continue
        looks = [_look(each, about) for each in block["elements"] if each["action_id"] in LOOKS]
        names = " · ".join(b.escape(_label(each)) for each in block["elements"] if each["action_id"] not in LOOKS)
        shown += [b.actions(*looks)] if looks else []
        shown += [b.context(t("Buttons in the real message: {names}", names=names))] if names else []
    return shown


def _look(element: dict[str, Any], about: str) -> dict[str, Any]:
    """The same button with the trial in place of the row that the real one names."""
    _, colon, rest = str(element["value"]).partition(":")
    return element | {"action_id": LOOKS[element["action_id"]], "value": f"{about}{colon}{rest}"}


def _label(element: dict[str, Any]) -> str:
    return str((element.get("text") or element.get("placeholder") or {}).get("text", ""))


def what_next(cluster_id: int, t: Texts) -> list[Block]:
    """Below the last message: another trial, or the real thing."""
    another = b.button(t("Try another package"), Action.CLUSTER_TRIAL, cluster_id)
    begin = b.button(t("Ask for numbers"), RoundAction.CLUSTER_NUMBERS, cluster_id)
    return [b.divider(), b.actions(another, begin)]
