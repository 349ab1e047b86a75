"""What is owed about evaluations, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind, Trait


class Kinds(MessageKind):
    """Messages about evaluations."""

    APPRAISAL_ASK = "appraisal.ask", Audience.MEMBER
    APPRAISAL_OPENED = "appraisal.opened", Audience.LEADER
    APPRAISAL_REMINDER = "appraisal.reminder", Audience.MEMBER, Trait.REMINDS
    APPRAISAL_TOLD = "appraisal.told", Audience.MEMBER


KEPT = {
    "appraisal": KeptTable(
        170,
        "evaluations of meetings, and what was told of them",
        {Way.HAND: "asked_by", Way.CLUSTER: "told", Way.CODE: "grade state"},
        by_itself="no",
        on_request="no: they are nobody's",
    ),
    "appraisal_answer": KeptTable(
        180,
        "confidential answers to evaluations",
        {Way.WHOSE: "member_id", Way.WORDS: "words", Way.CODE: "answers"},
        by_itself="when the evaluation is over",
        on_request="the words, by `forget-member`",
    ),
    "appraisal_asked": KeptTable(
        181,
        "who was asked how a meeting was, and has answered",
        {Way.WHOSE: "member_id"},
        by_itself="no",
        on_request="the person's name, by `forget-member`",
    ),
    "appraisal_tally": KeptTable(
        182,
        "how many gave each answer, and comments, without names",
        {Way.CODE: "counts comments"},
        by_itself="when the evaluation is over",
        on_request="no: they are nobody's",
    ),
}
