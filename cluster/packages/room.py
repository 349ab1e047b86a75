"""What is owed about packages, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind


class Kinds(MessageKind):
    """Messages about packages."""

    PACKAGE_FILE = "package.file", Audience.LEADER
    PACKAGE_PAGES = "package.pages", Audience.LEADER
    PACKAGE_REFUSED = "package.refused", Audience.LEADER
    PACKAGE_RETIRED = "package.retired", Audience.LEADER
    PACKAGE_SAVED = "package.saved", Audience.LEADER


KEPT = {
    "own_package": KeptTable(
        155,
        "its packages",
        {Way.HAND: "created_by", Way.CLUSTER: "text", Way.CODE: "package_id version"},
        by_itself="no",
        on_request="no",
    ),
}
