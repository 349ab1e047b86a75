"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons."""

    CLUSTER_HERE = "cluster.here"
    MEETING_HERE = "meeting.here"


class View(StrEnum):
    """Forms."""

    CHECKIN_FORM = "checkin.form"
