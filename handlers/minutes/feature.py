"""Minutes: everything that the room listens to and can say, and all that is told about it."""

from handlers.feature import AboutPerson, Feature, gather
from handlers.minutes import minutes, plain_words, taking
from locales import N_

feature = gather(
    [
        taking.feature,
        minutes.feature,
        plain_words.feature,
        Feature(
            about_person=AboutPerson(
                headings={
                    "minutes (taker_id)": (146, N_("Minutes that you were asked to take")),
                    "minutes (asked_by)": (147, N_("Minutes that you asked somebody to take")),
                    "minutes (written_by)": (148, N_("Minutes that you wrote in last")),
                    "minutes_version (sent_by)": (149, N_("Minutes that you sent")),
                },
                messages={"minutes": N_("about minutes")},
            )
        ),
    ]
)
