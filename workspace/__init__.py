"""A small Slack of our own on one loopback port: what the bot talks to in tests, in rehearsals and in the offline demo."""

from workspace.client import Desk, DeskError
from workspace.clock import WorkspaceClock
from workspace.world import Workspace

__all__ = ["Desk", "DeskError", "Workspace", "WorkspaceClock"]
