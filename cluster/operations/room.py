"""What is owed about the program itself, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind


class Kinds(MessageKind):
    """Messages about the program itself."""

    ANSWER_ERROR = "answer.error", Audience.SELF
    ANSWER_TROUBLE = "answer.trouble", Audience.SELF
    BOT_RESTORED = "bot.restored", Audience.LEADER
    BOT_RETRIED = "bot.retried", Audience.LEADER
    BOT_UNDELIVERED = "bot.undelivered", Audience.LEADER
    BOT_UNWORKED = "bot.unworked", Audience.LEADER


ONCE_ONLY = ("answer:", "restored:", "undelivered:", "unworked:")
KEPT = {
    "allowance": KeptTable(
        161,
        "pace towards Slack",
        {Way.TRACE: "name"},
        by_itself="overwritten",
        on_request="`forget-member` (Slack's ids)",
    ),
    "card": KeptTable(
        30,
        "where messages that are edited stand in Slack",
        {Way.TRACE: "lane channel_id", Way.CODE: "kind subject ts"},
        by_itself="no",
        on_request="`forget-member`, `forget-numbers`",
    ),
    "chore": KeptTable(
        160,
        "the machine's own: chores",
        {Way.CODE: "name"},
        by_itself="overwritten",
        on_request="`forget-member` (Slack's ids)",
    ),
    "compatibility": KeptTable(
        162,
        "versions",
        {Way.CODE: "revision works_with"},
        by_itself="overwritten",
        on_request="`forget-member` (Slack's ids)",
    ),
    "inbox": KeptTable(
        10,
        "what came in, and what was written in it",
        {Way.TRACE: "person body", Way.CODE: "source_id kind state error"},
        by_itself="the words as soon as they are worked on; the row after `KLYNGE_KEEP_DAYS` (90)",
        on_request="`forget-member`",
    ),
    "outbox": KeptTable(
        20,
        "messages that were sent (ids)",
        {
            Way.WHOSE: "member_id",
            Way.TRACE: "key lane channel_id sent_channel params",
            Way.CODE: "kind how thread_ts subject state token file_ids sent_ts error",
        },
        by_itself=(
            "after `KLYNGE_KEEP_DAYS`, when they guard nothing any more; where charts stand "
            "is kept, so that a wrong one can be called back"
        ),
        on_request="`forget-member`, `forget-numbers`",
    ),
}
