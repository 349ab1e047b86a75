"""Before many are invited: whom it goes to, when, what is in the way of the day, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import blocks as b
from handlers.meetings.views.invitations import facts
from handlers.message import Block
from locales import Texts
from storage.models import Meeting


def looked_at(meeting: Meeting, warnings: Sequence[str], t: Texts, *, people: int, absent: int) -> list[Block]:
    """The top of the form when it is shown again."""
    blocks = [b.section("⚠ " + "\n⚠ ".join(warnings))] if warnings else []
    said = t.n("{n} person is invited.", "{n} people are invited.", people)
    if absent:
        said += " " + t.n("{n} is not in Slack yet.", "{n} are not in Slack yet.", absent)
    blocks += [
        b.section(f"{said} " + t("Nothing is sent yet. This is how it looks:")),
        b.header(meeting.title),
        facts(meeting, t),
    ]
    if meeting.note:
        blocks.append(b.section("\n".join("> " + line for line in b.escape(meeting.note).splitlines())))
    return [*blocks, b.divider(), b.context(t("Change below what is wrong, or send it as it is."))]
