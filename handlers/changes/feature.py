"""What practices change: everything that it listens to and can say, and all that is told about it."""

from cluster.changes import commitments as rules
from cluster.changes.room import Kinds
from cluster.undoing import OwnChange, Values
from handlers.changes import commitments, home, plain_words
from handlers.changes.ids import Action, View
from handlers.changes.views import words as w
from handlers.doors import Door, Shelf
from handlers.feature import (
    AboutPerson,
    Command,
    Direct,
    Feature,
    Form,
    HelpLine,
    Kept,
    Notice,
    Step,
    Told,
    gather,
)
from handlers.undoing import Undoing
from locales import N_, Texts
from storage.unit_of_work import Reading


async def _named(state: Reading, change: OwnChange, t: Texts) -> str:
    held = await rules.held(state, await rules.get(state, change.number))
    return t("what your practice changes after {topic}", topic=w.topic(held, t))


def _said(values: Values, t: Texts) -> str:
    return t("no answer") if values["state"] == "asked" else t("answered")


CHANGES = Feature(
    commands=[
        Command(
            ("ændringer", "changes"),
            Direct(commitments.show),
            told=Told(
                92,
                readme=N_("each practice says with two taps what it changes, and is asked twice how it goes"),
                coordinator=N_("what your practice changes, what others share; coordinator: ask the practices now"),
                member=N_("what your practice said that it would change, and how it goes"),
                hint=55,
            ),
            help=(HelpLine(65, N_("what your practice changes, and how it goes")),),
            door=Door(Action.CLUSTER_CHANGES, Shelf.NUMBERS, N_("What we change")),
        )
    ],
    actions={
        Action.CLUSTER_ASK_CHANGES: Direct(commitments.open_asking),
        Action.COMMITMENT_PICK: Kept(commitments.pick),
        Action.COMMITMENT_WHO: Kept(commitments.fill_in),
        Action.COMMITMENT_WEEKS: Kept(commitments.fill_in),
        Action.COMMITMENT_BARRIER: Kept(commitments.fill_in),
        Action.COMMITMENT_WORDS: Direct(commitments.open_words),
        Action.COMMITMENT_SHARE: Kept(commitments.share),
        Action.COMMITMENT_UNSHARE: Kept(commitments.share),
        Action.COMMITMENT_GOING: Kept(commitments.look_back),
        Action.COMMITMENT_NOT_YET: Kept(commitments.look_back),
        Action.COMMITMENT_DROPPED: Kept(commitments.look_back),
    },
    forms={
        View.COMMITMENT_ASK: Form(commitments.ask_now),
        View.COMMITMENT_WORDS: Form(commitments.keep_words, commitments.check_words),
    },
    notices={
        Kinds.COMMITMENT_ASK: Notice(commitments.question),
        Kinds.COMMITMENT_ASKED: Notice(commitments.asked),
        Kinds.COMMITMENT_COUNTED: Notice(commitments.counted),
        Kinds.COMMITMENT_LOOK: Notice(commitments.look, ahead=N_("“How is it going?” about what a practice changes")),
        Kinds.COMMITMENT_NOTED: Notice(commitments.noted),
    },
    steps={
        "commitment.open": Step(
            commitments.ask_step,
            ahead=N_("“What do you change?” to those at the meeting, if charts are sent by then"),
            can_be_stopped=True,
        )
    },
    home=home.BLOCKS,
    log={"commitment.asked": N_("{who} asked the practices what they change: {subject}")},
    withheld={rules.CHANGED: N_("{who} said what the practice changes")},
    undoings={
        rules.CHANGED: Undoing(
            _named, _said, rules.how_it_is, rules.put_back, called=frozenset({"ændring", "ændringen", "change"})
        )
    },
    about_person=AboutPerson(
        headings={
            "commitment": (65, N_("What you said that your practice would change")),
            "commitment (asked_by)": (155, N_("Practices you asked what they change")),
            "commitment (who_id)": (66, N_("Changes in the practice that you begin")),
        },
        columns={
            "asked_at": N_("Asked"),
            "asked_by": N_("Asked by"),
            "barrier": N_("What may stand in the way"),
            "decided_at": N_("Said"),
            "in_weeks": N_("In how many weeks"),
            "is_shared": N_("Shared with the cluster"),
            "looked_at": N_("Looked back on"),
            "pick": N_("Chosen"),
            "who": N_("Who begins"),
            "who_id": N_("Who begins, by name"),
            "words": N_("Your own line"),
        },
        messages={"commitment": N_("about what your practice changes")},
    ),
    errors={
        "commitment.empty": N_("Write in a line what you change."),
        "commitment.no_meeting": N_("No meeting has begun in the last two weeks. Ask when the next one is on."),
        "commitment.no_such_pick": N_("That can't be chosen any more. Choose another in the list."),
        "commitment.not_yours": N_("That belongs to another practice."),
        "commitment.nothing_chosen": N_("Choose first what you change."),
        "commitment.unknown": N_("What your practice changes is not there any more."),
    },
)
feature = gather([CHANGES, plain_words.feature])
