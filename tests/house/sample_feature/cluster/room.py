"""What is owed about evaluations, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind


class Kinds(MessageKind):
    """Messages about evaluations."""

    EVALUATION_ASK = "evaluation.ask", Audience.MEMBER
    EVALUATION_RESULT = "evaluation.result", Audience.LEADER


KEPT = {
    "evaluation": KeptTable(
        170, "evaluations", {Way.HAND: "asked_by", Way.CODE: "state"}, by_itself="no", on_request="`forget-member`"
    ),
    "evaluation_asked": KeptTable(
        171, "who was asked", {Way.WHOSE: "member_id"}, by_itself="no", on_request="`forget-member`"
    ),
    "evaluation_count": KeptTable(
        172, "how many gave each answer, without names", {}, by_itself="no", on_request="no: they are nobody's"
    ),
}
