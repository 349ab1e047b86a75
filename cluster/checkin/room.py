"""What is owed about checking in, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind


class Kinds(MessageKind):
    """Messages about checking in."""

    CHECKIN_IN = "checkin.in", Audience.MEMBER
    CHECKIN_OPEN = "checkin.open", Audience.MEMBER


KEPT = {
    "check_in": KeptTable(
        158,
        "the PINs that members checked in to meetings by",
        {Way.HAND: "opened_by", Way.CODE: "pin"},
        by_itself="after `KLYNGE_KEEP_YEARS`, when that is set",
        on_request="no",
    ),
}
