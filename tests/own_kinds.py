"""Kinds of messages that only tests owe."""

from cluster.message_kinds import Audience, MessageKind


class Kinds(MessageKind):
    """Answers to whoever did something."""

    CARD = "test.card", Audience.SELF
    CHART = "test.chart", Audience.SELF
    COUNT = "count.card", Audience.SELF
    ECHO = "test.echo", Audience.SELF
    NEWER = "newer.notice", Audience.SELF
    NOTICE = "test.notice", Audience.SELF
    PICTURE = "test.picture", Audience.SELF
    SCALE_CHART = "scale.chart", Audience.SELF
    SCALE_TEXT = "scale.text", Audience.SELF
