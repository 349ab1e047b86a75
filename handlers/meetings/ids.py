"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    CLUSTER_ATTENDANCE = "cluster.attendance"
    CLUSTER_EXPORT = "cluster.export"
    CLUSTER_MEETING = "cluster.meeting"
    MEETING_AGENDA = "meeting.agenda"
    MEETING_ANSWER_FOR = "meeting.answer_for"
    MEETING_ATTENDANCE = "meeting.attendance"
    MEETING_ATTENDED = "meeting.attended"
    MEETING_CANCEL = "meeting.cancel"
    MEETING_DIET = "meeting.diet"
    MEETING_DROP = "meeting.drop"
    MEETING_EATS = "meeting.eats"
    MEETING_EATS_NOT = "meeting.eats_not"
    MEETING_EDIT = "meeting.edit"
    MEETING_EXPORT = "meeting.export"
    MEETING_FINISH = "meeting.finish"
    MEETING_LATE = "meeting.late"
    MEETING_REASON = "meeting.reason"
    MEETING_REMIND = "meeting.remind"
    MEETING_SEND = "meeting.send"
    MEETING_MAYBE = "meeting.rsvp_maybe"
    MEETING_ONLINE = "meeting.rsvp_online"
    MEETING_NO = "meeting.rsvp_no"
    MEETING_TOPIC = "meeting.topic"
    MEETING_YES = "meeting.rsvp_yes"
    MEETING_SNOOZE = "meeting.snooze"
    MEETING_WHO = "meeting.who"


class View(StrEnum):
    """Forms and windows."""

    MEETING_ANSWER_FOR = "meeting.answer_for"
    MEETING_ATTENDANCE = "meeting.attendance"
    MEETING_CANCEL = "meeting.cancel"
    MEETING_DIET = "meeting.diet"
    MEETING_FORM = "meeting.form"
    MEETING_REASON = "meeting.reason"
    MEETING_WHO = "meeting.who"
    YEAR_WINDOW = "meeting.year"
