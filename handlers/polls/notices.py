"""What is said about date polls: the question, the reminder, changes, the end, and the coordinator's card."""

from __future__ import annotations

from datetime import datetime

from cluster.members import members
from cluster.notices import Owed
from cluster.polls import answers, polls, reminders
from cluster.polls.best import best
from cluster.polls.room import Kinds
from handlers.blocks import section
from handlers.feature import Feature, Notice, Rendering, Step
from handlers.message import Message
from handlers.polls import lookups
from handlers.polls.views import cards, desk
from handlers.polls.views.words import best_of, titled
from handlers.turn import Tools
from locales import N_
from storage.unit_of_work import UnitOfWork
from storage.words import How, PollState


async def render_card(r: Rendering) -> Message | None:
    """The question, at first and at every change; how it ended when it has."""
    part = await lookups.part_of(r)
    if r.owed.how == How.POST and not part.is_open:
        return None
    meeting = await lookups.meeting_of(r.state, part.poll)
    return Message(cards.text_of(part, r.t, meeting), cards.card(part, r.t, meeting), card=r.owed.kind)


async def render_changed(r: Rendering) -> Message | None:
    """Other dates, or another end: the whole question again, with what is answered already."""
    part = await lookups.part_of(r)
    if r.owed.how == How.POST and (not part.is_open or r.owed.params["sequence"] != part.poll.sequence):
        return None
    meeting = await lookups.meeting_of(r.state, part.poll)
    said = r.t("The dates have changed. What you have answered still stands.")
    blocks, text = cards.card(part, r.t, meeting), cards.text_of(part, r.t, meeting)
    if part.is_open:
        blocks, text = [section(said), *blocks], f"{said} {text}"
    return Message(text, blocks, card=r.owed.kind)


async def render_reminder(r: Rendering) -> Message | None:
    """ "You have not said when you can", only while that is true; later it shows the answers."""
    part = await lookups.part_of(r)
    if r.owed.how == How.POST:
        member = await members.get(r.state, r.owed.member_id or 0)
        holds = await reminders.holds(
            r.state, r.owed, poll=part.poll, member=member, owes=bool(part.missing), now=part.now
        )
        if not holds:
            return None
    meeting = await lookups.meeting_of(r.state, part.poll)
    return Message(cards.text_of(part, r.t, meeting), cards.card(part, r.t, meeting), card=r.owed.kind)


async def render_noted(r: Rendering) -> Message | None:
    """What was understood of typed words, with the buttons in case it was not meant so."""
    part = await lookups.part_of(r)
    meeting = await lookups.meeting_of(r.state, part.poll)
    blocks, text = cards.card(part, r.t, meeting), cards.text_of(part, r.t, meeting)
    if r.owed.how == How.POST:
        if r.owed.params["sure"]:
            said = r.t("Noted:") + "\n" + cards.noted(part, r.t)
        else:
            said = r.t("I am not sure what you mean, so I have not noted anything. Use the buttons:")
        blocks, text = [section(said), *blocks], f"{said}\n{text}"
    return Message(text, blocks, card=r.owed.kind)


async def render_off(r: Rendering) -> Message:
    """It is called off."""
    poll = await answers.get(r.state, r.number)
    return Message(r.t("The date poll about {title} is called off. You need not do anything.", title=titled(poll)))


async def render_desk(r: Rendering) -> Message:
    """The coordinator's card, as things stand."""
    poll = await answers.get(r.state, r.number)
    counted = await answers.count(r.state, poll)
    obstacles = await lookups.obstacles(r.state, poll, r.tools.clock.now(), r.t)
    return Message(desk.summary(counted, r.t), desk.desk(counted, r.t, obstacles=obstacles), card="poll.desk")


async def render_over(r: Rendering) -> Message | None:
    """There is nobody to wait for any more: the best date, and the buttons that call the meeting."""
    poll = await answers.get(r.state, r.number)
    is_new = r.owed.how == How.POST
    if is_new and (poll.state not in polls.UNDECIDED or r.owed.params["sequence"] != poll.sequence):
        return None
    counted = await answers.count(r.state, poll)
    obstacles = await lookups.obstacles(r.state, poll, r.tools.clock.now(), r.t)
    blocks = desk.desk(counted, r.t, obstacles=obstacles)
    if poll.state not in polls.UNDECIDED:
        return Message(desk.summary(counted, r.t), blocks, card="poll.over")
    if counted.silent:
        said = r.t("The time to answer the dates is over: {title}.", title=titled(poll))
    else:
        said = r.t("Everybody has answered the dates: {title}.", title=titled(poll))
    text = f"{said} {best_of(best(counted.tallies), r.t)}"
    return Message(text, [section(said), *blocks], card="poll.over")


async def render_change_kept(r: Rendering) -> Message:
    """What the change led to."""
    poll, told = await answers.get(r.state, r.number), int(r.owed.params["told"])
    said = r.t("The dates are changed: {title}.", title=titled(poll))
    return Message(said + " " + r.t.n("{n} person is told.", "{n} people are told.", told))


async def render_reminded(r: Rendering) -> Message:
    """How many are reminded, and when."""
    people = int(r.owed.params["people"])
    moment = datetime.fromisoformat(str(r.owed.params["moment"]))
    if not people:
        return Message(r.t("There is nobody to remind: everybody who is here has answered."))
    if moment > r.tools.clock.now():
        return Message(
            r.t.n(
                "{n} person is reminded on {moment}.",
                "{n} people are reminded on {moment}.",
                people,
                moment=r.t.moment(moment),
            )
        )
    return Message(r.t.n("I remind {n} person of the dates.", "I remind {n} people of the dates.", people))


async def close(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The answer-by has come."""
    poll = await answers.get(uow, owed.number)
    if poll.state == PollState.OPEN and owed.params["sequence"] == poll.sequence:
        await polls.close(uow, poll, by=None, now=tools.clock.now())


feature = Feature(
    notices={
        Kinds.POLL_CARD: Notice(render_card, ahead=N_("Question which dates suit")),
        Kinds.POLL_CHANGED: Notice(render_changed),
        Kinds.POLL_CHANGE_KEPT: Notice(render_change_kept),
        Kinds.POLL_DESK: Notice(render_desk),
        Kinds.POLL_NOTED: Notice(render_noted),
        Kinds.POLL_OFF: Notice(render_off),
        Kinds.POLL_OVER: Notice(render_over, ahead=N_("The best date to the coordinator")),
        Kinds.POLL_REMINDED: Notice(render_reminded),
        Kinds.POLL_REMINDER: Notice(render_reminder, ahead=N_("Reminder to those who have not answered the dates")),
    },
    steps={"poll.deadline": Step(close, ahead=N_("The date poll closes, and the coordinator gets the best date"))},
)
