"""Ids that Slack carries for this room. Values and metadata hold ids only, never what they stand for."""

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menus: ``what.verb``. The value of a button is the subject's id."""

    CLUSTER_SUGGEST = "cluster.suggest"
    CLUSTER_TOPICS = "cluster.topics"
    CLUSTER_TOPICS_HAD = "cluster.topics_had"
    CLUSTER_TOPIC_RULE = "cluster.topic_rule"
    CLUSTER_VOTE = "cluster.vote"
    IDEA_ASK = "idea.ask"
    IDEA_CALL = "idea.call"
    IDEA_DROP = "idea.drop"
    IDEA_NAME = "idea.name"
    IDEA_TIDY = "idea.tidy"
    IDEA_UNNAME = "idea.unname"
    IDEA_UNWISH = "idea.unwish"
    IDEA_WISH = "idea.wish"
    VOTE_AGAIN = "vote.again"
    VOTE_BALLOT = "vote.ballot"
    VOTE_DECIDE = "vote.decide"
    VOTE_RESULT = "vote.result"
    VOTE_STOP = "vote.stop"


class View(StrEnum):
    """Forms and windows."""

    IDEA_FORM = "idea.form"
    IDEA_LIST = "idea.list"
    IDEA_TIDY = "idea.tidy"
    TOPIC_RULE = "topic.rule"
    VOTE_BALLOT = "vote.ballot"
    VOTE_DECIDE = "vote.decide"
    VOTE_OPEN = "vote.open"
    VOTE_RESULT = "vote.result"
    TOPICS_HAD = "topics.had"
