"""What can be measured."""

from handlers.feature import AboutPerson, Feature, gather
from handlers.packages import material, own_packages, plain_words
from locales import N_

PERSON = Feature(
    about_person=AboutPerson(
        headings={
            "own_package (created_by)": (230, N_("The cluster's own packages that you sent")),
        },
        messages={
            "package": N_("about a package"),
        },
    )
)
feature = gather([PERSON, own_packages.feature, material.feature, plain_words.feature])
