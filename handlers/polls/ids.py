"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons: ``poll.verb``. The value begins with the poll's id; of a date it goes on with the date's."""

    CLUSTER_DATES = "cluster.dates"
    POLL_CANCEL = "poll.cancel"
    POLL_CLOSE = "poll.close"
    POLL_EDIT = "poll.edit"
    POLL_IF_NEEDED = "poll.if_needed"
    POLL_NO = "poll.no"
    POLL_OPEN = "poll.open"
    POLL_REMIND = "poll.remind"
    POLL_REST = "poll.rest"
    POLL_SETTLE = "poll.settle"
    POLL_WHO = "poll.who"
    POLL_YES = "poll.yes"


class View(StrEnum):
    """Forms and windows."""

    POLL_ANSWER = "poll.answer"
    POLL_CHANGE = "poll.change"
    POLL_FORM = "poll.form"
    POLL_WHO = "poll.who"
