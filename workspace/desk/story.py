"""What whoever runs a workspace tells beside it: who one is, what just happened, what to try next.

The stand-in knows nothing of it but this door. A host that tells a story puts one into `Workspace.story`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from workspace.state.errors import Json, SlackError

if TYPE_CHECKING:
    from workspace.desk.desk import Handler
    from workspace.world import Workspace


class Story(Protocol):
    """A story told beside a workspace."""

    async def seen(self, person: str | None) -> Json:
        """The panel as a person sees it, in that person's language: `run`, `language`, `preparing`, `you`, `people`,
        `news`, `steps`, `jumps`, `beginnings`, `start`. While it is being prepared, only the first three."""

    async def do(self, deed: str) -> Json:
        """What a button of the panel stands for."""


async def show(world: Workspace, args: Json) -> Json:
    if world.story is None:
        return {"story": None}
    person = str(args.get("as") or "")
    return {"story": await world.story.seen(person if person in world.people.by_id else None)}


async def act(world: Workspace, args: Json) -> Json:
    if world.story is None:
        raise SlackError("no_story")
    return await world.story.do(str(args.get("deed") or ""))


GET: dict[str, Handler] = {"story": show}
POST: dict[str, Handler] = {"story": act}
