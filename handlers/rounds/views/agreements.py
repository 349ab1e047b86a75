"""What was agreed after a round: the form, the card, the words in the channel and on the home page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cluster.packages.lookup import package_of
from handlers.blocks import (
    Option,
    actions,
    button,
    confirmation,
    date_field,
    entry,
    escape,
    form,
    radio,
    section,
    select,
    text_field,
)
from handlers.message import Block
from handlers.rounds.ids import Action, View
from handlers.rounds.views.asks import title
from locales import Texts
from measures.packages.package import text
from storage.models import Agreement, Round
from storage.words import AgreementState

WHOLE = "0"
AGAIN, NEVER = "yes", "no"


@dataclass(frozen=True)
class Agreed:
    """An agreement in words: what it is about, what was agreed, when it is measured again."""

    agreement_id: int
    round_id: int
    topic: str
    text: str
    again_on: date | None
    state: AgreementState
    """open | measured | dropped."""


def agreed_of(agreement: Agreement, round_: Round, t: Texts) -> Agreed:
    """An agreement, ready to be shown."""
    package = package_of(round_)
    topic = escape(title(package, t))
    if agreement.measure_id in {measure.id for measure in package.measures}:
        topic = f"{topic} ({escape(text(package.measure(agreement.measure_id).title, t.lang))})"
    return Agreed(agreement.id, round_.id, topic, agreement.text, agreement.measure_again_on, agreement.state)


def agreement_form(
    t: Texts,
    *,
    round_id: int,
    about: str,
    measures: Sequence[Option],
    words: str,
    measure_id: str,
    again_on: date | None,
    suggested: date,
) -> dict[str, Any]:
    """ "What did you agree on?" ``again_on`` None means that no new measurement is wanted."""
    choices = [(AGAIN, t("Yes, on the day below")), (NEVER, t("No new measurement"))]
    blocks: list[Block] = [
        section(about),
        entry(
            t("What will you do differently?"),
            text_field(
                "text",
                initial=words,
                multiline=True,
                limit=500,
                hint=t("For instance: the nurse makes the care plan at the annual review"),
            ),
            help_text=t(
                "It is shown in the cluster's channel. “We go on as now” is an agreement too. Never write about "
                "patients or about a single practice's numbers."
            ),
        ),
        entry(
            t("What is it about?"),
            select("measure", [(WHOLE, t("The whole topic")), *measures], chosen=measure_id or WHOLE),
        ),
        entry(t("Measure again?"), radio("again", choices, chosen=AGAIN if again_on else NEVER)),
        entry(
            t("Day"),
            date_field("again_on", initial=again_on or suggested),
            help_text=t("On that day I will remind you, with the form filled in. Nobody is asked until you send it."),
            optional=True,
        ),
    ]
    metadata = json.dumps({"round": round_id})
    return form(View.AGREEMENT_FORM, t("What did you agree on?"), t("Save"), t("Cancel"), blocks, metadata)


def quoted(words: str) -> str:
    """What people wrote, made harmless, as a quotation."""
    return "\n".join(f"> {line}" for line in escape(words).splitlines())


def card_text(agreed: Agreed, t: Texts) -> str:
    """The coordinator's card in words."""
    match agreed.state:
        case "dropped":
            head = t("Dropped: what you agreed on after {topic}.", topic=agreed.topic)
        case "measured":
            head = t("You agreed on this after {topic}, and it is being measured again:", topic=agreed.topic)
        case _:
            head = t("Noted. After {topic} you agreed on this:", topic=agreed.topic)
    lines = [head, quoted(agreed.text)]
    if agreed.state == AgreementState.OPEN:
        lines.append(when_text(agreed, t))
    return "\n".join(lines)


def when_text(agreed: Agreed, t: Texts) -> str:
    """When it is measured again."""
    if agreed.again_on is None:
        return t("You do not want to measure again.")
    return t("I will remind you on {day} that it is time to measure again.", day=t.date(agreed.again_on))


def channel_text(agreed: Agreed, t: Texts) -> str:
    """The same for everybody."""
    if agreed.state == AgreementState.DROPPED:
        return t("What was agreed after {topic} has been dropped again.", topic=agreed.topic)
    lines = [t("*Agreed in the cluster* after {topic}:", topic=agreed.topic), quoted(agreed.text)]
    if agreed.state == AgreementState.MEASURED:
        lines.append(t("It is being measured again now."))
    elif agreed.again_on is not None:
        lines.append(t("We plan to measure again on {day}.", day=t.date(agreed.again_on)))
    return "\n".join(lines)


def home_text(agreed: Agreed, t: Texts) -> str:
    """A line on the home page."""
    said = t("*Agreed* after {topic}:", topic=agreed.topic)
    again = t("To be measured again on {day}.", day=t.date(agreed.again_on)) if agreed.again_on else ""
    return "\n".join(filter(None, (said, quoted(agreed.text), again)))


def card_blocks(agreed: Agreed, t: Texts, said: str, *, due: bool = False) -> list[Block]:
    """The words with what can be done: measure, change, drop."""
    if agreed.state != AgreementState.OPEN:
        return [section(said)]
    sure = confirmation(
        t("Drop the agreement?"),
        t("The channel is told that it is dropped, and I will no longer remind you to measure again."),
        t("Drop the agreement"),
        t("No, keep the agreement"),
    )
    measure = button(t("Measure again"), Action.AGREEMENT_MEASURE, agreed.round_id, style="primary" if due else "")
    return [
        section(said),
        actions(
            *([measure] if due else []),
            button(t("Move the day") if due else t("Change"), Action.AGREEMENT_OPEN, agreed.round_id),
            button(t("Drop the agreement"), Action.AGREEMENT_DROP, agreed.agreement_id, confirm=sure),
        ),
    ]


def ask_button(round_id: int, t: Texts) -> Block:
    """The way to the form."""
    return actions(button(t("Note what you agreed on"), Action.AGREEMENT_OPEN, round_id))
