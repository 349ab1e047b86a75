"""What is owed about what practices change, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind, Trait


class Kinds(MessageKind):
    """Messages about what practices change."""

    COMMITMENT_ASK = "commitment.ask", Audience.PRACTICE
    COMMITMENT_ASKED = "commitment.asked", Audience.LEADER
    COMMITMENT_COUNTED = "commitment.counted", Audience.CHANNEL
    COMMITMENT_LOOK = "commitment.look", Audience.PRACTICE, Trait.REMINDS
    COMMITMENT_NOTED = "commitment.noted", Audience.PRACTICE


KEPT = {
    "commitment": KeptTable(
        80,
        "what a practice says that it will change",
        {
            Way.WHOSE: "member_id",
            Way.HAND: "asked_by who_id",
            Way.PRACTICE_WORDS: "words",
            Way.CODE: "state pick kind who barrier",
        },
        by_itself="the words and names after `KLYNGE_KEEP_YEARS`, when that is set",
        on_request="the words and names, by `forget-member`",
    ),
    "commitment_count": KeptTable(
        158,
        "how many practices said that they would change what",
        {Way.CODE: "counts"},
        by_itself="no",
        on_request="no",
    ),
}
