"""Evaluations: everything that they listen to and can say, and all that is told about them."""

from cluster.evaluations.room import Kinds
from handlers.doors import Door, Shelf
from handlers.evaluations import appraisals, home, plain_words
from handlers.evaluations.ids import Action, View
from handlers.feature import AboutPerson, Command, Direct, Feature, Form, HelpLine, Notice, Step, Told, gather
from handlers.undoing import Undoing
from locales import N_

EVALUATIONS = Feature(
    commands=[
        Command(
            ("evaluering", "evaluation"),
            Direct(appraisals.show),
            told=Told(
                105,
                readme=N_("how a meeting was, anonymously or in confidence; told when it is over"),
                coordinator=N_("what came of evaluations; coordinator: ask how a meeting was"),
                member=N_("how meetings were, and the evaluation that waits for you"),
                hint=65,
            ),
            help=(HelpLine(85, N_("how meetings were, and the evaluation that waits for you")),),
            door=Door(Action.CLUSTER_APPRAISALS, Shelf.MEETINGS, N_("How meetings were")),
        )
    ],
    actions={
        Action.APPRAISAL_ANSWER: Direct(appraisals.open_answering),
        Action.CLUSTER_APPRAISE: Direct(appraisals.open_asking),
    },
    forms={
        View.APPRAISAL_ANONYMOUS: Form(appraisals.answer_anonymously, is_kept=False),
        View.APPRAISAL_CONFIDENTIAL: Form(appraisals.answer_in_confidence, appraisals.check_confidential),
        View.APPRAISAL_OPEN: Form(appraisals.ask, appraisals.check_asking),
    },
    notices={
        Kinds.APPRAISAL_ASK: Notice(appraisals.request, ahead=N_("Question how the meeting was")),
        Kinds.APPRAISAL_OPENED: Notice(appraisals.opened),
        Kinds.APPRAISAL_REMINDER: Notice(
            appraisals.reminder, ahead=N_("Reminder to those who have not said how the meeting was")
        ),
        Kinds.APPRAISAL_TOLD: Notice(appraisals.told, ahead=N_("What came of the evaluation, to everybody")),
    },
    steps={
        "appraisal.begin": Step(
            appraisals.begin_step,
            ahead=N_("“How was the meeting?”, if the cluster has agreed to evaluate"),
            can_be_stopped=True,
        ),
        "appraisal.close": Step(appraisals.close_step, ahead=N_("The evaluation closes and is counted")),
    },
    home=home.BLOCKS,
    log={"appraisal.opened": N_("{who} asked how {subject} was")},
    undoings={
        "appraisal.opened": Undoing(
            why_not=N_(
                "Those who were there have been asked how the meeting was, and some may have answered, so I can't put "
                "that back. What is not sent yet you can stop in the plan."
            )
        )
    },
    about_person=AboutPerson(
        headings={
            "appraisal (asked_by)": (156, N_("Evaluations you asked for")),
            "appraisal_answer": (67, N_("What you answered in confidence")),
            "appraisal_asked": (68, N_("Evaluations you were asked for")),
        },
        columns={
            "answers": N_("Your answers"),
            "given": N_("Answered already"),
            "appraisal_id": N_("Evaluation"),
        },
        messages={"appraisal": N_("about how a meeting was")},
    ),
    errors={
        "appraisal.answered": N_("You have answered that already. I can't take it back: I don't know which it is."),
        "appraisal.empty": N_("Answer at least one of the questions."),
        "appraisal.no_meeting": N_(
            "There is no meeting to evaluate: it must have begun in the last two weeks, and not be evaluated yet."
        ),
        "appraisal.no_such_answer": N_("Choose one of the answers in the list."),
        "appraisal.not_asked": N_("Only those who were at the meeting are asked how it was."),
        "appraisal.over": N_("That evaluation is over."),
        "appraisal.too_few": N_(
            "Fewer than five were there, as far as I know, so nothing could be told without giving somebody away. Ask "
            "them instead."
        ),
        "appraisal.unknown": N_("That evaluation is not there any more."),
    },
)
feature = gather([EVALUATIONS, plain_words.feature])
