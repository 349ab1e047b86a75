"""What is owed about members and practices, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind, Trait


class Kinds(MessageKind):
    """Messages about members and practices."""

    CONSENT_ANSWER = "consent.answer", Audience.SELF
    CONSENT_ENDED = "consent.ended", Audience.PRACTICE_AND_LEADERS
    CONSENT_ENDING = "consent.ending", Audience.PRACTICE, Trait.REMINDS
    CONSENT_WITHDRAWN = "consent.withdrawn", Audience.PRACTICE_AND_LEADERS
    MEMBER_DATA = "member.data", Audience.SELF
    PLACE_ANSWERED = "place.answered", Audience.SELF
    PLACE_ASKED = "place.asked", Audience.MEMBER
    PLACE_DENIED = "place.denied", Audience.LEADER
    PLACE_MOVED = "place.moved", Audience.SELF
    PRACTICE_SAVED = "practice.saved", Audience.LEADER
    SETTINGS_ANSWER = "settings.answer", Audience.SELF
    SETTINGS_STANDS_DOWN = "settings.stands_down", Audience.MEMBER
    SETTINGS_STANDS_IN = "settings.stands_in", Audience.MEMBER


KEPT = {
    "cluster": KeptTable(
        150,
        "the cluster",
        {Way.CLUSTER: "name region", Way.CODE: "team_id channel_id"},
        by_itself="no",
        on_request="no",
    ),
    "consent": KeptTable(
        120,
        "consents, given, ended and withdrawn",
        {Way.WHOSE: "member_id", Way.CODE: "kind"},
        by_itself="no: evidence",
        on_request="the person's name, by `forget-member`",
    ),
    "member": KeptTable(
        130,
        "people, also those who have ended",
        {
            Way.SELF: "slack_user_id organisation outsider outsider_answer name email title dm_channel_id",
            Way.HAND: "confirmed_by placed_by substitute_id",
            Way.CODE: "role language place",
        },
        by_itself="no",
        on_request="`forget-member`",
    ),
    "practice": KeptTable(
        151,
        "its practices",
        {Way.HAND: "contact_id", Way.CLUSTER: "name context", Way.CODE: "ydernummer system"},
        by_itself="no",
        on_request="no",
    ),
    "rules": KeptTable(
        152,
        "its rules",
        {Way.HAND: "decided_by", Way.CLUSTER: "more_titles quiet", Way.CODE: "openness evaluation"},
        by_itself="no",
        on_request="no",
    ),
}
