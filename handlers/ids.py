"""Every id that Slack carries for us. Values and metadata hold ids only, never what they stand for."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""


class View(StrEnum):
    """Forms and windows."""
