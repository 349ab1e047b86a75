"""The form in which a coordinator adds one person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cluster.members import LEFT
from handlers.ids import View
from handlers.views import blocks as b
from handlers.views.members import place_choices, role_names
from locales import Texts
from storage.models import Practice


def person_form(cluster_id: int, practices: Sequence[Practice], t: Texts) -> dict[str, Any]:
    """Name, address, practice, title and role."""
    roles = [(key, name) for key, name in role_names(t).items() if key != LEFT]
    blocks = [
        b.entry(t("Name"), b.text_field("name", limit=255)),
        b.entry(t("Work e-mail: by this I find the person in Slack"), b.text_field("email", limit=255)),
    ]
    if practices:
        blocks.append(b.entry(t("Practice"), b.select("practice", place_choices(practices)), optional=True))
    blocks += [
        b.entry(t("Or a new practice: ydernummer"), b.text_field("ydernummer", limit=20), optional=True),
        b.entry(t("The new practice's name"), b.text_field("practice_name", limit=255), optional=True),
        b.entry(t("Title, such as ejerlæge"), b.text_field("title", limit=64), optional=True),
        b.entry(t("Role"), b.select("role", roles, chosen="member")),
        b.context(t("Without a practice the person is asked on arrival where they work.")),
    ]
    return b.form(
        View.MEMBER_FORM, t("Add a person"), t("Save"), t("Cancel"), blocks, json.dumps({"cluster": cluster_id})
    )
