"""Charts: everything that they listen to and can say."""

from handlers.at_home import HomeBlock
from handlers.charts import (
    deck,
    followups,
    funnel,
    looking,
    openness,
    openness_news,
    over_time,
    own_charts,
    plain_words,
    recalls,
    releases,
    staff_page,
    trial,
)
from handlers.charts.views import home
from handlers.feature import AboutPerson, Feature, gather
from locales import N_

PERSON = Feature(
    home=[
        HomeBlock(home.CHARTS, home.own_charts, whole=home.all_charts, things=home.THINGS),
        HomeBlock(80, home.own_openness),
    ],
    about_person=AboutPerson(
        headings={
            "erratum": (80, N_("Your answers when I asked whether a wrong number may be left out")),
            "recall (by_id)": (260, N_("Comparisons you recalled")),
            "release (created_by)": (270, N_("Charts you sent")),
        },
        messages={
            "data": N_("about numbers"),
            "deck": N_("a presentation or a page to print"),
            "feedback": N_("charts"),
            "funnel": N_("a chart for you alone"),
            "openness": N_("about openness with numbers"),
            "recall": N_("about a wrong comparison"),
            "round": N_("about a collection of numbers"),
            "trial": N_("a trial with made-up numbers"),
        },
    ),
)
feature = gather(
    [
        PERSON,
        deck.feature,
        followups.feature,
        funnel.feature,
        looking.feature,
        openness.feature,
        openness_news.feature,
        over_time.feature,
        own_charts.feature,
        plain_words.feature,
        recalls.feature,
        releases.feature,
        staff_page.feature,
        trial.feature,
    ]
)
