"""What is asked about evaluations in plain words."""

from __future__ import annotations

from handlers.evaluations.appraisals import show
from handlers.feature import Direct, Feature, Intent, sentences
from locales import N_

feature = Feature(
    intents={"evaluations": Intent(sentences(__file__, "evaluations"), Direct(show), N_("How meetings were"))}
)
