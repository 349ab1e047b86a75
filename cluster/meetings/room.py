"""What is owed about meetings, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind, Trait


class Kinds(MessageKind):
    """Messages about meetings."""

    ATTENDANCE_EXPORT = "attendance.export", Audience.LEADER
    MEETING_ANSWERED_FOR = "meeting.answered_for", Audience.MEMBER
    MEETING_ASKED = "meeting.asked", Audience.MEMBER
    MEETING_ATTENDANCE = "meeting.attendance", Audience.LEADER, Trait.STANDS
    MEETING_CALENDAR = "meeting.calendar", Audience.MEMBER
    MEETING_CALENDAR_BACK = "meeting.calendar_back", Audience.MEMBER
    MEETING_CANCEL_KEPT = "meeting.cancel_kept", Audience.LEADER
    MEETING_CANCELLED = "meeting.cancelled", Audience.MEMBER
    MEETING_CARD = "meeting.card", Audience.MEMBER, Trait.ANEW
    MEETING_CHANGE_KEPT = "meeting.change_kept", Audience.LEADER
    MEETING_CHANNEL = "meeting.channel", Audience.CHANNEL
    MEETING_DESK = "meeting.desk", Audience.LEADER, Trait.STANDS, Trait.FOR_DEPUTIES
    MEETING_DRAFTED = "meeting.drafted", Audience.LEADER
    MEETING_DIGEST = "meeting.digest", Audience.LEADER
    MEETING_ENTERED = "meeting.entered", Audience.LEADER
    MEETING_EVE = "meeting.eve", Audience.MEMBER
    MEETING_FINAL = "meeting.final", Audience.LEADER
    MEETING_LATE_TOLD = "meeting.late_told", Audience.MEMBER
    MEETING_LATE_WISH = "meeting.late_wish", Audience.LEADER
    MEETING_MOVED = "meeting.moved", Audience.MEMBER
    MEETING_REMINDED = "meeting.reminded", Audience.LEADER
    MEETING_REMINDER = "meeting.reminder", Audience.MEMBER, Trait.REMINDS
    MEETING_SEAT = "meeting.seat", Audience.MEMBER
    MEETING_UNDERSTOOD = "meeting.understood", Audience.MEMBER
    MEETING_WHICH = "meeting.which", Audience.MEMBER


KEPT = {
    "attendance": KeptTable(
        111,
        "who came",
        {Way.WHOSE: "member_id", Way.HAND: "recorded_by"},
        by_itself="after `KLYNGE_KEEP_YEARS`, when that is set",
        on_request="reasons and names, by `forget-member`",
    ),
    "invitation": KeptTable(
        110,
        "who was asked to a meeting and answered",
        {Way.WHOSE: "member_id", Way.HAND: "answered_by", Way.WORDS: "reason diet", Way.CODE: "answer former_answer"},
        by_itself="after `KLYNGE_KEEP_YEARS`, when that is set",
        on_request="reasons and names, by `forget-member`",
    ),
    "meeting": KeptTable(
        153,
        "its meetings",
        {
            Way.HAND: "created_by",
            Way.CLUSTER: "title place was_place link with_whom note cancel_reason",
            Way.CODE: "kind was_kind state",
        },
        by_itself="the note of a meeting, with whom, its link and why it was called off go with who came to it",
        on_request="no",
    ),
}
