"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    ASSIGNMENT_PICK = "assignment.pick"
    CLUSTER_LIST = "cluster.list"
    """The value is a cluster, and behind a colon the file, or the moment of the message, that holds a list."""
    WORDS_PICK = "words.pick"
    """The value is the name of an intent."""
