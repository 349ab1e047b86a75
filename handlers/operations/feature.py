"""What the program itself has to tell."""

from handlers.at_home import HomeBlock
from handlers.feature import AboutPerson, Feature, gather
from handlers.operations import news
from handlers.operations.views import home
from locales import N_

PERSON = Feature(
    home=[HomeBlock(95, things=home.THINGS)],
    about_person=AboutPerson(
        headings={
            "inbox": (110, N_("What I received from you")),
            "outbox": (120, N_("Messages from me to you")),
            "outbox (others')": (130, N_("Messages to others that are about you")),
            "card": (140, N_("Where the messages that I edit are in Slack")),
        },
        messages={
            "answer": N_("an answer to you"),
            "bot": N_("about something that went wrong with me"),
        },
    ),
)
feature = gather([PERSON, news.feature])
