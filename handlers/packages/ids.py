"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    CLUSTER_PACKAGES = "cluster.packages"
    PACKAGE_FILE = "package.file"
    PACKAGE_FIND = "package.find"
    PACKAGE_MEETING = "package.meeting"
    PACKAGE_PAGES = "package.pages"
    PACKAGE_RETIRE = "package.retire"
    PACKAGE_SHOW = "package.show"
    PACKAGE_TOPICS = "package.topics"


class View(StrEnum):
    """Forms and windows."""

    PACKAGE_LIST = "package.list"
    PACKAGE_MEETING = "package.meeting"
    PACKAGE_PAGE = "package.page"
    PACKAGE_TOPICS = "package.topics"
