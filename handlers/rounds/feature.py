"""Asking for numbers."""

from handlers.at_home import HomeBlock
from handlers.doors import Door, Shelf
from handlers.feature import AboutPerson, Command, Direct, Feature, Form, HelpLine, Kept, Step, Told, gather
from handlers.rounds import agreements, asking, asks, drafts, extracts, news, plain_words, rounds
from handlers.rounds.ids import Action, View
from handlers.rounds.plan_form import ERRORS
from handlers.rounds.views import home
from handlers.rounds.views.rounds import LEAVE_OUT
from handlers.topics.ids import Action as Topic
from locales import N_

COLLECTING = Feature(
    log={
        "round.cancelled": N_("{who} called off the collection of numbers about {subject}"),
        "round.closed": N_("{who} closed the collection of numbers about {subject}"),
        "round.forgotten": N_("The numbers about {subject} were deleted"),
        "round.opened": N_("{who} asked for numbers about {subject}"),
    },
    commands=[
        Command(
            ("data",),
            Direct(asking.open_form),
            told=Told(
                31,
                readme=N_("each practice gets the question, the guide to its own record system and a template"),
                coordinator=N_("ask the practices for their numbers"),
                hint=20,
            ),
            leads=True,
            help=(HelpLine(220, N_("ask the practices for numbers"), leads=True),),
            door=Door(Action.CLUSTER_NUMBERS, Shelf.NUMBERS, N_("Ask for numbers")),
        )
    ],
    actions={
        Topic.IDEA_ASK: Direct(asking.open_for_idea),
        Action.ROUND_ADAPT: Direct(asking.open_adaptation),
        Action.ROUND_REMIND: Kept(rounds.remind),
        Action.ROUND_CLOSE: Kept(rounds.close),
        Action.ROUND_CANCEL: Kept(rounds.cancel),
    },
    forms={View.ROUND_FORM: Form(asking.begin, asking.check_form)},
    suggestions={LEAVE_OUT: asking.suggest_practices},
    steps={
        "round.deadline": Step(
            rounds.deadline_step, ahead=N_("The deadline for numbers; charts are sent if enough have answered")
        ),
        "round.close": Step(rounds.close_step, ahead=N_("The round closes")),
    },
    errors=ERRORS,
)
PERSON = Feature(
    home=[HomeBlock(50, home.agreed, things=home.THINGS), HomeBlock(52, home.running, is_led=True)],
    about_person=AboutPerson(
        headings={
            "assignment": (40, N_("Numbers you were asked for on behalf of the practice")),
            "assignment (instead_of_id)": (45, N_("Numbers that a colleague was asked for while you were on leave")),
            "agreement (decided_by)": (150, N_("Agreements you wrote down")),
            "round (created_by)": (290, N_("Collections of numbers you began")),
        },
        messages={
            "agreement": N_("about what you agreed"),
            "extract": N_("an order for the numbers of all practices"),
        },
    ),
)
feature = gather(
    [
        PERSON,
        agreements.feature,
        asks.feature,
        drafts.feature,
        extracts.feature,
        news.feature,
        plain_words.feature,
        COLLECTING,
    ]
)
