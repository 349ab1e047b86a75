"""Every id that Slack carries for us. Values and metadata hold ids only, never what they stand for."""

from __future__ import annotations

from enum import StrEnum

from cluster.errors import ClusterError
from cluster.ids import as_id


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    CLUSTER_CLAIM = "cluster.claim"
    CLUSTER_MEMBERS = "cluster.members"
    CLUSTER_SET_UP = "cluster.set_up"
    MEMBER_ADD = "member.add"
    MEMBER_ADMIT = "member.admit"
    MEMBER_EDIT = "member.edit"
    MEMBER_END = "member.end"
    MEMBER_LANGUAGE = "member.language"
    MEMBER_DISOWN = "member.disown"
    MEMBER_SETTINGS = "member.settings"
    MEMBER_TURN_AWAY = "member.turn_away"
    MEMBER_VOUCH = "member.vouch"
    MEMBER_WELCOME = "member.welcome"
    PRACTICE_CONSENT = "practice.consent"
    PRACTICE_EDIT = "practice.edit"
    PRACTICE_PROLONG = "practice.prolong"
    PRACTICE_WITHDRAW = "practice.withdraw"
    ROSTER_DROP = "roster.drop"
    ROSTER_SAVE = "roster.save"

    ASSIGNMENT_ENTER = "assignment.enter"
    ASSIGNMENT_GUIDE = "assignment.guide"
    ASSIGNMENT_HISTORY = "assignment.history"
    ASSIGNMENT_LATER = "assignment.later"
    ASSIGNMENT_NONE = "assignment.none"
    ASSIGNMENT_PICK = "assignment.pick"

    BUNDLE_CHOOSE = "bundle.choose"
    BUNDLE_DROP = "bundle.drop"
    BUNDLE_OTHER = "bundle.other"
    BUNDLE_PICK = "bundle.pick"
    BUNDLE_SAVE = "bundle.save"

    HEADING_FORGET = "heading.forget"
    HEADING_NO = "heading.no"
    HEADING_YES = "heading.yes"

    LOOK_RIGHT = "look.right"

    PACKAGE_FILE = "package.file"
    PACKAGE_RETIRE = "package.retire"
    PACKAGE_SHOW = "package.show"

    ROUND_ADAPT = "round.adapt"
    ROUND_CANCEL = "round.cancel"
    ROUND_CLOSE = "round.close"
    ROUND_RELEASE = "round.release"
    ROUND_REMIND = "round.remind"
    ROUND_SEND = "round.send"

    SUBMISSION_AGAIN = "submission.again"
    SUBMISSION_CONFIRM = "submission.confirm"
    SUBMISSION_CORRECT = "submission.correct"
    SUBMISSION_DISCARD = "submission.discard"
    SUBMISSION_OBJECT = "submission.object"
    SUBMISSION_PARTIAL = "submission.partial"
    SUBMISSION_CHOOSE = "submission.choose"
    SUBMISSION_WITHDRAW = "submission.withdraw"

    MEETING_ANSWER_FOR = "meeting.answer_for"
    MEETING_ATTENDANCE = "meeting.attendance"
    MEETING_ATTENDED = "meeting.attended"
    MEETING_CANCEL = "meeting.cancel"
    MEETING_EDIT = "meeting.edit"
    MEETING_EXPORT = "meeting.export"
    MEETING_LATE = "meeting.late"
    MEETING_NO = "meeting.rsvp_no"
    MEETING_MAYBE = "meeting.rsvp_maybe"
    MEETING_REASON = "meeting.reason"
    MEETING_REMIND = "meeting.remind"
    MEETING_SNOOZE = "meeting.snooze"
    MEETING_WHO = "meeting.who"
    MEETING_YES = "meeting.rsvp_yes"

    OPENNESS_CHANGE = "openness.change"
    OPENNESS_FETCH = "openness.fetch"
    OPENNESS_HIDE = "openness.hide"
    OPENNESS_SHOW = "openness.show"

    DECK_AGAIN = "deck.again"
    DECK_HANDOUTS = "deck.handouts"

    LOG_EXPORT = "log.export"

    AGREEMENT_DROP = "agreement.drop"
    AGREEMENT_MEASURE = "agreement.measure"
    AGREEMENT_OPEN = "agreement.open"

    RECALL_NO = "recall.no"
    RECALL_OPEN = "recall.open"
    RECALL_YES = "recall.yes"

    OUTBOX_RETRY = "outbox.retry"

    PLAN_PAUSE = "plan.pause"
    PLAN_STOP = "plan.stop"


class View(StrEnum):
    """Forms and windows."""

    CLUSTER_FORM = "cluster.form"
    CLUSTER_MEMBERS = "cluster.members"
    MEMBER_EDIT = "member.edit"
    MEMBER_END = "member.end"
    MEMBER_FORM = "member.form"
    MEMBER_SETTINGS = "member.settings"
    MEMBER_WELCOME = "member.welcome"
    PRACTICE_FORM = "practice.form"

    OPENNESS_FORM = "openness.form"

    ASSIGNMENT_GUIDE = "assignment.guide"
    ASSIGNMENT_HISTORY = "assignment.history"
    ASSIGNMENT_NONE = "assignment.none"
    ASSIGNMENT_NUMBERS = "assignment.numbers"
    PACKAGE_LIST = "package.list"
    PACKAGE_PAGE = "package.page"
    ROUND_FORM = "round.form"
    ROUND_RELEASE = "round.release"
    RECALL_FORM = "recall.form"
    SUBMISSION_AGAIN = "submission.again"
    SUBMISSION_OBJECT = "submission.object"

    MEETING_ANSWER_FOR = "meeting.answer_for"
    MEETING_ATTENDANCE = "meeting.attendance"
    MEETING_FORM = "meeting.form"
    MEETING_REASON = "meeting.reason"
    MEETING_WHO = "meeting.who"
    LOG_WINDOW = "log.window"
    AGREEMENT_FORM = "agreement.form"
    PLAN_WINDOW = "plan.window"
    YEAR_WINDOW = "meeting.year"


def number(value: object, place: int = 0) -> int:
    """One of the ids in a button's value (``7`` or ``7:31``), a form's field or metadata; a kind refusal when it is
    none."""
    parts = str(value).split(":")
    found = as_id(parts[place]) if place < len(parts) else None
    if found is None:
        raise ClusterError("id.unknown")
    return found
