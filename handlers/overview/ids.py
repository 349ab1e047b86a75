"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    CHANGE_UNDO = "change.undo"
    CLUSTER_HANDOVER = "cluster.handover"
    CLUSTER_HELP = "cluster.help"
    CLUSTER_LOG = "cluster.log"
    CLUSTER_PLAN = "cluster.plan"
    CLUSTER_STATUS = "cluster.status"
    CLUSTER_UNDO = "cluster.undo"
    HOME_MORE = "home.more"
    HOME_SHOW = "home.show"
    LOG_EXPORT = "log.export"
    PLAN_PAUSE = "plan.pause"
    PLAN_STOP = "plan.stop"


class View(StrEnum):
    """Forms and windows."""

    HANDOVER_WINDOW = "handover.window"
    HOME_MORE = "home.more"
    LOG_WINDOW = "log.window"
    PLAN_WINDOW = "plan.window"
