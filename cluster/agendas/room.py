"""What is owed about agendas, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind


class Kinds(MessageKind):
    """Messages about agendas."""

    AGENDA_CHANNEL = "agenda.channel", Audience.CHANNEL
    AGENDA_DESK = "agenda.desk", Audience.LEADER
    AGENDA_KEPT = "agenda.kept", Audience.LEADER
    AGENDA_SETTLED = "agenda.settled", Audience.MEMBER
    AGENDA_SHOWN = "agenda.shown", Audience.MEMBER
    AGENDA_WISH = "agenda.wish", Audience.LEADER
    AGENDA_WISHED = "agenda.wished", Audience.MEMBER


KEPT = {
    "agenda": KeptTable(
        154,
        "agendas of meetings",
        {Way.HAND: "made_by", Way.CODE: "package_id"},
        by_itself="after `KLYNGE_KEEP_YEARS`, when that is set",
        on_request="no",
    ),
    "agenda_item": KeptTable(
        155,
        "points of agendas, and who wished one",
        {Way.HAND: "proposed_by", Way.CLUSTER: "title speaker", Way.CODE: "kind named state"},
        by_itself="after `KLYNGE_KEEP_YEARS`, when that is set",
        on_request="no",
    ),
}
