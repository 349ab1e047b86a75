"""The window that shows a new address, once."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from handlers import blocks as b
from handlers.at_home import AtHome
from handlers.calendars.ids import Action, View
from handlers.message import Block
from locales import Texts


def home(at: AtHome) -> list[Block]:
    """The door on the start page."""
    return [b.actions(door(at.part.member.id, at.t))]


def door(member_id: int, t: Texts) -> Block:
    """Opens the window."""
    return b.button(t("Meetings in my own calendar"), Action.MEMBER_CALENDAR, member_id)


def address_form(member_id: int, address: str, key: str, since: date | None, t: Texts) -> dict[str, Any]:
    """A new address to copy; it works once it is taken into use. ``since``: since when there is another."""
    blocks = [b.section(t("Your calendar fetches your meetings and deadlines by itself, also when they are changed."))]
    if since is not None:
        sure = b.confirmation(
            t("Turn it off?"),
            t("Your calendar can no longer fetch anything. You get a file for each meeting again."),
            t("Turn it off"),
            t("Keep it"),
        )
        off = b.button(t("Turn it off"), Action.MEMBER_CALENDAR_OFF, member_id, confirm=sure)
        said = t(
            "You have had an address since {day}. I cannot show it again. Below is a new one: if you start using it, "
            "the old one stops working.",
            day=t.date(since),
        )
        blocks.append(b.section(said, off))
    blocks += [
        b.section(t("*1.* Copy this address. It is shown only now:") + f"\n<{address}>"),
        b.section(t("*2.* Press *Start using it* below.")),
        b.section(
            t(
                "*3.* Put it into your calendar.\n• Outlook: *Add calendar* → *Subscribe from web*\n• Google: *Other "
                "calendars* → *From URL*\n• iPhone: *Calendars* → *Add Calendar* → *Add Subscription Calendar*"
            )
        ),
        b.context(
            t(
                "Whoever has the address can read it, so do not pass it on. It holds when and where, and your own "
                "deadlines: no names of others and no numbers. While you use it, I send you no calendar files; "
                "calendars look for news a few times a day, and I still write to you when a meeting is moved or "
                "cancelled."
            )
        ),
    ]
    metadata = json.dumps({"member": member_id, "key": key})
    return b.form(View.MEMBER_CALENDAR, t("My calendar"), t("Start using it"), t("Cancel"), blocks, metadata)


def not_here(t: Texts) -> dict[str, Any]:
    """Nobody can reach the bot from outside."""
    return b.window("member.calendar_none", t("My calendar"), t("Close"), [b.section(not_here_text(t))])


def not_here_text(t: Texts) -> str:
    """The same in words."""
    return t(
        "Your calendar cannot fetch anything here: the bot has no address on the internet. You get a calendar file "
        "for each meeting that you come to."
    )
