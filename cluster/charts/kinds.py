"""What can be owed about charts, and whom it is for."""

from cluster.kinds import Audience, Kind


class Kinds(Kind):
    """Messages about charts."""

    DATA_LOOK = "data.look", Audience.PRACTICE
    DECK_HANDOUT = "deck.handout", Audience.PRACTICE
    DECK_HANDOUTS = "deck.handouts", Audience.LEADER
    DECK_READY = "deck.ready", Audience.LEADER
    FEEDBACK_CHANGE = "feedback.change", Audience.PRACTICE
    FEEDBACK_CHANNEL = "feedback.channel", Audience.CHANNEL
    FEEDBACK_CHART = "feedback.chart", Audience.PRACTICE
    FEEDBACK_RELEASED = "feedback.released", Audience.LEADER
    FEEDBACK_WITHOUT = "feedback.without", Audience.LISTED
    FUNNEL_READY = "funnel.ready", Audience.LEADER
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
