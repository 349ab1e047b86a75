"""What is owed about a member's own calendar, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind


class Kinds(MessageKind):
    """Messages about the address that a calendar fetches from."""

    CALENDAR_ANSWER = "calendar.answer", Audience.SELF


KEPT = {
    "calendar_feed": KeptTable(
        135,
        "that a member's own calendar fetches (a fingerprint of its address, never the address)",
        {Way.WHOSE: "member_id", Way.CODE: "key"},
        by_itself="when the member turns it off or ends",
        on_request="`forget-member`",
    ),
}
