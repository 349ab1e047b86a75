"""What is owed about the year, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind


class Kinds(MessageKind):
    """Messages about the year."""

    YEAR_PLANNED = "year.planned", Audience.LEADER


KEPT = {
    "noted_day": KeptTable(
        156,
        "days on which others meet, as a cluster noted them",
        {Way.HAND: "noted_by", Way.CLUSTER: "title"},
        by_itself="no",
        on_request="no",
    ),
    "year_plan": KeptTable(
        157,
        "what a cluster agreed about its year",
        {Way.HAND: "decided_by", Way.CLUSTER: "municipalities", Way.CODE: "start end"},
        by_itself="no",
        on_request="no",
    ),
}
