"""What is owed about numbers on their way in, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind, Trait


class Kinds(MessageKind):
    """Messages about numbers on their way in."""

    BUNDLE_CHOOSE = "bundle.choose", Audience.LEADER
    BUNDLE_PREVIEW = "bundle.preview", Audience.LEADER, Trait.STANDS
    BUNDLE_SAVED = "bundle.saved", Audience.LEADER
    BUNDLE_WHICH = "bundle.which", Audience.LEADER
    DATA_HOLDS = "data.holds", Audience.PRACTICE
    DATA_NO_CONSENT = "data.no_consent", Audience.SELF
    DATA_PERSONAL = "data.personal", Audience.SELF
    DATA_REFUSED = "data.refused", Audience.SELF
    DATA_REFUSED_MARKED = "data.refused.marked", Audience.PRACTICE
    DATA_SETTLED = "data.settled", Audience.SELF
    DATA_SEVERAL = "data.several", Audience.SELF
    DATA_UNCLEAR = "data.unclear", Audience.SELF
    DATA_VERDICT = "data.verdict", Audience.PRACTICE
    DATA_WHICH = "data.which", Audience.SELF
    HEADING_FORGOTTEN = "heading.forgotten", Audience.SELF
    OBJECTION_NOTED = "objection.noted", Audience.SELF
    OBJECTION_RAISED = "objection.raised", Audience.LEADER


KEPT = {
    "collected": KeptTable(
        50,
        "files about all practices that wait",
        {Way.HAND: "member_id", Way.CLUSTER: "rows", Way.CODE: "state digest"},
        by_itself=(
            "the numbers once decided on, at the latest after a week; that there was one, after `KLYNGE_KEEP_YEARS`"
        ),
        on_request="`forget-numbers`",
    ),
    "heading": KeptTable(
        157,
        "learned headings",
        {Way.HAND: "confirmed_by", Way.CLUSTER: "heading", Way.CODE: "package_id field"},
        by_itself="no",
        on_request="no",
    ),
    "objection": KeptTable(
        70,
        "*Mine tal er forkerte*",
        {Way.WHOSE: "member_id", Way.PRACTICE_WORDS: "text"},
        by_itself="as the numbers",
        on_request="`forget-numbers`; the words of a person also `forget-member`",
    ),
    "practice_alias": KeptTable(
        156,
        "learned names",
        {Way.HAND: "confirmed_by", Way.CLUSTER: "alias"},
        by_itself="no",
        on_request="no",
    ),
    "submission": KeptTable(
        60,
        "numbers, with every earlier version: corrected, taken back (*Træk tilbage*) and dropped ones too",
        {
            Way.WHOSE: "member_id",
            Way.PRACTICE: "numbers questions sources digest",
            Way.PRACTICE_WORDS: "reason",
            Way.CODE: "source state",
        },
        by_itself="after `KLYNGE_KEEP_YEARS`, when that is set",
        on_request="`forget-numbers`",
    ),
}
