"""What is owed about minutes, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind


class Kinds(MessageKind):
    """Messages about minutes."""

    MINUTES_ASKED = "minutes.asked", Audience.MEMBER
    MINUTES_DECLINED = "minutes.declined", Audience.LEADER
    MINUTES_DONE = "minutes.done", Audience.MEMBER
    MINUTES_PICKED = "minutes.picked", Audience.LEADER
    MINUTES_PREVIEW = "minutes.preview", Audience.MEMBER
    MINUTES_SENT = "minutes.sent", Audience.MEMBER
    MINUTES_TIME = "minutes.time", Audience.MEMBER


ONCE_ONLY = ("minutes-sent:", "minutes-asked:", "minutes-time:")

KEPT = {
    "minutes": KeptTable(
        156,
        "its minutes, as they are being written",
        {Way.HAND: "taker_id asked_by written_by", Way.CLUSTER: "points practices shared"},
        by_itself="no",
        on_request="no",
    ),
    "minutes_version": KeptTable(
        157,
        "its minutes, as they were sent",
        {Way.HAND: "sent_by", Way.CLUSTER: "points practices shared"},
        by_itself="no",
        on_request="no",
    ),
}
