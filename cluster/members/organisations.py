"""Whose people are whose. In Slack somebody is an organisation and a user: a bare user id says too little.

Channels can be shared with other organisations (Slack Connect), whose people then write, press and come in. An
organisation is a workspace, or the enterprise where workspaces belong to one (Enterprise Grid). What counts is whose
account it is, never ``is_stranger``: that says only whether a channel is shared with somebody (decision 0015).
"""

from __future__ import annotations

from dataclasses import dataclass

OURS = ""
"""The organisation of the workspace that the bot is installed in."""


@dataclass(frozen=True)
class Account:
    """Who somebody is in Slack."""

    user_id: str
    organisation: str = OURS
    """``OURS``, or the id of another organisation."""

    @property
    def key(self) -> str:
        """Both in one word."""
        return f"{self.organisation}:{self.user_id}"


@dataclass(frozen=True)
class Home:
    """The organisation that the bot is installed in."""

    team_id: str
    enterprise_id: str = ""

    def organisation(self, team_id: str, enterprise_id: str = "") -> str:
        """Whose an account of a workspace is, as far as both ids tell. Slack may say an enterprise's id for either."""
        ours = {self.team_id, self.enterprise_id} - {""}
        if not (team_id or enterprise_id) or ours & {team_id, enterprise_id}:
            return OURS
        return enterprise_id or team_id
