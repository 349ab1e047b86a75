"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    CLUSTER_ABSENT = "cluster.absent"
    CLUSTER_OWN_DATA = "cluster.own_data"
    CLUSTER_MEMBERS = "cluster.members"
    MEMBER_AWAY = "member.away"
    MEMBER_DISOWN = "member.disown"
    MEMBER_LANGUAGE = "member.language"
    MEMBER_SETTINGS = "member.settings"
    MEMBER_VOUCH = "member.vouch"
    PRACTICE_CONSENT = "practice.consent"
    PRACTICE_EDIT = "practice.edit"
    PRACTICE_PROLONG = "practice.prolong"
    PRACTICE_WITHDRAW = "practice.withdraw"


class View(StrEnum):
    """Forms and windows."""

    CLUSTER_ABSENT = "cluster.absent"
    CLUSTER_MEMBERS = "cluster.members"
    MEMBER_SETTINGS = "member.settings"
    PRACTICE_FORM = "practice.form"
