"""What can be owed about packages, and whom it is for."""

from cluster.kinds import Audience, Kind


class Kinds(Kind):
    """Messages about packages."""

    PACKAGE_FILE = "package.file", Audience.LEADER
    PACKAGE_REFUSED = "package.refused", Audience.LEADER
    PACKAGE_RETIRED = "package.retired", Audience.LEADER
    PACKAGE_SAVED = "package.saved", Audience.LEADER
