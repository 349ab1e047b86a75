"""What is asked about minutes in plain words: shown at once."""

from __future__ import annotations

from cluster.minutes import sending
from handlers.feature import Direct, Feature, Intent, sentences
from handlers.message import Message
from handlers.minutes import taking
from handlers.minutes.lookups import require_reader
from handlers.minutes.views import told
from handlers.turn import Turn
from locales import N_


async def find(turn: Turn) -> Message:
    """Where something stands in the minutes."""
    member, cluster = turn.require_member(), turn.require_cluster()
    require_reader(member)
    words = str(turn.state.get("term") or "")
    async with turn.look() as state:
        return told.found(await sending.find(state, cluster.id, words, turn.now), words, turn.t)


feature = Feature(
    intents={
        "minutes": Intent(sentences(__file__, "minutes"), Direct(taking.start), N_("See the minutes")),
        "minutes_about": Intent(sentences(__file__, "minutes_about"), Direct(find), N_("Find it in the minutes")),
    }
)
