"""A cluster begins."""

from handlers.at_home import HomeBlock
from handlers.feature import AboutPerson, Feature, gather
from handlers.onboarding import (
    by_file,
    cluster_work,
    filling_in,
    newcomers,
    one_person,
    outsiders,
    pasting,
    picking,
    plain_words,
    roster,
    setup,
    welcome,
)
from handlers.onboarding.views import home
from locales import N_

PERSON = Feature(
    home=[
        HomeBlock(2, home.first_steps, is_guiding=True),
        HomeBlock(10, home.to_confirm, is_owed=True, things=home.THINGS),
    ],
    about_person=AboutPerson(
        headings={
            "roster_import": (90, N_("Rows about you in a list of members that is waiting for a yes")),
            "roster_import (member_id)": (280, N_("Lists of members that you sent")),
        },
        messages={
            "outsider": N_("about an account from another organisation"),
            "roster": N_("about the list of members"),
            "setup": N_("about the cluster"),
            "welcome": N_("the welcome"),
        },
    ),
)
feature = gather(
    [
        PERSON,
        by_file.feature,
        cluster_work.feature,
        filling_in.feature,
        newcomers.feature,
        one_person.feature,
        outsiders.feature,
        pasting.feature,
        picking.feature,
        plain_words.feature,
        roster.feature,
        setup.feature,
        welcome.feature,
    ]
)
