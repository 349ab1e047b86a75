"""Numbers on their way in."""

from handlers.feature import gather
from handlers.submissions import (
    bundles,
    headings,
    holding,
    objections,
    patients,
    refusals,
    submissions,
    typing_again,
    verdicts,
)

feature = gather(
    [
        bundles.feature,
        headings.feature,
        holding.feature,
        objections.feature,
        patients.feature,
        refusals.feature,
        submissions.feature,
        typing_again.feature,
        verdicts.feature,
    ]
)
