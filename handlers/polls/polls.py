"""`/klynge datoer`: put dates to everybody, and change them; each is seen before it is sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from cluster.clock import local
from cluster.errors import ClusterError
from cluster.meetings import meetings
from cluster.meetings.details import propose, written_of
from cluster.members import cluster_rules
from cluster.polls import answers, polls
from cluster.polls.cards import asked
from cluster.polls.details import PollDetails, PollSlot, WrittenPoll, a_week_on, examine
from cluster.subjects import POLL
from handlers.acting import leader
from handlers.doors import Door, Shelf
from handlers.errors import sentence
from handlers.feature import Command, Direct, Feature, Form, HelpLine, Told
from handlers.ids import number
from handlers.meetings.errors import ERRORS as MEETING_ERRORS
from handlers.message import Block, Message
from handlers.polls import lookups
from handlers.polls.errors import ERRORS
from handlers.polls.ids import Action, View
from handlers.polls.views import cards, forms
from handlers.saying import answer
from handlers.turn import ShownAgain, Turn
from locales import N_
from storage.models import Member, Poll, PollDate
from storage.unit_of_work import Reading
from storage.words import PollState, Role

NOON = "12:00"


async def open_form(turn: Turn) -> Message | None:
    """A coordinator gets the form, with the dates that were written; a member the dates that wait for an answer."""
    member, cluster = turn.require_member(), turn.require_cluster()
    if member.role in (Role.MEMBER, Role.OBSERVER):
        return await _waiting(turn, member)
    async with turn.look() as state:
        last = await meetings.newest(state, cluster.id)
    usual = written_of(last) if last is not None else propose(turn.now)
    written = WrittenPoll(
        title="",
        words=turn.words,
        days=(),
        start=usual.start,
        end=usual.end,
        place=usual.place,
        food=usual.food,
        answer_day=a_week_on(turn.now).isoformat(),
        answer_time=NOON,
    )
    await turn.open(forms.poll_form(written, turn.t, metadata=json.dumps({"cluster": cluster.id})))
    return None


async def _waiting(turn: Turn, member: Member) -> Message:
    async with turn.look() as state:
        found = await answers.open_to(state, [member.id], turn.now)
        parts = [await answers.part_of(state, poll, who, turn.now) for poll, who in found]
    if not parts:
        return Message(turn.t("No dates wait for your answer. The coordinator puts them to you."))
    blocks = [block for part in parts for block in cards.card(part, turn.t)]
    return Message("\n".join(cards.text_of(part, turn.t) for part in parts), blocks[:50])


async def check_form(turn: Turn) -> dict[str, str] | ShownAgain | None:
    """Everything that is wrong, each at its field; else, once, how it will look and to whom it goes."""
    async with turn.look() as state:
        by, written = await leader(state, turn, _cluster_id(turn)), _written(turn)
        details, problems = examine(written, now=turn.now)
        if details is None:
            return _said(turn, problems)
        if turn.metadata.get("seen") == _print_of(details):
            return None
        above = await _above(state, turn, details, by.cluster_id)
    metadata = json.dumps({"cluster": by.cluster_id, "seen": _print_of(details)})
    return _again(forms.poll_form(written, turn.t, metadata=metadata, is_seen=True), above)


async def keep_form(turn: Turn) -> None:
    """Put it to everybody."""
    async with turn.unit() as uow:
        by = await leader(uow, turn, _cluster_id(turn))
        details, problems = examine(_written(turn), now=turn.now)
        if details is None:
            raise problems[0]
        await polls.put(uow, await cluster_rules.get(uow, by.cluster_id), details, by=by, now=turn.now)
        await uow.commit()


async def open_change(turn: Turn) -> None:
    """The dates as they are."""
    async with turn.look() as state:
        poll, by = await lookups.led(state, turn, number(turn.value))
        if poll.state not in polls.UNDECIDED:
            raise answers.refusal(poll)
        part = await answers.part_of(state, poll, by, turn.now)
    metadata = json.dumps({"poll": poll.id, "sequence": poll.sequence})
    kept = [str(each.id) for each in part.dates]
    await turn.open(forms.change_form(part, _as_written(part.dates, poll, turn.now), kept, turn.t, metadata=metadata))


def _as_written(dates: Sequence[PollDate], poll: Poll, now: datetime) -> WrittenPoll:
    first = dates[0] if dates else None
    start = f"{local(first.starts_at):%H:%M}" if first else "16:30"
    end = f"{local(first.ends_at):%H:%M}" if first else "19:00"
    is_open = poll.state == PollState.OPEN and poll.answer_by > now
    day = local(poll.answer_by).date() if is_open else a_week_on(now)
    hour = f"{local(poll.answer_by):%H:%M}" if is_open else NOON
    return WrittenPoll(poll.title, "", (), start, end, poll.kind, poll.place, poll.food, day.isoformat(), hour)


async def check_change(turn: Turn) -> dict[str, str] | ShownAgain | None:
    """As for new ones."""
    async with turn.look() as state:
        poll, by = await lookups.led(state, turn, number(turn.metadata.get("poll")))
        written = _written(turn)
        kept = await _kept(state, turn, poll)
        details, problems = examine(written, now=turn.now, kept=kept, is_new=False)
        if details is None:
            return _said(turn, problems)
        if turn.metadata.get("seen") == _print_of(details):
            return None
        part = await answers.part_of(state, poll, by, turn.now)
        above = await _above(state, turn, details, poll.cluster_id, poll)
    metadata = json.dumps({**turn.metadata, "seen": _print_of(details)})
    chosen = [str(each) for each in turn.state.get("kept") or []]
    return _again(forms.change_form(part, written, chosen, turn.t, metadata=metadata, is_seen=True), above)


async def keep_change(turn: Turn) -> None:
    """Tell everybody of the dates that there are now."""
    async with turn.unit() as uow:
        poll, by = await lookups.led(uow, turn, number(turn.metadata.get("poll")))
        kept = await _kept(uow, turn, poll)
        details, problems = examine(_written(turn), now=turn.now, kept=kept, is_new=False)
        if details is None:
            raise problems[0]
        sequence = number(turn.metadata.get("sequence"))
        told = await polls.change(uow, poll, details.slots, details.answer_by, by=by, now=turn.now, sequence=sequence)
        about = POLL.about(poll.id)
        await answer(
            uow, turn, "poll.change_kept", member_id=by.id, cluster_id=poll.cluster_id, subject=about, told=told
        )
        await uow.commit()


async def _kept(state: Reading, turn: Turn, poll: Poll) -> list[PollSlot]:
    chosen = {number(each) for each in turn.state.get("kept") or []}
    return [
        PollSlot(each.starts_at, each.ends_at) for each in await answers.dates_of(state, poll.id) if each.id in chosen
    ]


async def _above(
    state: Reading, turn: Turn, details: PollDetails, cluster_id: int, poll: Poll | None = None
) -> list[Block]:
    t, people = turn.t, await asked(state, cluster_id)
    absent = sum(each.slack_user_id is None for each in people)
    said = t.n("{n} person is asked.", "{n} people are asked.", len(people) - absent)
    if absent:
        said += " " + t.n("{n} is not in Slack yet.", "{n} are not in Slack yet.", absent)
    at = turn.now if poll is not None else await polls.asked_at(state, cluster_id, now=turn.now)
    if at > turn.now:
        said += " " + t("It is sent {moment}, in your hours.", moment=t.moment(at))
    about = {"title": details.title or (poll.title if poll else ""), "place": details.place}
    looks = Poll(**about, answer_by=details.answer_by, state=PollState.OPEN)
    dates = [PollDate(id=0, starts_at=each.starts_at, ends_at=each.ends_at) for each in details.slots]
    part = answers.PollPart(looks, dates, {}, turn.now)
    obstacles = await lookups.warnings(state, cluster_id, details.slots, turn.now, t)
    return forms.looked_at(said, obstacles, part, cards.question(part, t), t)


def _again(view: dict[str, Any], above: Sequence[Block]) -> ShownAgain:
    return ShownAgain(view | {"blocks": [*above, *view["blocks"]]})


def _said(turn: Turn, problems: list[ClusterError]) -> dict[str, str]:
    errors = {**MEETING_ERRORS, **ERRORS}
    return {each.field or "words": sentence(each.code, each.params, turn.t, errors) for each in reversed(problems)}


def _written(turn: Turn) -> WrittenPoll:
    def said(name: str) -> str:
        return str(turn.state.get(name) or "")

    return WrittenPoll(
        title=said("title"),
        words=said("words"),
        days=tuple(day for n in range(1, forms.PICKERS + 1) if (day := _day(said(f"day{n}"))) is not None),
        start=said("start"),
        end=said("end"),
        kind=said("kind"),
        place=said("place"),
        food="yes" in (turn.state.get("food") or []),
        answer_day=said("answer_day"),
        answer_time=said("answer_time"),
    )


def _day(picked: str) -> date | None:
    try:
        return date.fromisoformat(picked)
    except ValueError:
        return None


def _cluster_id(turn: Turn) -> int:
    return number(turn.metadata.get("cluster") or turn.require_cluster().id)


def _print_of(details: PollDetails) -> str:
    """A mark by which the same details are known again; says nothing of them."""
    return hashlib.sha256(repr(details).encode()).hexdigest()[:16]


feature = Feature(
    commands=[
        Command(
            ("datoer", "dates"),
            Direct(open_form),
            told=Told(
                21,
                readme=N_("find a date: everybody says when they can, and one click calls the meeting"),
                coordinator=N_("coordinator: find a date, `/klynge datoer torsdag d. 12. eller tirsdag d. 17. kl. 17`"),
                member=N_("the dates that wait for your answer"),
            ),
            help=(HelpLine(212, N_("find a date that suits most practices"), leads=True),),
            door=Door(Action.CLUSTER_DATES, Shelf.MEETINGS, N_("Dates to answer"), led=N_("Find a date")),
        )
    ],
    actions={Action.POLL_EDIT: Direct(open_change)},
    forms={View.POLL_FORM: Form(keep_form, check_form), View.POLL_CHANGE: Form(keep_change, check_change)},
    errors=ERRORS,
    log={
        "poll.cancelled": N_("{who} called off the date poll {subject}"),
        "poll.changed": N_("{who} changed the dates of {subject}"),
        "poll.closed": N_("{who} closed the date poll {subject}"),
        "poll.put": N_("{who} put dates to everybody: {subject}"),
        "poll.settled": N_("{who} chose the date of {subject}"),
    },
)
