"""Charts: everything that they listen to and can say."""

from handlers.charts import deck, followups, funnel, looking, openness, openness_news, own_charts, recalls, releases
from handlers.feature import gather

feature = gather(
    [
        deck.feature,
        followups.feature,
        funnel.feature,
        looking.feature,
        openness.feature,
        openness_news.feature,
        own_charts.feature,
        recalls.feature,
        releases.feature,
    ]
)
