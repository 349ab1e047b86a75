"""A member's own calendar, which fetches by itself."""

from handlers.at_home import HomeBlock
from handlers.calendars import feeds
from handlers.calendars.views import window
from handlers.feature import Feature, gather

feature = gather([Feature(home=[HomeBlock(89, window.home, is_once=True)]), feeds.feature])
