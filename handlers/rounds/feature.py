"""Asking for numbers."""

from handlers.feature import gather
from handlers.rounds import agreements, asks, extracts, news, rounds

feature = gather([agreements.feature, asks.feature, extracts.feature, news.feature, rounds.feature])
