"""The form once more, where another kind asks for something else, or an assembly is called too late."""

from __future__ import annotations

import json
from dataclasses import replace

from cluster.calendar import Hours
from cluster.meetings.details import Details, Written, short_notice
from handlers.blocks import section
from handlers.meetings.sending import form_of, print_of
from handlers.meetings.views.kinds import fields_of, short_notice_text
from handlers.meetings.views.meetings import meeting_form
from handlers.turn import ShownAgain, Turn
from storage.models import Meeting


def ask_otherwise(turn: Turn, written: Written, hours: Hours, notice: int | None) -> ShownAgain | None:
    """The fields of the kind that was chosen, where the form was made for one that has others. ``notice``: of the
    assembly before."""
    if fields_of(written.kind) == fields_of(str(turn.metadata.get("kind") or "topic")):
        return None
    written = replace(written, notice_days=written.notice_days or (f"{notice}" if notice is not None else ""))
    said = turn.t("This kind of meeting asks for something else. Look below, and send it again.")
    if turn.metadata.get("meeting"):
        metadata = json.dumps({**turn.metadata, "kind": written.kind})
        view = meeting_form(written, turn.t, metadata=metadata, editing=True)
    else:
        chosen = str(turn.state.get("send") or "")
        view = form_of(written, turn, hours, metadata=json.dumps(turn.metadata), chosen=chosen)
    return ShownAgain(view | {"blocks": [section(said), *view["blocks"]]})


def warn_of_notice(turn: Turn, written: Written, details: Details, before: Meeting) -> ShownAgain | None:
    """An assembly that is moved to a day which comes too soon: said once, and never forbidden."""
    given, seen = short_notice(details, turn.now), print_of(details)
    is_new = (before.starts_at, before.notice_days) != (details.starts_at, details.notice_days)
    if given is None or details.notice_days is None or not is_new or turn.metadata.get("seen") == seen:
        return None
    metadata = json.dumps({**turn.metadata, "seen": seen})
    view = meeting_form(written, turn.t, metadata=metadata, editing=True)
    said = section("⚠ " + short_notice_text(given, details.notice_days, turn.t))
    return ShownAgain(view | {"blocks": [said, *view["blocks"]]})
