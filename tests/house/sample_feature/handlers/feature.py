"""Evaluations: everything that they listen to and can say, and all that is told about them."""

from handlers.at_home import HomeBlock
from handlers.doors import Door, Shelf
from handlers.feature import (
    AboutPerson,
    Command,
    Direct,
    Feature,
    Form,
    HelpLine,
    Intent,
    Kept,
    Notice,
    Step,
    Told,
    sentences,
)
from locales import N_
from tests.house.sample_feature.cluster.room import Kinds
from tests.house.sample_feature.handlers import evaluations
from tests.house.sample_feature.handlers.ids import Action, View
from tests.house.sample_feature.handlers.views import evaluations as views

feature = Feature(
    commands=[
        Command(
            ("evaluer", "evaluate"),
            Kept(evaluations.ask),
            leads=True,
            help=(HelpLine(285, N_("ask how the meeting was, without names"), leads=True),),
            told=Told(
                105,
                readme=N_("everybody says how the meeting was, without a name"),
                coordinator=N_("ask all how the meeting was; a week later you get the count, when five have answered"),
            ),
            door=Door(Action.CLUSTER_EVALUATE, Shelf.MEETINGS, N_("Ask how it was")),
        )
    ],
    actions={Action.EVALUATION_OPEN: Direct(evaluations.open_form)},
    forms={View.EVALUATION_FORM: Form(evaluations.keep)},
    notices={
        Kinds.EVALUATION_ASK: Notice(evaluations.request, ahead=N_("Question how the meeting was")),
        Kinds.EVALUATION_RESULT: Notice(evaluations.result),
    },
    steps={"evaluation.close": Step(evaluations.close, ahead=N_("The evaluation is counted"))},
    home=[HomeBlock(75, views.open_evaluation, look=evaluations.open_for)],
    intents={
        "evaluation": Intent(
            sentences(__file__, "evaluation"), Direct(evaluations.how_it_is_asked), N_("Say how the meeting was")
        )
    },
    log={"evaluation.asked": N_("{who} asked how the meeting was")},
    about_person=AboutPerson(
        headings={
            "evaluation_asked": (85, N_("Evaluations you were asked for")),
            "evaluation (asked_by)": (145, N_("Evaluations you asked for")),
        },
        columns={"answered": N_("Answered already"), "evaluation_id": N_("Evaluation")},
        messages={"evaluation": N_("about how a meeting was")},
    ),
    errors={
        "evaluation.answered": N_("You have answered that already. I can't take it back: I don't know which it is."),
        "evaluation.over": N_("That evaluation is over."),
    },
)
