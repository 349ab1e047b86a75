"""What is owed about groups, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind


class Kinds(MessageKind):
    """Messages about the groups of a meeting."""

    GROUPS_CARD = "groups.card", Audience.MEMBER
    GROUPS_CHANNEL = "groups.channel", Audience.CHANNEL
    GROUPS_TOLD = "groups.told", Audience.MEMBER


KEPT = {
    "group_note": KeptTable(
        121,
        "what groups wrote for all",
        {Way.HAND: "noted_by", Way.CLUSTER: "words"},
        by_itself="after `KLYNGE_KEEP_YEARS`, when that is set",
        on_request="no",
    ),
    "seat": KeptTable(
        120,
        "who sat in which group",
        {Way.WHOSE: "member_id"},
        by_itself="after `KLYNGE_KEEP_YEARS`, when that is set",
        on_request="names, by `forget-member`",
    ),
    "seating": KeptTable(
        122,
        "when groups were made, and what they talked about",
        {Way.HAND: "made_by", Way.CLUSTER: "questions"},
        by_itself="after `KLYNGE_KEEP_YEARS`, when that is set",
        on_request="no",
    ),
    "team": KeptTable(
        123,
        "people who stay together in groups",
        {Way.CLUSTER: "name"},
        by_itself="when it is taken away",
        on_request="no",
    ),
    "team_member": KeptTable(
        124,
        "who is in such a team",
        {Way.WHOSE: "member_id"},
        by_itself="with the team",
        on_request="names, by `forget-member`",
    ),
}
