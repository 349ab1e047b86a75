"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    MEMBER_CALENDAR = "member.calendar"
    MEMBER_CALENDAR_OFF = "member.calendar_off"


class View(StrEnum):
    """Forms and windows."""

    MEMBER_CALENDAR = "member.calendar"
