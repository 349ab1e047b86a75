"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    ASSIGNMENT_PICK = "assignment.pick"
    WORDS_PICK = "words.pick"
    """The value is the name of an intent."""
