"""A member's own settings: language and holidays."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from handlers import blocks as b
from handlers.members.ids import View
from locales import Texts
from storage.models import Member

LANGUAGE_NAMES = [("da", "Dansk"), ("en", "English")]


def settings_form(member: Member, away_until: date | None, t: Texts) -> dict[str, Any]:
    """Language and holidays."""
    return b.form(
        View.MEMBER_SETTINGS,
        t("Settings"),
        t("Save"),
        t("Cancel"),
        [
            b.entry(t("Language"), b.radio("language", LANGUAGE_NAMES, chosen=member.language)),
            b.entry(
                t("On holiday until"),
                b.date_field("away_until", initial=away_until),
                help_text=t("I will send you no reminders until that day. Clear it when you are back."),
                optional=True,
            ),
        ],
        json.dumps({"member": member.id}),
    )
