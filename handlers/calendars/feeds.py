"""A member gets an address for the own calendar, another one, or none any more."""

from __future__ import annotations

from cluster.calendars import feeds
from cluster.calendars.room import Kinds
from cluster.clock import local
from cluster.members import members
from handlers import blocks as b
from handlers.calendars.ids import Action, View
from handlers.calendars.views import window
from handlers.feature import AboutPerson, Direct, Feature, Form, Intent, Kept, Notice, Rendering, sentences
from handlers.ids import number
from handlers.message import Message
from handlers.myself import answer, myself
from handlers.turn import Turn
from locales import N_

PATH = "/kalender"
"""Where calendars ask, followed by the address' own word."""


async def show(turn: Turn) -> None:
    """A new address, which works once the form is sent. Nothing is kept of it until then, and then its fingerprint."""
    async with turn.look() as state:
        member = await myself(state, turn, number(turn.value))
        feed = await feeds.current(state, member.id)
    if not turn.tools.public_url:
        await turn.open(window.not_here(turn.t))
        return
    token = feeds.draw()
    address = f"{turn.tools.public_url}{PATH}/{token}.ics"
    since = local(feed.made_at).date() if feed else None
    await turn.open(window.address_form(member.id, address, feeds.fingerprint(token), since, turn.t))


async def begin(turn: Turn) -> None:
    """The address that was shown works from now on."""
    async with turn.unit() as uow:
        member = await myself(uow, turn, number(turn.metadata.get("member")))
        await feeds.begin(uow, member, str(turn.metadata.get("key")), now=turn.now)
        await answer(uow, turn, member, "calendar.answer")
        await uow.commit()


async def end(turn: Turn) -> None:
    """It works no more."""
    async with turn.unit() as uow:
        member = await myself(uow, turn, number(turn.value))
        await feeds.end(uow, member, now=turn.now)
        await answer(uow, turn, member, "calendar.answer")
        await uow.commit()


async def ask(turn: Turn) -> Message:
    """What was asked in plain words: the button."""
    member, t = turn.require_member(), turn.t
    if not turn.tools.public_url:
        return Message(window.not_here_text(t))
    said = t("Your own calendar can fetch your meetings and deadlines by itself.")
    return Message(said, [b.section(said), b.actions(window.door(member.id, t))])


async def render(r: Rendering) -> Message:
    """Whether a calendar may fetch, as it is now."""
    member = await members.get(r.state, r.number)
    if await feeds.current(r.state, member.id):
        return Message(
            r.t(
                "The address works now, and no older one does. Meetings that you have already put into your calendar "
                "from a file stand there twice until you delete them. To turn it off: *Meetings in my own calendar* on "
                "my Home page."
            )
        )
    return Message(r.t("Your calendar can no longer fetch from me. Delete the subscription in your calendar, too."))


feature = Feature(
    actions={Action.MEMBER_CALENDAR: Direct(show), Action.MEMBER_CALENDAR_OFF: Kept(end)},
    forms={View.MEMBER_CALENDAR: Form(begin)},
    notices={Kinds.CALENDAR_ANSWER: Notice(render)},
    intents={
        "own_calendar": Intent(sentences(__file__, "own_calendar"), Direct(ask), N_("Meetings in my own calendar"))
    },
    withheld={
        feeds.OPENED: N_("{who} got an address for their own calendar"),
        feeds.CLOSED: N_("{who} turned off the address for their own calendar"),
    },
    about_person=AboutPerson(
        headings={"calendar_feed": (15, N_("That your own calendar fetches from me"))},
        columns={
            "key": N_("Fingerprint of the address"),
            "made_at": N_("Since"),
        },
        messages={"calendar": N_("about your own calendar")},
    ),
)
