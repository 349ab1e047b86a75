"""What can be put back about numbers, what it is called, and why some can't be."""

from __future__ import annotations

from cluster.members import practices
from cluster.packages.lookup import package_of
from cluster.submissions import submissions
from cluster.submissions import undoing as back
from cluster.undoing import OwnChange, Values
from handlers.blocks import escape
from handlers.feature import Feature
from handlers.rounds.views import asks
from handlers.undoing import Undoing
from locales import N_, Texts
from storage.unit_of_work import Reading

STANDS = {
    "given": N_("saved"),
    "earlier": N_("the earlier numbers"),
    "missing": N_("not given"),
    "waiting": N_("waiting for your yes"),
    "dropped": N_("discarded"),
    "withdrawn": N_("withdrawn"),
}


async def _numbers(state: Reading, change: OwnChange, t: Texts) -> str:
    submission, _, round_ = await submissions.get(state, change.number)
    practice = await practices.find(state, submission.practice_id)
    title, name = asks.title(package_of(round_), t), escape(practice.name if practice else "")
    return t("the numbers on {title} from {practice}", title=title, practice=name)


def _said(values: Values, t: Texts) -> str:
    word = STANDS[values["stands"]]
    return t(word)


_NUMBERS = Undoing(_numbers, _said, back.numbers_now, back.put_numbers_back)
feature = Feature(
    undoings={
        submissions.GIVEN: _NUMBERS,
        submissions.DISCARDED: _NUMBERS,
        submissions.WITHDRAWN: _NUMBERS,
        "bundle.saved": Undoing(
            why_not=N_(
                "The numbers of the file are saved with every practice, and those who answer for it have been told. "
                "Each practice can correct its own."
            )
        ),
    },
    errors={
        "data.charts_are_sent": N_("The charts have been sent. Correct the numbers instead: then I say what follows."),
    },
)
