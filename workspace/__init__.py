"""A small Slack of our own on one loopback port, for tests, rehearsals and the offline demo."""

from workspace.client.client import Desk
from workspace.client.wire import DeskError
from workspace.state.clock import WorkspaceClock
from workspace.world import Workspace

__all__ = ["Desk", "DeskError", "Workspace", "WorkspaceClock"]
