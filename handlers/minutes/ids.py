"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons; their values are the meeting's id, or it and what of the minutes was seen."""

    CLUSTER_MINUTES = "cluster.minutes"
    MINUTES_DECLINE = "meeting.minutes_decline"
    MINUTES_MORNING = "meeting.minutes_morning"
    MINUTES_PICK = "meeting.minutes_pick"
    MINUTES_SEND = "meeting.minutes_send"
    MINUTES_SHOW = "meeting.minutes_show"
    MINUTES_WRITE = "meeting.minutes_write"


class View(StrEnum):
    """Forms and windows."""

    MINUTES_FORM = "meeting.minutes_form"
    MINUTES_PICKED = "meeting.minutes_picked"
    MINUTES_WINDOW = "meeting.minutes_window"
