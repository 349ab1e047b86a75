"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons."""

    CLUSTER_EVALUATE = "cluster.evaluate"
    EVALUATION_OPEN = "evaluation.open"


class View(StrEnum):
    """Forms."""

    EVALUATION_FORM = "evaluation.form"
