"""The window in which a practice says that its numbers are wrong."""

from __future__ import annotations

from typing import Any

from handlers.blocks import entry, escape, form, section, text_field
from handlers.message import Block
from handlers.submissions.ids import View
from locales import Texts


def objection_form(t: Texts, submission_id: int, practice: str) -> dict[str, Any]:
    """ "Mine tal er forkerte": what is wrong, in the member's own words."""
    blocks: list[Block] = [
        section(
            t(
                "What is wrong with the numbers of *{practice}*? Your coordinator will read what you write here.",
                practice=escape(practice),
            )
        ),
        entry(
            t("What is wrong?"),
            text_field(
                "text",
                multiline=True,
                limit=1000,
                hint=t("For instance: the search also found patients who have moved away"),
            ),
            help_text=t("Never write about individual patients. Send new numbers in the usual way, whenever you like."),
        ),
    ]
    metadata = f'{{"submission": {submission_id}}}'
    return form(View.SUBMISSION_OBJECT, t("My numbers are wrong"), t("Send"), t("Cancel"), blocks, metadata)
