"""What a person's page says of the program itself."""

from __future__ import annotations

from cluster.overview.next_things import NextThing, Thing
from handlers import blocks as b
from handlers.at_home import AtHome
from handlers.message import Block
from handlers.operations.ids import Action


def to_try_again(thing: Thing, at: AtHome) -> tuple[str, Block]:
    """A message that was given up."""
    said = at.t.n("{n} message could not be delivered.", "{n} messages could not be delivered.", thing.count)
    return said, b.button(at.t("Try again"), Action.OUTBOX_RETRY, thing.about)


THINGS = {NextThing.UNDELIVERED: to_try_again}
