"""The page, the plan, the log, the help."""

from handlers.feature import gather
from handlers.overview import help, home, logbook, plan, status

feature = gather([help.feature, home.feature, logbook.feature, plan.feature, status.feature])
