"""What can be owed about the page, the log and the help, and whom it is for."""

from cluster.kinds import Audience, Kind


class Kinds(Kind):
    """Messages about the page, the log and the help."""

    HELP_ANSWER = "help.answer", Audience.SELF
    HOME = "home", Audience.ANYBODY
    LOG_EXPORT = "log.export", Audience.LEADER
