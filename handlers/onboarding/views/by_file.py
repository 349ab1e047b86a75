"""What is said of a list as a file before there is one."""

from __future__ import annotations

import json
from typing import Any

from handlers import blocks as b
from handlers.onboarding.ids import Action, View
from locales import Texts


def window(cluster_id: int, t: Texts) -> dict[str, Any]:
    """Where it goes, and a button for an empty one."""
    said = t(
        "Drop the list in our conversation (the *Messages* tab), as CSV or Excel, one person a row. I find the columns "
        "by their headings and show you what I have read before anything is saved."
    )
    send = b.button(t("Send me an empty list"), Action.CLUSTER_EMPTY_LIST, cluster_id)
    metadata = json.dumps({"cluster": cluster_id})
    return b.window(View.CLUSTER_BY_FILE, t("As a file"), t("Close"), [b.section(said), b.actions(send)], metadata)


def how_to_fill_in(t: Texts) -> str:
    """Beside the empty list."""
    return t("Here is an empty list of members: fill it in and drop it here again. The example in it doesn't count.")
