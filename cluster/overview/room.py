"""What is owed about the page, the log and the help, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind


class Kinds(MessageKind):
    """Messages about the page, the log and the help."""

    HANDOVER_PAGE = "handover.page", Audience.LEADER
    HELP_ANSWER = "help.answer", Audience.SELF
    HOME = "home", Audience.ANYBODY
    LOG_EXPORT = "log.export", Audience.LEADER
    UNDO_ANSWER = "undo.answer", Audience.SELF


KEPT = {
    "audit": KeptTable(
        140,
        "the cluster's log: who did what, when",
        {Way.LOG: "actor_id", Way.CODE: "what subject details"},
        by_itself="no",
        on_request="the person's name, by `forget-member`",
    ),
    "undoable": KeptTable(
        141,
        "what somebody changed in the last minutes, as it was and as it became",
        {Way.WHOSE: "member_id", Way.WORDS: "was became", Way.CODE: "what subject"},
        by_itself="after ten minutes, with the next look a quarter of an hour later",
        on_request="its words, by `forget-member`",
    ),
}
