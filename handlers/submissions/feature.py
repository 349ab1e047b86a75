"""Numbers on their way in."""

from handlers.at_home import HomeBlock
from handlers.feature import AboutPerson, Feature, gather
from handlers.submissions import (
    bundles,
    headings,
    holding,
    objections,
    patients,
    plain_words,
    refusals,
    submissions,
    typing_again,
    undoing,
    verdicts,
)
from handlers.submissions.views import home
from locales import N_

ALL_PRACTICES = Feature(
    log={
        "bundle.saved": N_("{who} saved a file with the numbers of all practices about {subject}"),
    },
    errors={
        "bundle.dropped": N_("That file is no longer waiting. Send it again if you want it used."),
        "bundle.name_gone": N_("That name has already been taken out."),
        "bundle.nothing": N_("The file does not have numbers for more than one of the practices that were asked."),
        "bundle.saved_already": N_("The numbers from that file have already been saved."),
    },
)
PERSON = Feature(
    home=[HomeBlock(30, home.to_give, is_owed=True, things=home.THINGS)],
    about_person=AboutPerson(
        headings={
            "submission": (50, N_("Numbers you sent for the practice")),
            "objection": (60, N_("Numbers you said were wrong")),
            "collected (member_id)": (170, N_("Files for all practices that you sent")),
            "heading (confirmed_by)": (180, N_("Column headings whose meaning you told me")),
            "practice_alias (confirmed_by)": (250, N_("Names of practices whose meaning you told me")),
        },
        messages={
            "bundle": N_("about a file with the numbers of all practices"),
            "heading": N_("about column headings in files"),
            "objection": N_("about numbers that somebody reported as wrong"),
        },
    ),
)
feature = gather(
    [
        PERSON,
        ALL_PRACTICES,
        bundles.feature,
        headings.feature,
        holding.feature,
        objections.feature,
        patients.feature,
        plain_words.feature,
        refusals.feature,
        submissions.feature,
        typing_again.feature,
        undoing.feature,
        verdicts.feature,
    ]
)
