"""What can be switched while the stand-in runs: how strict, how fast and how forgetful this Slack is."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from workspace.state.errors import Json, SlackError

SCOPES = [
    "chat:write",
    "commands",
    "im:write",
    "im:history",
    "im:read",
    "users:read",
    "users:read.email",
    "files:read",
    "files:write",
    "channels:read",
    "channels:history",
    "groups:read",
    "groups:history",
    "reactions:write",
    "team:read",
]
EVENTS = [
    "message.im",
    "app_home_opened",
    "file_shared",
    "tokens_revoked",
    "app_uninstalled",
    "member_joined_channel",
    "member_left_channel",
    "team_join",
    "user_change",
]


@dataclass
class Settings:
    """Every switch, with the value that is most like Slack as its default."""

    enforce_limits: bool = True  # Block Kit limits lead to invalid_blocks
    data_visualization: bool = False  # false: the workspace's plan refuses the block
    rate_limits: bool = True
    rate_factor: float = 1.0  # every allowance times this; a rehearsal in a hurry raises it
    file_ready_after: float = 0.0  # seconds of pace before an uploaded file can be shown
    ack_seconds: float = 3.0
    most_sockets: int = 10  # connections beyond this are told too_many_websockets
    socket_delay: float = 0.0  # seconds that each envelope spends on its way
    retry_delays: tuple[float, ...] = (0.5, 2.0, 5.0)  # Slack: at once, 1 min, 5 min
    missed_after: float | None = None  # None keeps events until a socket opens; 0 loses them as Slack may
    own_message_events: bool = True  # the app hears its own messages, as in Slack
    trigger_seconds: float = 3.0
    response_url_uses: int = 5
    response_url_minutes: float = 30.0
    scopes: list[str] = field(default_factory=lambda: list(SCOPES))
    events: list[str] = field(default_factory=lambda: list(EVENTS))

    def change(self, wanted: Json) -> None:
        """Set several switches at once, or none when one of them does not exist or has another type."""
        known = {each.name: getattr(self, each.name) for each in fields(self)}
        for name, value in wanted.items():
            if name not in known:
                raise SlackError("no_such_setting", detail=name)
            if not _fits(known[name], value):
                raise SlackError("bad_setting", detail=name)
        for name, value in wanted.items():
            setattr(self, name, tuple(value) if name == "retry_delays" else value)

    def shape(self) -> Json:
        return asdict(self)


def _fits(present: Any, value: Any) -> bool:
    if isinstance(present, bool):
        return isinstance(value, bool)
    if isinstance(present, list | tuple):
        return isinstance(value, list | tuple)
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))
