"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    ASSIGNMENT_ENTER = "assignment.enter"
    ASSIGNMENT_NONE = "assignment.none"
    BUNDLE_CHOOSE = "bundle.choose"
    BUNDLE_DROP = "bundle.drop"
    BUNDLE_OTHER = "bundle.other"
    BUNDLE_PICK = "bundle.pick"
    BUNDLE_SAVE = "bundle.save"
    HEADING_FORGET = "heading.forget"
    HEADING_NO = "heading.no"
    HEADING_YES = "heading.yes"
    SUBMISSION_AGAIN = "submission.again"
    SUBMISSION_CHOOSE = "submission.choose"
    SUBMISSION_CONFIRM = "submission.confirm"
    SUBMISSION_CORRECT = "submission.correct"
    SUBMISSION_DISCARD = "submission.discard"
    SUBMISSION_OBJECT = "submission.object"
    SUBMISSION_PARTIAL = "submission.partial"
    SUBMISSION_WITHDRAW = "submission.withdraw"


class View(StrEnum):
    """Forms and windows."""

    ASSIGNMENT_NONE = "assignment.none"
    ASSIGNMENT_NUMBERS = "assignment.numbers"
    SUBMISSION_AGAIN = "submission.again"
    SUBMISSION_OBJECT = "submission.object"
