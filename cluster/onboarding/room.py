"""What is owed about a cluster's beginning, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind, Trait


class Kinds(MessageKind):
    """Messages about a cluster's beginning."""

    DATA_NOBODY = "data.nobody", Audience.LEADER
    MEMBER_ENDED = "member.ended", Audience.LEFT, Trait.ANEW
    MEMBER_LEFT_SLACK = "member.left_slack", Audience.LEADER
    MEMBER_MENDED = "member.mended", Audience.SELF
    MEMBER_WRONG_PRACTICE = "member.wrong_practice", Audience.LEADER
    OUTSIDER_ASKED = "outsider.asked", Audience.LEADER
    PRACTICE_FILLED_IN = "practice.filled_in", Audience.LEADER
    ROSTER_EMPTY = "roster.empty", Audience.LEADER
    PRACTICE_UNDECIDED = "practice.undecided", Audience.LEADER
    ROSTER_PREVIEW = "roster.preview", Audience.LEADER, Trait.STANDS
    ROSTER_SAVED = "roster.saved", Audience.LEADER
    ROSTER_WHICH = "roster.which", Audience.LEADER
    SETUP_AGREED = "setup.agreed", Audience.LEADER
    SETUP_CLAIM = "setup.claim", Audience.CHANNEL
    SETUP_GREETING = "setup.greeting", Audience.LEADER
    SETUP_REMOVED = "setup.removed", Audience.LEADER
    WELCOME = "welcome", Audience.SELF, Trait.ANEW
    WELCOME_ANSWER = "welcome.answer", Audience.SELF
    WELCOME_REMINDER = "welcome.reminder", Audience.SELF, Trait.REMINDS, Trait.ANEW


ONCE_ONLY = ("ended:", "left:", "mended:", "nobody:", "removed:", "wrong:")
KEPT = {
    "roster_import": KeptTable(
        40,
        "lists of members that wait",
        {Way.HAND: "member_id", Way.LIST: "rows", Way.CODE: "state"},
        by_itself="the rows once decided on, at the latest after a week; that there was one, after `KLYNGE_KEEP_DAYS`",
        on_request="`forget-member` (the rows about them)",
    ),
}
