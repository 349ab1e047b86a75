"""»Kan vi finde en dato?«: the form opens by a button."""

from __future__ import annotations

from handlers import blocks as b
from handlers.feature import Direct, Feature, Intent, sentences
from handlers.message import Message
from handlers.polls.ids import Action
from handlers.turn import Turn
from locales import N_


async def find_date(turn: Turn) -> Message:
    """Nobody is asked by words alone."""
    said = turn.t("Shall we find a date? The button opens the form; nobody is asked before you send it.")
    door = b.button(turn.t("Find a date"), Action.CLUSTER_DATES, turn.require_member().cluster_id, style="primary")
    return b.asking(said, door)


feature = Feature(
    intents={
        "find_date": Intent(
            sentences(__file__, "find_date"), Direct(find_date), N_("Find a date"), leads=True, changes=True
        )
    }
)
