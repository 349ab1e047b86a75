"""What is owed about a meeting as it takes place, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind


class Kinds(MessageKind):
    """Messages to whoever chairs, and of what was parked."""

    CHAIR_ASKED = "chair.asked", Audience.MEMBER
    CHAIR_CARD = "chair.card", Audience.MEMBER
    CHAIR_CHOSEN = "chair.chosen", Audience.LEADER
    CHAIR_NUDGE = "chair.nudge", Audience.MEMBER
    CHAIR_PARKED = "chair.parked", Audience.LEADER
    CHAIR_TIMER = "chair.timer", Audience.MEMBER


KEPT = {
    "parked": KeptTable(
        157,
        "objections to numbers that were put aside at a meeting",
        {Way.HAND: "noted_by", Way.CLUSTER: "words"},
        by_itself="after `KLYNGE_KEEP_YEARS`, when that is set",
        on_request="no",
    ),
    "sitting": KeptTable(
        156,
        "who chaired a meeting, and how far it is",
        {Way.HAND: "chair_id"},
        by_itself="after `KLYNGE_KEEP_YEARS`, when that is set",
        on_request="no",
    ),
}
