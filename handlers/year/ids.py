"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons. Of ``cluster.older`` the value is the cluster, and behind a colon how many are left out."""

    CLUSTER_MEETINGS = "cluster.meetings"
    CLUSTER_OLDER = "cluster.older"
    CLUSTER_YEAR = "cluster.year"
    MEETING_LIKE = "meeting.like"


class View(StrEnum):
    """Forms and windows."""

    MEETINGS = "year.meetings"
    YEAR_FORM = "year.form"
