"""The coordinator's plan: every message of the next fortnight, why, to whom, and a way to stop it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from cluster.overview.outlook import Coming
from cluster.packages.lookup import package_of
from handlers.blocks import actions, button, confirmation, context, escape, section, window
from handlers.meetings.views.words import titled
from handlers.message import Block
from handlers.overview.ids import Action, View
from handlers.reminders.views.quiet import quiet_line
from locales import N_, Texts
from measures.packages.package import text
from storage.models import Meeting
from storage.words import How

OTHER = N_("Message")
_MOST = 45
_NAMES = 6


def plan_window(
    plan: Sequence[Coming],
    names: Mapping[str, str],
    stoppable: Collection[str],
    t: Texts,
    *,
    metadata: str,
    paused: datetime | None = None,
    quiet: str = "",
) -> dict[str, Any]:
    """The window, with what each kind is called. What only moves things inside the program is not shown."""
    shown = [coming for coming in plan if coming.kind in names or coming.how == How.POST]
    blocks: list[Block] = []
    if paused:
        blocks.append(section(t("This week's reminders will wait until {moment}.", moment=t.moment(paused))))
    if not shown:
        blocks.append(section(t("Nothing is planned for the next fortnight.")))
    blocks += [_entry(coming, names, stoppable, t) for coming in shown[:_MOST]]
    if len(shown) > _MOST:
        blocks.append(context(t.n("And {n} more.", "And {n} more.", len(shown) - _MOST)))
    if any(coming.how == How.POST for coming in shown) and not paused:
        sure = confirmation(
            t("Pause the reminders?"),
            t("This week's reminders come on Monday instead. Deadlines and news are not moved."),
            t("Pause"),
            t("No"),
        )
        blocks.append(actions(button(t("Pause all reminders this week"), Action.PLAN_PAUSE, "week", confirm=sure)))
    if quiet:
        blocks.append(context(quiet_line(quiet, t)))
    blocks.append(context(t("Anybody who answers before then is left out automatically.")))
    return window(View.PLAN_WINDOW, t("Upcoming messages"), t("Close"), blocks) | {"private_metadata": metadata}


def _entry(coming: Coming, names: Mapping[str, str], stoppable: Collection[str], t: Texts) -> Block:
    lines = [f"*{t.moment(coming.due_at)}*", t(names.get(coming.kind, OTHER))]
    if isinstance(coming.about, Meeting):
        lines.append(titled(coming.about, t))
    elif coming.about is not None:
        lines.append(escape(text(package_of(coming.about).title, t.lang)))
    if coming.people:
        people = [escape(member.name) for member in coming.people]
        listed = t.listing(people) if len(people) <= _NAMES else ", ".join(people[:_NAMES]) + " …"
        lines.append(t.n("To {n} person: {names}", "To {n} people: {names}", len(people), names=listed))
    can_stop = coming.how == How.POST or coming.kind in stoppable
    stop = confirmation(
        t("Stop this message?"), t("It is not sent to anybody. This cannot be undone."), t("Stop it"), t("No")
    )
    beside = button(t("Stop"), Action.PLAN_STOP, coming.row_id, confirm=stop) if can_stop else None
    return section("\n".join(lines), beside)
