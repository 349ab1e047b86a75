"""The year: everything that it listens to and can say."""

from handlers.feature import gather
from handlers.year import listing

feature = gather([listing.feature])
