"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    CLUSTER_ABOUT = "cluster.about"
    CLUSTER_ADD_PERSON = "cluster.add_person"
    CLUSTER_BY_FILE = "cluster.by_file"
    CLUSTER_CLAIM = "cluster.claim"
    CLUSTER_EMPTY_LIST = "cluster.empty_list"
    CLUSTER_FILL_IN = "cluster.fill_in"
    CLUSTER_PASTE = "cluster.paste"
    CLUSTER_PICK = "cluster.pick"
    CLUSTER_SET_UP = "cluster.set_up"
    MEMBER_ADMIT = "member.admit"
    MEMBER_EDIT = "member.edit"
    MEMBER_END = "member.end"
    MEMBER_TURN_AWAY = "member.turn_away"
    MEMBER_WELCOME = "member.welcome"
    ROSTER_DROP = "roster.drop"
    ROSTER_SAVE = "roster.save"
    ROSTER_SAVE_NOW = "roster.save_now"


class View(StrEnum):
    """Forms and windows."""

    CLUSTER_ABOUT = "cluster.about"
    CLUSTER_BY_FILE = "cluster.by_file"
    CLUSTER_FILL_IN = "cluster.fill_in"
    CLUSTER_FORM = "cluster.form"
    CLUSTER_PASTE = "cluster.paste"
    CLUSTER_PICK = "cluster.pick"
    CLUSTER_PICKED = "cluster.picked"
    MEMBER_EDIT = "member.edit"
    MEMBER_END = "member.end"
    MEMBER_FORM = "member.form"
    MEMBER_WELCOME = "member.welcome"
