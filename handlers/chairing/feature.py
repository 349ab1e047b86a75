"""Chairing: everything that it listens to and can say."""

from handlers.chairing import news, steering
from handlers.feature import AboutPerson, Feature, gather
from locales import N_

PERSON = Feature(
    about_person=AboutPerson(
        headings={
            "sitting (chair_id)": (203, N_("Meetings you chaired")),
            "parked (noted_by)": (204, N_("Objections to numbers that you wrote down")),
        },
        messages={"chair": N_("about how a meeting goes")},
    )
)
feature = gather([PERSON, news.feature, steering.feature])
