"""What is owed about asking for numbers, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind, Trait


class Kinds(MessageKind):
    """Messages about asking for numbers."""

    AGREEMENT_ASK = "agreement.ask", Audience.LEADER
    AGREEMENT_CHANNEL = "agreement.channel", Audience.CHANNEL
    AGREEMENT_NOTED = "agreement.noted", Audience.LEADER
    AGREEMENT_TIME = "agreement.time", Audience.LEADER
    DATA_ASK = "data.ask", Audience.LISTED
    DATA_CHASE = "data.chase", Audience.LISTED, Trait.REMINDS
    DATA_SNOOZED = "data.snoozed", Audience.LISTED, Trait.REMINDS
    EXTRACT_ORDER = "extract.order", Audience.LEADER
    ROUND_CANCELLED = "round.cancelled", Audience.LEADER
    ROUND_CLOSED = "round.closed", Audience.LEADER
    ROUND_DRAFT_WAITS = "round.draft_waits", Audience.LEADER
    ROUND_DRAFTED = "round.drafted", Audience.LEADER
    ROUND_DIGEST = "round.digest", Audience.LEADER
    ROUND_NOT_SENT = "round.not_sent", Audience.LEADER
    ROUND_OPENED = "round.opened", Audience.LEADER
    ROUND_READY = "round.ready", Audience.LEADER
    ROUND_REMINDED = "round.reminded", Audience.LEADER
    ROUND_UNDECIDED = "round.undecided", Audience.LEADER


KEPT = {
    "agreement": KeptTable(
        154,
        "its agreements",
        {Way.HAND: "decided_by", Way.CLUSTER: "text", Way.CODE: "measure_id state"},
        by_itself="no",
        on_request="no",
    ),
    "assignment": KeptTable(
        101,
        "who was asked",
        {Way.WHOSE: "member_id", Way.HAND: "instead_of_id"},
        by_itself="no",
        on_request="no: later charts are held to it",
    ),
    "round": KeptTable(
        100,
        "rounds",
        {
            Way.HAND: "created_by",
            Way.CLUSTER: "package_text",
            Way.CODE: "package_id package_version state openness asked",
        },
        by_itself="no",
        on_request="no: later charts are held to it",
    ),
}
