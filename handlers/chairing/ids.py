"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: the value is a meeting, behind a colon the point it was at, and its minutes."""

    CLUSTER_STEER = "cluster.steer"
    MEETING_ADMIT = "meeting.admit"
    MEETING_BACK = "meeting.back"
    MEETING_BEGIN = "meeting.begin"
    MEETING_CASES = "meeting.cases"
    MEETING_GROUPS = "meeting.groups"
    MEETING_END = "meeting.end"
    MEETING_MISSING = "meeting.missing"
    MEETING_MORE = "meeting.more"
    MEETING_NEXT = "meeting.next"
    MEETING_PARK = "meeting.park"
    MEETING_SETTLED = "meeting.settled"
    MEETING_TIMER = "meeting.timer"


class View(StrEnum):
    """Forms and windows."""

    CHAIR_CHOICE = "chair.choice"
    CHAIR_MISSING = "chair.missing"
    CHAIR_PARK = "chair.park"
    CHAIR_STEPS = "chair.steps"
