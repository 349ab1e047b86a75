"""What is owed about charts, and whom it is for; what is kept, and how long."""

from cluster.kept import KeptTable, Way
from cluster.message_kinds import Audience, MessageKind, Trait


class Kinds(MessageKind):
    """Messages about charts."""

    DATA_LOOK = "data.look", Audience.PRACTICE
    DECK_HANDOUT = "deck.handout", Audience.PRACTICE, Trait.COMPARES
    DECK_HANDOUTS = "deck.handouts", Audience.LEADER
    DECK_READY = "deck.ready", Audience.LEADER, Trait.COMPARES
    FEEDBACK_CHANGE = "feedback.change", Audience.PRACTICE, Trait.COMPARES
    FEEDBACK_CHANNEL = "feedback.channel", Audience.CHANNEL
    FEEDBACK_CHART = "feedback.chart", Audience.PRACTICE, Trait.COMPARES
    FEEDBACK_OVER_TIME = "feedback.over_time", Audience.PRACTICE, Trait.COMPARES
    FEEDBACK_RELEASED = "feedback.released", Audience.LEADER
    FEEDBACK_STAFF_PAGE = "feedback.staff_page", Audience.PRACTICE, Trait.COMPARES
    FEEDBACK_WITHOUT = "feedback.without", Audience.LISTED
    FUNNEL_READY = "funnel.ready", Audience.LEADER, Trait.COMPARES
    OPENNESS_ANSWER = "openness.answer", Audience.PRACTICE
    OPENNESS_CHANGED = "openness.changed", Audience.PRACTICE
    OPENNESS_CHOSEN = "openness.chosen", Audience.PRACTICE
    OPENNESS_FIRST = "openness.first", Audience.LEADER
    OPENNESS_HIDDEN = "openness.hidden", Audience.PRACTICE
    OPENNESS_OPEN = "openness.open", Audience.PRACTICE
    OPENNESS_SET = "openness.set", Audience.LEADER
    RECALL_ANSWERED = "recall.answered", Audience.SELF
    RECALL_ASK = "recall.ask", Audience.PRACTICE
    RECALL_INSTEAD = "recall.instead", Audience.ANYBODY
    RECALL_RECALLED = "recall.recalled", Audience.MEMBER
    RECALL_RECALLED_LED = "recall.recalled_led", Audience.LEADER
    RECALL_REDRAWN = "recall.redrawn", Audience.MEMBER
    RECALL_REDRAWN_LED = "recall.redrawn_led", Audience.LEADER
    ROUND_HELD = "round.held", Audience.LEADER
    TRIAL_CHARTS = "trial.charts", Audience.LEADER
    TRIAL_DECK = "trial.deck", Audience.LEADER
    TRIAL_REQUEST = "trial.request", Audience.LEADER


KEPT = {
    "erratum": KeptTable(
        91,
        "of whom the wrong number was, and the yes or no to leave it out",
        {Way.WHOSE: "member_id", Way.CODE: "answer"},
        by_itself="no: it stays known that what was shown was wrong",
        on_request="the person's name, by `forget-member`",
    ),
    "naming": KeptTable(
        72,
        "names on charts",
        {Way.CODE: "measure_id"},
        by_itself="as the numbers",
        on_request="`forget-numbers`; the words of a person also `forget-member`",
    ),
    "pseudonym": KeptTable(
        71,
        "letters on charts",
        {Way.CODE: "measure_id letter"},
        by_itself="as the numbers",
        on_request="`forget-numbers`; the words of a person also `forget-member`",
    ),
    "recall": KeptTable(
        90,
        "a comparison that was called back: which, when, by whom",
        {Way.HAND: "by_id", Way.CODE: "measure_id"},
        by_itself="no: it stays known that what was shown was wrong",
        on_request="the person's name, by `forget-member`",
    ),
    "release": KeptTable(
        102,
        "which answers were behind which charts (by id)",
        {Way.HAND: "created_by", Way.CODE: "submission_ids twice groups"},
        by_itself="no",
        on_request="no: later charts are held to it",
    ),
    "second_look": KeptTable(
        80,
        "who is asked to look once more while charts wait (a hold)",
        {Way.CODE: "measure_id"},
        by_itself="when the charts are sent, or the round ends",
        on_request="`forget-numbers`",
    ),
}
