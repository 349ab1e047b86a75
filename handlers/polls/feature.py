"""Date polls: everything that they listen to and can say."""

from handlers.feature import AboutPerson, Feature, gather
from handlers.polls import answering, deciding, notices, plain_words, polls
from locales import N_

PERSON = Feature(
    about_person=AboutPerson(
        headings={
            "poll_answer": (25, N_("Dates you were asked about, and when you can")),
            "poll (created_by)": (205, N_("Date polls you put to the cluster")),
        },
        columns={
            "poll_date_id": N_("Date"),
            "suits": N_("Suits you"),
        },
        messages={"poll": N_("about finding a date")},
    ),
)
feature = gather([PERSON, answering.feature, deciding.feature, notices.feature, plain_words.feature, polls.feature])
