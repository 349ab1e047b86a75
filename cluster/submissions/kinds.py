"""What can be owed about numbers on their way in, and whom it is for."""

from cluster.kinds import Audience, Kind


class Kinds(Kind):
    """Messages about numbers on their way in."""

    BUNDLE_CHOOSE = "bundle.choose", Audience.LEADER
    BUNDLE_PREVIEW = "bundle.preview", Audience.LEADER
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
