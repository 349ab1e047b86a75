"""What Slack says of a file before it is fetched: whether it can ever be read here, and why not.

Such reasons last: "send it again in a while" would be sent again for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from locales import N_
from measures.checking.sentences import SENTENCES

PAGES = frozenset({"space", "canvas", "quip", "post", "list", "email"})
"""Pages that are written in Slack itself."""
RECORDED = frozenset({"slack_audio", "slack_video"})
SNIPPET = "snippet"
ERRORS = {
    "file.elsewhere": SENTENCES["wrong_kind_link"],
    "file.page": SENTENCES["wrong_kind_page"],
    "file.recording": SENTENCES["wrong_kind_recording"],
    "file.hidden": N_(
        "Slack hides that file because your workspace has reached its limit, so I can't open it. Send it again from "
        "your computer."
    ),
    "file.gone": N_("The file has been deleted in Slack, so I have not read it."),
}


def lasting(file: Mapping[str, Any]) -> str | None:
    """The code of the refusal that a file object of Slack's deserves; None when it may be fetched."""
    mode = str(file.get("mode") or "")
    if mode == "external" or file.get("is_external"):
        return "file.elsewhere"
    if mode in PAGES:
        return "file.page"
    if mode == "hidden_by_limit":
        return "file.hidden"
    if mode == "tombstone":
        return "file.gone"
    kind = str(file.get("mimetype") or "").partition("/")[0]
    if file.get("subtype") in RECORDED or kind in {"audio", "video"}:
        return "file.recording"
    return None
