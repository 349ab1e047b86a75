"""What can be owed about members and practices, and whom it is for."""

from cluster.kinds import Audience, Kind


class Kinds(Kind):
    """Messages about members and practices."""

    CONSENT_ANSWER = "consent.answer", Audience.SELF
    CONSENT_ENDED = "consent.ended", Audience.PRACTICE_AND_LEADERS
    CONSENT_ENDING = "consent.ending", Audience.PRACTICE
    CONSENT_WITHDRAWN = "consent.withdrawn", Audience.PRACTICE_AND_LEADERS
    MEMBER_DATA = "member.data", Audience.SELF
    PLACE_ANSWERED = "place.answered", Audience.SELF
    PLACE_ASKED = "place.asked", Audience.MEMBER
    PLACE_DENIED = "place.denied", Audience.LEADER
    PLACE_MOVED = "place.moved", Audience.SELF
    PRACTICE_SAVED = "practice.saved", Audience.LEADER
    SETTINGS_ANSWER = "settings.answer", Audience.SELF
