"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons: the value is a meeting, and behind a colon the point."""

    CLUSTER_AGENDA = "cluster.agenda"
    MEETING_AGENDA_ADD = "meeting.agenda_add"
    MEETING_AGENDA_AGAIN = "meeting.agenda_again"
    MEETING_AGENDA_EDIT = "meeting.agenda_edit"
    MEETING_AGENDA_FIT = "meeting.agenda_fit"
    MEETING_AGENDA_LATER = "meeting.agenda_later"
    MEETING_AGENDA_SHARE = "meeting.agenda_share"
    MEETING_AGENDA_TAKE = "meeting.agenda_take"
    MEETING_AGENDA_WISH = "meeting.agenda_wish"
    MEETING_CHAIR = "meeting.chair"
    MEETING_STEER = "meeting.steer"


class View(StrEnum):
    """Forms."""

    AGENDA_AGAIN = "agenda.again"
    AGENDA_POINT = "agenda.point"
    AGENDA_SHARE = "agenda.share"
    AGENDA_WISH = "agenda.wish"
