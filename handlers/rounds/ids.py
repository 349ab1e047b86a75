"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    CLUSTER_AGREEMENT = "cluster.agreement"
    CLUSTER_EXTRACT = "cluster.extract"
    CLUSTER_NUMBERS = "cluster.numbers"
    AGREEMENT_DROP = "agreement.drop"
    AGREEMENT_MEASURE = "agreement.measure"
    AGREEMENT_OPEN = "agreement.open"
    ASSIGNMENT_GUIDE = "assignment.guide"
    ASSIGNMENT_HISTORY = "assignment.history"
    ASSIGNMENT_LATER = "assignment.later"
    ROUND_ADAPT = "round.adapt"
    ROUND_ASK = "round.ask"
    ROUND_CANCEL = "round.cancel"
    ROUND_CLOSE = "round.close"
    ROUND_DROP = "round.drop"
    ROUND_FINISH = "round.finish"
    ROUND_REMIND = "round.remind"


class View(StrEnum):
    """Forms and windows."""

    AGREEMENT_FORM = "agreement.form"
    ASSIGNMENT_GUIDE = "assignment.guide"
    ASSIGNMENT_HISTORY = "assignment.history"
    ROUND_FORM = "round.form"
