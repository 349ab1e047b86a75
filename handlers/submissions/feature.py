"""Numbers on their way in."""

from handlers.feature import Feature, gather
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
from locales import N_

ALL_PRACTICES = Feature(
    log={
        "bundle.saved": N_("{who} saved a file with the numbers of all practices about {subject}"),
    },
    errors={
        "bundle.dropped": N_("That file is no longer waiting. Send it again if it is to be used."),
        "bundle.name_gone": N_("That name has been taken out already."),
        "bundle.nothing": N_("The file does not have numbers for several of the practices that were asked."),
        "bundle.saved_already": N_("The numbers from that file are saved already."),
    },
)
feature = gather(
    [
        ALL_PRACTICES,
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
