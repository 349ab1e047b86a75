"""What is owed about topics, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind, Trait


class Kinds(MessageKind):
    """Messages about topics."""

    DECISION_TOLD = "decision.told", Audience.MEMBER
    IDEA_NOTED = "idea.noted", Audience.SELF
    IDEA_TIDIED = "idea.tidied", Audience.LEADER
    TOPIC_RULE = "topic.rule", Audience.MEMBER
    VOTE_ASK = "vote.ask", Audience.MEMBER
    VOTE_OPENED = "vote.opened", Audience.LEADER
    VOTE_REMINDER = "vote.reminder", Audience.MEMBER, Trait.REMINDS
    VOTE_RESULT = "vote.result", Audience.MEMBER
    VOTE_STOPPED = "vote.stopped", Audience.MEMBER


KEPT = {
    "idea": KeptTable(
        156,
        "the topics that were suggested",
        {Way.HAND: "suggested_by", Way.CLUSTER: "words", Way.CODE: "package_id state"},
        by_itself="no",
        on_request="no",
    ),
    "wish": KeptTable(157, "who wishes which", {Way.WHOSE: "member_id"}, by_itself="no", on_request="no"),
    "topic_rule": KeptTable(
        158, "who decides about topics", {Way.HAND: "decided_by", Way.CODE: "deciders"}, by_itself="no", on_request="no"
    ),
    "vote": KeptTable(
        159,
        "votes about topics",
        {Way.HAND: "opened_by", Way.CODE: "kind state deciders"},
        by_itself="no",
        on_request="no",
    ),
    "vote_choice": KeptTable(
        190,
        "how often each topic was chosen, without names",
        {},
        by_itself="counts of fewer than five ballots, when the vote is closed",
        on_request="no: they are nobody's",
    ),
    "elector": KeptTable(
        191,
        "who may vote about topics, and has",
        {Way.WHOSE: "member_id"},
        by_itself="when the vote is closed",
        on_request="the person's name, by `forget-member`",
    ),
    "decision": KeptTable(
        159,
        "which topics were decided on",
        {Way.HAND: "recorded_by", Way.CODE: "deciders"},
        by_itself="no",
        on_request="no",
    ),
}
