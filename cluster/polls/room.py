"""What is owed about date polls, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind, Trait


class Kinds(MessageKind):
    """Messages about date polls."""

    POLL_CARD = "poll.card", Audience.MEMBER, Trait.ANEW
    POLL_CHANGED = "poll.changed", Audience.MEMBER
    POLL_CHANGE_KEPT = "poll.change_kept", Audience.LEADER
    POLL_DESK = "poll.desk", Audience.LEADER, Trait.STANDS, Trait.FOR_DEPUTIES
    POLL_NOTED = "poll.noted", Audience.MEMBER
    POLL_OFF = "poll.off", Audience.MEMBER
    POLL_OVER = "poll.over", Audience.LEADER
    POLL_REMINDED = "poll.reminded", Audience.LEADER
    POLL_REMINDER = "poll.reminder", Audience.MEMBER, Trait.REMINDS


KEPT = {
    "poll": KeptTable(
        154,
        "its date polls",
        {Way.HAND: "created_by", Way.CLUSTER: "title place", Way.CODE: "kind state"},
        by_itself="no",
        on_request="no",
    ),
    "poll_answer": KeptTable(
        112,
        "who can when, of a date poll",
        {Way.WHOSE: "member_id", Way.CODE: "suits"},
        by_itself="after `KLYNGE_KEEP_YEARS`, when that is set",
        on_request="names, by `forget-member`",
    ),
    "poll_date": KeptTable(155, "the dates of its date polls", {}, by_itself="no", on_request="no"),
}
