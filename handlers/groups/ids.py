"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: the value is a meeting, behind a colon the deal or the group, and a size."""

    CLUSTER_GROUPS = "cluster.groups"
    MEETING_DEAL = "meeting.deal"
    MEETING_GROUP_NOTE = "meeting.group_note"
    MEETING_GROUP_NOTES = "meeting.group_notes"
    MEETING_GROUP_SIZE = "meeting.group_size"
    MEETING_GROUPS_SHOW = "meeting.groups_show"
    MEETING_TEAMS = "meeting.teams"


class View(StrEnum):
    """Forms and windows."""

    GROUPS_NOTE = "groups.note"
    GROUPS_NOTES = "groups.notes"
    GROUPS_SHOW = "groups.show"
    GROUPS_TEAMS = "groups.teams"
