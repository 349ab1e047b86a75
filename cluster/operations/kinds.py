"""What can be owed about the program itself, and whom it is for."""

from cluster.kinds import Audience, Kind


class Kinds(Kind):
    """Messages about the program itself."""

    ANSWER_ERROR = "answer.error", Audience.SELF
    ANSWER_TROUBLE = "answer.trouble", Audience.SELF
    BOT_RESTORED = "bot.restored", Audience.LEADER
    BOT_RETRIED = "bot.retried", Audience.LEADER
    BOT_UNDELIVERED = "bot.undelivered", Audience.LEADER
    BOT_UNWORKED = "bot.unworked", Audience.LEADER
