"""Every id that Slack carries for us. Values and metadata hold ids only, never what they stand for."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    ASSIGNMENT_ENTER = "assignment.enter"
    ASSIGNMENT_GUIDE = "assignment.guide"
    ASSIGNMENT_HISTORY = "assignment.history"
    ASSIGNMENT_LATER = "assignment.later"
    ASSIGNMENT_NONE = "assignment.none"
    ASSIGNMENT_PICK = "assignment.pick"

    ROUND_CANCEL = "round.cancel"
    ROUND_CLOSE = "round.close"
    ROUND_RELEASE = "round.release"
    ROUND_REMIND = "round.remind"

    SUBMISSION_CONFIRM = "submission.confirm"
    SUBMISSION_CORRECT = "submission.correct"
    SUBMISSION_DISCARD = "submission.discard"
    SUBMISSION_OBJECT = "submission.object"
    SUBMISSION_WITHDRAW = "submission.withdraw"


class View(StrEnum):
    """Forms and windows."""

    ASSIGNMENT_GUIDE = "assignment.guide"
    ASSIGNMENT_HISTORY = "assignment.history"
    ASSIGNMENT_NONE = "assignment.none"
    ASSIGNMENT_NUMBERS = "assignment.numbers"
    ROUND_FORM = "round.form"
    ROUND_RELEASE = "round.release"
    SUBMISSION_OBJECT = "submission.object"
