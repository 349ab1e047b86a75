"""The year: everything that it listens to and can say."""

from handlers.feature import AboutPerson, Feature, gather
from handlers.year import listing, planning
from locales import N_

PERSON = Feature(
    about_person=AboutPerson(
        headings={
            "noted_day (noted_by)": (206, N_("Days on which others meet, that you noted")),
            "year_plan (decided_by)": (207, N_("Plans of a year you made")),
        },
        messages={"year": N_("about the year's meetings")},
    ),
)
feature = gather([PERSON, listing.feature, planning.feature])
