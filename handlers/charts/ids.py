"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    CHART_READ = "chart.read"
    CLUSTER_CHARTS = "cluster.charts"
    CLUSTER_DECK = "cluster.deck"
    CLUSTER_FUNNEL = "cluster.funnel"
    CLUSTER_OPENNESS = "cluster.openness"
    CLUSTER_TRIAL = "cluster.trial"
    DECK_AGAIN = "deck.again"
    DECK_HANDOUTS = "deck.handouts"
    LOOK_RIGHT = "look.right"
    OPENNESS_CHANGE = "openness.change"
    OPENNESS_FETCH = "openness.fetch"
    OPENNESS_HIDE = "openness.hide"
    OPENNESS_SHOW = "openness.show"
    OVER_TIME_FETCH = "over_time.fetch"
    PAGE_FETCH = "round.staff_page"
    RECALL_NO = "recall.no"
    RECALL_OPEN = "recall.open"
    RECALL_YES = "recall.yes"
    ROUND_RELEASE = "round.release"
    ROUND_SEND = "round.send"
    TRIAL_GUIDE = "trial.guide"
    TRIAL_READ = "trial.read"


class View(StrEnum):
    """Forms and windows."""

    CHART_READ = "chart.read"
    OPENNESS_FORM = "openness.form"
    RECALL_FORM = "recall.form"
    ROUND_RELEASE = "round.release"
    TRIAL_FORM = "trial.form"
