"""A number far outside what is usual counts only when it is typed once more, the same: in a window or in a message."""

from __future__ import annotations

import json

from cluster.packages.lookup import package_of
from cluster.submissions import doubts, submissions
from handlers.feature import Direct, Feature, Form
from handlers.ids import number
from handlers.submissions.ids import Action, View
from handlers.submissions.submissions import pressed, typed_numbers
from handlers.submissions.views.submissions import again_form
from handlers.turn import Turn
from locales import N_

FIELD = "again."


async def open_again(turn: Turn) -> None:
    """A window with an empty field for each number to be typed again."""
    async with turn.look() as state:
        submission, part = await pressed(state, turn)
        await submissions.require_open(state, part)
        wanted = submissions.to_type_again(submission)
        doubts.require_waiting(submission)
        package = package_of(part.round)
    await turn.open(again_form(turn.t, package, wanted, json.dumps({"submission": submission.id})))


async def check_again(turn: Turn) -> dict[str, str] | None:
    """Under each field whether it holds the same number as before."""
    typed = typed_numbers(turn, FIELD)
    async with turn.look() as state:
        submission, part = await pressed(state, turn, number(str(turn.metadata.get("submission"))))
        await submissions.require_open(state, part)
        wanted = submissions.to_type_again(submission)
    said = turn.t(
        "This is not the number that you gave before. If this one is right, close the window and press “Correct "
        "numbers”."
    )
    return {f"{FIELD}{name}": said for name, value in typed.items() if wanted.get(name, value) != value} or None


async def keep_again(turn: Turn) -> None:
    """The same number once more: the doubt is settled."""
    async with turn.unit() as uow:
        submission, part = await pressed(uow, turn, number(str(turn.metadata.get("submission"))))
        await doubts.type_again(uow, submission, part, typed_numbers(turn, FIELD), now=turn.now)
        await uow.commit()


feature = Feature(
    actions={Action.SUBMISSION_AGAIN: Direct(open_again)},
    forms={View.SUBMISSION_AGAIN: Form(keep_again, check_again)},
    errors={
        "data.type_again": N_(
            "One number is far outside what is usual, so a yes is not enough. Type that number again: press "
            "“Type the number again”, or write it here."
        ),
        "data.not_the_same": N_("That is not the number that you gave before, so nothing is saved yet."),
    },
)
