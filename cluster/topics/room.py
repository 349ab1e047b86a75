"""What is owed about topics, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind


class Kinds(MessageKind):
    """Messages about topics."""

    IDEA_NOTED = "idea.noted", Audience.SELF
    IDEA_TIDIED = "idea.tidied", Audience.LEADER


KEPT = {
    "idea": KeptTable(
        156,
        "the topics that were suggested",
        {Way.HAND: "suggested_by", Way.CLUSTER: "words", Way.CODE: "package_id state"},
        by_itself="no",
        on_request="no",
    ),
    "wish": KeptTable(157, "who wishes which", {Way.WHOSE: "member_id"}, by_itself="no", on_request="no"),
}
