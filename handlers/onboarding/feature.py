"""A cluster begins."""

from handlers.feature import gather
from handlers.onboarding import newcomers, one_person, outsiders, roster, setup, welcome

feature = gather(
    [newcomers.feature, one_person.feature, outsiders.feature, roster.feature, setup.feature, welcome.feature]
)
