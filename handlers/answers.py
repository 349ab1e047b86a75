"""What the program itself has to tell: refusals of kept work, our own troubles, messages that did not arrive."""

from __future__ import annotations

from datetime import datetime

from handlers.errors import sentence, trouble
from handlers.message import Message
from handlers.routes import Rendering, Routes
from handlers.views.blocks import escape


async def refusal(r: Rendering) -> Message:
    """A rule said no to something that was kept first."""
    owed = r.owed
    params = {name: escape(value) if isinstance(value, str) else value for name, value in owed.params["params"].items()}
    return Message(sentence(owed.params["code"], params, r.t, r.errors))


async def failure(r: Rendering) -> Message:
    """Something broke while we worked on what a person did."""
    return Message(trouble(r.owed.params["reference"], r.t))


async def undelivered(r: Rendering) -> Message:
    """To the coordinator: a message that could not be delivered, or came too late to be of use."""
    t, params = r.t, r.owed.params
    said = {"moment": t.moment(datetime.fromisoformat(params["due"])), "number": params["row"]}
    if params["why"] == "missed":
        return Message(
            t("A message that was due {moment} was not sent in time and has been left out (no. {number}).", **said)
        )
    return Message(
        t(
            "A message that was due {moment} could not be delivered (no. {number}). Slack says: {reason}",
            **said,
            reason=params["reason"],
        )
    )


async def unworked(r: Rendering) -> Message:
    """To the coordinator: something a member did could not be worked on."""
    return Message(
        r.t(
            "Something a member did could not be worked on. The member has been told (reference {reference}).",
            reference=r.owed.params["reference"],
        )
    )


routes = Routes(
    notices={
        "answer.error": refusal,
        "answer.trouble": failure,
        "bot.undelivered": undelivered,
        "bot.unworked": unworked,
    }
)
