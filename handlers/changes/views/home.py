"""What a person's page says of what the practice changes."""

from __future__ import annotations

from collections.abc import Sequence

from cluster.changes.commitments import Held
from handlers import blocks as b
from handlers.changes.views import commitments as views
from handlers.changes.views import words as w
from handlers.message import Block
from locales import Texts
from storage.words import CommitmentState


def to_say(found: Sequence[Held], t: Texts) -> list[Block]:
    """Waits for the practice's answer."""
    asked = [each for each in found if each.row.state == CommitmentState.ASKED]
    return views.question(asked[0], t) if asked else []


def told(found: Sequence[Held]) -> list[Held]:
    """What was said and is not "nothing"."""
    return [each for each in found if each.row.state not in views.UNCHOSEN]


def newest(found: Sequence[Held], t: Texts) -> list[Block]:
    """The newest that was said, with how it goes."""
    said = told(found)[:1]
    heading = t("*This is what we said we would change*")
    blocks = [b.section(f"{heading}\n{w.said(each, t)}") for each in said]
    return blocks + [views.looks(each, t) for each in said if each.row.state != CommitmentState.DROPPED]


def everything(found: Sequence[Held], t: Texts) -> list[Block]:
    """All of it, in a window."""
    return [b.section(w.said(each, t)) for each in told(found)[:20]]
