"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons: ``what.verb``. The value of a button is the subject's id."""

    APPRAISAL_ANSWER = "appraisal.answer"
    CLUSTER_APPRAISALS = "cluster.appraisals"
    CLUSTER_APPRAISE = "cluster.appraise"


class View(StrEnum):
    """Forms and windows."""

    APPRAISAL_ANONYMOUS = "appraisal.anonymous"
    APPRAISAL_CONFIDENTIAL = "appraisal.confidential"
    APPRAISAL_OPEN = "appraisal.open"
