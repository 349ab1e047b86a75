"""The form in which lines are pasted."""

from __future__ import annotations

import json
from typing import Any

from handlers import blocks as b
from handlers.onboarding.ids import View
from locales import Texts

FIRST, REST = "lines", "more_lines"
LIMIT = 3000
"""Slack takes no more in a field: some fifty people."""


def form(cluster_id: int, t: Texts) -> dict[str, Any]:
    """What a line holds, and room for about a hundred of them."""
    said = t(
        "One person a line: *name, e-mail, practice, ydernummer* – with tabs, semicolons or commas between, as when "
        "you copy from a spreadsheet. With headings in the first line the order doesn't matter. You can also paste the "
        "lines in our conversation."
    )
    hint = t("Anna Holm; anna@nord.example; Lægehuset Nord; 057584")
    blocks = [
        b.section(said),
        b.entry(t("The lines"), b.text_field(FIRST, multiline=True, hint=hint, limit=LIMIT)),
        b.entry(t("The rest, when there is not room for all"), b.text_field(REST, multiline=True), optional=True),
    ]
    metadata = json.dumps({"cluster": cluster_id})
    return b.form(View.CLUSTER_PASTE, t("Paste lines"), t("Read"), t("Cancel"), blocks, metadata)
