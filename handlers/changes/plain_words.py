"""What is said about changes in plain words: shown, with the taps that change it."""

from __future__ import annotations

from handlers.changes.commitments import own_of
from handlers.changes.views import commitments as views
from handlers.feature import Direct, Feature, Intent, sentences
from handlers.message import Message
from handlers.turn import Turn
from locales import N_


async def our_change(turn: Turn) -> Message:
    """What the practice said, or is asked; nothing of the words is kept."""
    member = turn.require_member()
    async with turn.look() as state:
        own = await own_of(state, member, turn.now)
    return Message(*views.overview(own[:2], [], [], turn.t, asks_for=None))


feature = Feature(
    intents={
        "our_change": Intent(
            sentences(__file__, "our_change"), Direct(our_change), N_("What our practice changes"), changes=True
        )
    }
)
