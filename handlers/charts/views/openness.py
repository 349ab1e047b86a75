"""How openness looks: the rungs in words, one practice's choice with its buttons, the coordinator's form."""

from __future__ import annotations

import json
from typing import Any

from cluster.charts.openness import Ladder, OpennessChoice
from handlers.blocks import Option, actions, button, confirmation, context, entry, escape, form, radio, section
from handlers.charts.ids import Action, View
from handlers.message import Block
from locales import Texts
from measures.disclosure.privacy import Openness

NAMES = (Openness.CHOSEN, Openness.OPEN)


def choices(t: Texts) -> list[Option]:
    """The rungs of the ladder, in the few words of a menu."""
    return [
        (Openness.CLOSED, t("Closed: nobody sees whose numbers are whose")),
        (Openness.LETTERS, t("Letters: each practice has a secret letter")),
        (Openness.CHOSEN, t("Chosen: practices that want to may show their names")),
        (Openness.OPEN, t("Open: all practices have agreed to show their names")),
    ]


def explained(rung: str, t: Texts) -> str:
    """A rung in one sentence."""
    return {
        Openness.CLOSED: t("*Closed:* the others appear as marks without a name, and nobody can see which is whose."),
        Openness.LETTERS: t(
            "*Letters:* each practice appears under a letter drawn at random for this chart alone, and only the "
            "practice itself is told which one it is."
        ),
        Openness.CHOSEN: t(
            "*Chosen:* practices that choose to appear with their name, and the others without. Nobody is named if "
            "that would give away the last ones without a name."
        ),
        Openness.OPEN: t("*Open:* all appear with their names, but not until every single practice has said yes."),
    }[Openness(rung)]


def standing(choice: OpennessChoice, t: Texts) -> str:
    """How one practice stands in a round, in words."""
    if choice.rung is Openness.LETTERS:
        return t("Your letter is below your own chart, a new one for each chart. Nobody else is told.")
    if choice.rung not in NAMES:
        return t("You appear without a name on the others' charts.")
    if not choice.chosen:
        return t("You appear without a name on the others' charts. Whether to show your name is up to you alone.")
    if len(choice.named) == choice.measures:
        return t("You appear with your practice's name on charts made from now on.")
    if choice.rung is Openness.OPEN:
        return t("You have said yes. No name is shown until everybody has.")
    if choice.named:
        return t(
            "You appear with your practice's name on {shown} of {all} charts. On the rest it would give away those "
            "without a name.",
            shown=t.number(len(choice.named)),
            all=t.number(choice.measures),
        )
    return t(
        "You have chosen to show your name. It will appear on the charts as soon as it gives nobody away: at least "
        "three must be without a name (five in a small cluster), or none."
    )


def choice_buttons(round_id: int, choice: OpennessChoice, t: Texts, *, decides: bool) -> list[dict[str, Any]]:
    """Show, hide, and fetch the charts as they may be drawn now."""
    elements = []
    if decides and choice.chosen:
        sure = confirmation(
            t("Remove your name?"),
            t("Charts made from now on will not show your name. Pictures already sent can't be taken back."),
            t("Remove it"),
            t("Keep it"),
        )
        elements.append(button(t("Don't show our name any more"), Action.OPENNESS_HIDE, round_id, confirm=sure))
    elif decides and choice.rung is Openness.CHOSEN:
        sure = confirmation(
            t("Show your numbers with your name?"),
            t(
                "Your colleagues see the practice's name beside its number on all charts in this round, also on the "
                "screen at the meeting. Never your counts. You can change your minds, but pictures already sent can't "
                "be taken back."
            ),
            t("Show us by name"),
            t("Not now"),
        )
        said = t("Show our numbers with our name in this round")
        elements.append(button(said, Action.OPENNESS_SHOW, round_id, confirm=sure))
    elif decides and choice.rung is Openness.OPEN:
        sure = confirmation(
            t("Say yes to open numbers?"),
            t(
                "When every practice has said yes, all see each other's names and numbers in this round, also on the "
                "screen. Until then no name is shown. You can change your minds, but pictures already sent can't be "
                "taken back."
            ),
            t("We say yes"),
            t("Not now"),
        )
        elements.append(button(t("Yes to open numbers in this round"), Action.OPENNESS_SHOW, round_id, confirm=sure))
    if choice.charts and choice.rung is not Openness.CLOSED:
        elements.append(button(t("Fetch new charts"), Action.OPENNESS_FETCH, round_id))
    return elements


def of_practice(round_id: int, title: str, choice: OpennessChoice, t: Texts, *, decides: bool) -> list[Block]:
    """One practice's part in a round that is more open than closed; nothing for the others."""
    if choice.rung is Openness.CLOSED:
        return []
    head = f"*{escape(title)}* · {explained(choice.rung, t)}"
    blocks = [section(f"{head}\n{standing(choice, t)}")]
    elements = choice_buttons(round_id, choice, t, decides=decides)
    return [*blocks, actions(*elements)] if elements else blocks


def counted(ladder: Ladder, rung: Openness, t: Texts) -> str:
    """How many have said yes: a count, for the coordinator. Never who."""
    yes, asked = t.number(ladder.said_yes), t.number(ladder.asked)
    if rung is Openness.OPEN:
        return t("{yes} of {asked} have said yes to open numbers.", yes=yes, asked=asked)
    return t("{yes} of {asked} have chosen to show their names.", yes=yes, asked=asked) if rung in NAMES else ""


def of_leader(title: str, ladder: Ladder, rung: Openness, t: Texts) -> list[Block]:
    """One round for those who coordinate: where it stands, and the button to change it."""
    lines = [f"*{escape(title)}* · {explained(rung, t)}", counted(ladder, rung, t)]
    change = button(t("Change openness"), Action.OPENNESS_CHANGE, ladder.round.id)
    return [section("\n".join(line for line in lines if line), change)]


def change_form(title: str, ladder: Ladder, rung: Openness, t: Texts) -> dict[str, Any]:
    """Which rung? Only those that may be chosen now."""
    offered = [(value, said) for value, said in choices(t) if value in ladder.rungs]
    blocks: list[Block] = [
        section(f"*{escape(title)}*\n" + "\n".join(explained(value, t) for value, _ in offered)),
        entry(t("How open is this round?"), radio("rung", offered, chosen=str(rung))),
        context(
            t(
                "Everybody in the round is told of the change. No practice is named until it has said yes itself, and "
                "pictures already sent can't be taken back."
            )
        ),
    ]
    if len(offered) < len(choices(t)):
        blocks.append(
            context(
                t(
                    "The charts have been sent. From now on the round can be made more closed, or open when everybody "
                    "says yes: the numbers were given on the terms of that time."
                )
            )
        )
    metadata = json.dumps({"round": ladder.round.id})
    return form(View.OPENNESS_FORM, t("Openness"), t("Save"), t("Cancel"), blocks, metadata)
