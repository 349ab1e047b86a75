"""A list as lines, pasted in a form or written in the conversation: read and shown as a file is."""

from __future__ import annotations

from cluster.errors import ClusterError
from cluster.members import members
from cluster.onboarding.pasted import looks_like_list, read_pasted
from cluster.onboarding.roster import Roster
from handlers.errors import sentence
from handlers.feature import Direct, Feature, Form, HelpLine
from handlers.onboarding import roster
from handlers.onboarding.ids import Action, View
from handlers.onboarding.views import pasting as views
from handlers.turn import Turn
from locales import N_


async def show(turn: Turn) -> None:
    """The form with room for the lines."""
    turn.require_coordinator()
    await turn.show(views.form(turn.require_cluster().id, turn.t))


async def check(turn: Turn) -> dict[str, str] | None:
    """Whether the lines can be read; nothing is kept yet."""
    turn.require_coordinator()
    try:
        _read(turn)
    except ClusterError as error:
        return {views.FIRST: sentence(error.code, error.params, turn.t, turn.tools.table.errors)}
    return None


async def save(turn: Turn) -> None:
    """Show what the lines would change."""
    await roster.receive(turn, _read(turn))


def _read(turn: Turn) -> Roster:
    return read_pasted("\n".join(str(turn.state.get(field) or "") for field in (views.FIRST, views.REST)))


async def receive_words(turn: Turn) -> bool:
    """Take a message that is such lines from whoever runs a cluster; False when it is none."""
    if turn.member is None or not looks_like_list(turn.words):
        return False
    async with turn.look() as state:
        if not await members.led_by(state, turn.team_id, turn.account):
            return False
    await roster.receive(turn, read_pasted(turn.words), str(turn.body["event"].get("ts") or ""))
    return True


feature = Feature(
    hints=(
        HelpLine(
            315,
            N_("Lines of *name, e-mail, practice, ydernummer*, written here: I read them as a list of members"),
            leads=True,
        ),
    ),
    actions={Action.CLUSTER_PASTE: Direct(show)},
    forms={View.CLUSTER_PASTE: Form(save, check)},
    errors={
        "roster.pasted_nobody": N_(
            "I found no people in these lines. Write one person a line: name, e-mail, practice, ydernummer – with "
            "tabs, semicolons or commas between."
        ),
        "roster.pasted_unclear": N_(
            "I can't tell for certain what each part of the lines is. Put a line with headings first, for instance: "
            "Name; E-mail; Practice; Ydernummer"
        ),
    },
)
