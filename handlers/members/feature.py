"""Members and practices."""

from handlers.feature import gather
from handlers.members import consent, members, own_data, places, settings

feature = gather([consent.feature, members.feature, own_data.feature, places.feature, settings.feature])
