"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    CLUSTER_ASK_CHANGES = "cluster.ask_changes"
    CLUSTER_CHANGES = "cluster.changes"
    COMMITMENT_BARRIER = "commitment.barrier"
    COMMITMENT_DROPPED = "commitment.dropped"
    COMMITMENT_GOING = "commitment.going"
    COMMITMENT_NOT_YET = "commitment.not_yet"
    COMMITMENT_PICK = "commitment.pick"
    COMMITMENT_SHARE = "commitment.share"
    COMMITMENT_UNSHARE = "commitment.unshare"
    COMMITMENT_WEEKS = "commitment.weeks"
    COMMITMENT_WHO = "commitment.who"
    COMMITMENT_WORDS = "commitment.words"


class View(StrEnum):
    """Forms and windows."""

    COMMITMENT_ASK = "commitment.ask"
    COMMITMENT_WORDS = "commitment.words"
