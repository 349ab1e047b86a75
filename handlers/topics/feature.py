"""Choosing what to take up."""

from cluster.topics.room import Kinds
from handlers.at_home import HomeBlock
from handlers.feature import AboutPerson, Direct, Feature, Form, Kept, Notice, Step, gather
from handlers.topics import deciding, ideas, plain_words, votes
from handlers.topics.ids import Action, View
from handlers.undoing import Undoing
from locales import N_

PERSON = Feature(
    about_person=AboutPerson(
        headings={
            "idea (suggested_by)": (160, N_("Topics you suggested")),
            "decision (recorded_by)": (161, N_("Decisions about topics you wrote down")),
            "elector": (69, N_("Votes about topics that are open")),
            "topic_rule (decided_by)": (162, N_("Who decides about topics, as you wrote it down")),
            "vote (opened_by)": (163, N_("Votes about topics you opened")),
            "wish": (165, N_("Suggested topics that you want")),
        },
        columns={"idea_id": N_("Suggestion"), "has_voted": N_("Voted already"), "vote_id": N_("Vote")},
        messages={
            "decision": N_("about a decision on a topic"),
            "idea": N_("about a suggested topic"),
            "topic": N_("about who decides on topics"),
            "vote": N_("about a vote on topics"),
        },
    )
)
CHOOSING = Feature(
    actions={
        Action.CLUSTER_TOPIC_RULE: Direct(deciding.open_rule),
        Action.CLUSTER_VOTE: Direct(votes.open_asking),
        Action.VOTE_AGAIN: Direct(votes.open_again),
        Action.VOTE_BALLOT: Direct(votes.open_ballot),
        Action.VOTE_DECIDE: Direct(deciding.open_form),
        Action.VOTE_RESULT: Direct(votes.show_result),
        Action.VOTE_STOP: Kept(votes.stop),
    },
    forms={
        View.TOPIC_RULE: Form(deciding.keep_rule),
        View.VOTE_BALLOT: Form(votes.cast, is_kept=False),
        View.VOTE_DECIDE: Form(deciding.keep, deciding.check),
        View.VOTE_OPEN: Form(votes.begin, votes.check_asking),
    },
    notices={
        Kinds.DECISION_TOLD: Notice(deciding.told),
        Kinds.TOPIC_RULE: Notice(deciding.rule_told),
        Kinds.VOTE_ASK: Notice(votes.request, ahead=N_("Vote about topics")),
        Kinds.VOTE_OPENED: Notice(votes.opened),
        Kinds.VOTE_REMINDER: Notice(votes.reminder, ahead=N_("Reminder to those who have not voted about topics")),
        Kinds.VOTE_RESULT: Notice(votes.told, ahead=N_("What came of the vote about topics, to everybody")),
        Kinds.VOTE_STOPPED: Notice(votes.stopped),
    },
    steps={"vote.close": Step(votes.close_step, ahead=N_("The vote about topics closes and is counted"))},
    home=[HomeBlock(37, votes.at_home, look=votes.waiting, is_owed=True)],
    log={
        "vote.opened": N_("{who} asked the members which topics they want"),
        "vote.stopped": N_("{who} called a vote about topics off"),
        "topic.rule": N_("{who} wrote down who decides about topics"),
        "decision.recorded": N_("A topic was decided on"),
    },
    undoings={
        "vote.opened": Undoing(
            why_not=N_("The members have been asked. You can call the vote off: then what was counted is deleted.")
        ),
        "vote.stopped": Undoing(why_not=N_("What was counted is deleted, and all are told. You can ask once more.")),
        "topic.rule": Undoing(
            why_not=N_("All have been told who decides. Write it down anew, and they are told of that.")
        ),
        "decision.recorded": Undoing(
            why_not=N_("All have been told of the decision. Write down another, and they are told of that.")
        ),
    },
)
feature = gather([PERSON, CHOOSING, ideas.feature, plain_words.feature])
