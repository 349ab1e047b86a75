"""The page, the plan, the log, the help."""

from handlers.feature import AboutPerson, Feature, gather
from handlers.overview import handing_over, help, home, logbook, plain_words, plan, status, taken_back, taking_back
from locales import N_

PERSON = Feature(
    about_person=AboutPerson(
        headings={
            "audit": (100, N_("Log entries that you caused or that are about you")),
            "undoable": (105, N_("What you changed in the last minutes")),
        },
        columns={
            "became": N_("As it became"),
            "was": N_("As it was"),
        },
        messages={
            "handover": N_("how the cluster stood when you became coordinator"),
            "help": N_("an answer to you"),
            "home": N_("your page with me"),
            "log": N_("the cluster's log"),
            "undo": N_("about what you put back"),
        },
    )
)
feature = gather(
    [
        PERSON,
        handing_over.feature,
        help.feature,
        home.feature,
        logbook.feature,
        plain_words.feature,
        plan.feature,
        status.feature,
        taken_back.feature,
        taking_back.feature,
    ]
)
