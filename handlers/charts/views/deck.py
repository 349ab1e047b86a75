"""The message that brings the deck, and the one that brings a practice its page."""

from __future__ import annotations

from handlers.blocks import actions, button, confirmation, context, section
from handlers.charts.ids import Action
from handlers.message import Block, Message
from locales import Texts
from measures.disclosure.privacy import Openness


def deck_message(
    t: Texts, text: str, release_id: int, round_id: int, in_round: int, *, openness: Openness
) -> list[Block]:
    """What is in the files, and what can be done next."""
    sure = confirmation(
        t("Send each practice its page?"),
        t("Everybody in the practices that gave numbers gets their own page in a private message."),
        t("Send"),
        t("Cancel"),
    )
    return [
        section(text),
        context(_shown(openness, t)),
        actions(
            button(t("Send each practice its page"), Action.DECK_HANDOUTS, release_id, confirm=sure),
            button(t("Make the deck again"), Action.DECK_AGAIN, round_id),
            button(t("Recall the comparison"), Action.RECALL_OPEN, in_round),
        ),
    ]


def out_of_date(t: Texts) -> Message:
    """What stands where files were that hold a comparison which has been changed since."""
    said = t(
        "⚠️ The files that were here are out of date: a comparison in them has been changed, because a number in it "
        "was wrong. Don't use them, even if you have saved or printed them. A new version follows below."
    )
    return Message(said, [section(said)])


def _shown(openness: Openness, t: Texts) -> str:
    if openness is Openness.LETTERS:
        return t("The deck shows the cluster with letters. The page for the coordinator is for you alone.")
    if openness is not Openness.CLOSED:
        return t(
            "The deck names those who chose it, as of now; make it again when somebody changes their mind. The page "
            "for the coordinator is for you alone."
        )
    return t("The deck shows the cluster without names. The page for the coordinator is for you alone.")
