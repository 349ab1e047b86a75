"""Choosing what to take up."""

from handlers.feature import AboutPerson, Feature, gather
from handlers.topics import ideas, plain_words
from locales import N_

PERSON = Feature(
    about_person=AboutPerson(
        headings={
            "idea (suggested_by)": (160, N_("Topics you suggested")),
            "wish": (165, N_("Suggested topics that you want")),
        },
        columns={"idea_id": N_("Suggestion")},
        messages={"idea": N_("about a suggested topic")},
    )
)
feature = gather([PERSON, ideas.feature, plain_words.feature])
