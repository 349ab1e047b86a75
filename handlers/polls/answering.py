"""A member's answers to dates: a tap each, all in a form, or plain words in the conversation."""

from __future__ import annotations

import json
from datetime import datetime

from cluster import subjects
from cluster.clock import local
from cluster.meetings import invitations
from cluster.members import members
from cluster.overview.homepage import Membership
from cluster.polls import answers
from cluster.polls.answers import PollPart
from cluster.polls.typed_answers import read_dates
from cluster.subjects import POLL
from handlers import blocks as b
from handlers.acting import place_of
from handlers.at_home import AtHome, HomeBlock
from handlers.feature import Direct, Feature, Form, HelpLine, Kept
from handlers.ids import number
from handlers.message import Block
from handlers.polls.ids import Action, View
from handlers.polls.views import cards
from handlers.saying import answer
from handlers.turn import Turn
from locales import N_
from storage.models import Member, Poll
from storage.unit_of_work import Look, Reading
from storage.words import Role, Suits

OWED = 22
"""The place of dates that wait among the pieces of the page."""


async def say_yes(turn: Turn) -> None:
    """*Kan*."""
    await _say(turn, Suits.YES)


async def say_if_needed(turn: Turn) -> None:
    """*Hvis det må være*."""
    await _say(turn, Suits.IF_NEEDED)


async def say_no(turn: Turn) -> None:
    """*Kan ikke*."""
    await _say(turn, Suits.NO)


async def _say(turn: Turn, suits: Suits) -> None:
    async with turn.unit() as uow:
        poll = await answers.get(uow, number(turn.value))
        member = await answers.respondent(uow, poll, turn.account)
        await answers.answer(uow, poll, member, {number(turn.value, 1): suits}, now=turn.now)
        await uow.commit()


async def say_rest(turn: Turn) -> None:
    """*Resten kan jeg ikke*."""
    async with turn.unit() as uow:
        poll = await answers.get(uow, number(turn.value))
        member = await answers.respondent(uow, poll, turn.account)
        await answers.answer_rest(uow, poll, member, Suits.NO, now=turn.now)
        await uow.commit()


async def open_answer(turn: Turn) -> None:
    """All dates in a form."""
    async with turn.look() as state:
        poll = await answers.get(state, number(turn.value))
        member = await answers.respondent(state, poll, turn.account)
        part = await answers.part_of(state, poll, member, turn.now)
    if not part.is_open:
        raise answers.refusal(poll)
    await turn.open(cards.answer_form(part, turn.t, metadata=json.dumps({"poll": poll.id})))


async def keep_answer(turn: Turn) -> None:
    """Keep what was chosen for each date; what was left open stays so."""
    async with turn.unit() as uow:
        poll = await answers.get(uow, number(turn.metadata.get("poll")))
        member = await answers.respondent(uow, poll, turn.account)
        dates = await answers.dates_of(uow, poll.id)
        chosen = {each.id: str(turn.state.get(f"date.{each.id}") or "") for each in dates}
        said = {key: Suits(word) for key, word in chosen.items() if word in set(Suits)}
        await answers.answer(uow, poll, member, said, now=turn.now)
        await uow.commit()


async def receive_words(turn: Turn) -> bool:
    """Take what was written about the dates of a poll, or show the buttons where it is doubtful; False when it is about
    none."""
    async with turn.unit() as uow:
        found = await _meant(uow, turn)
        if found is None:
            return False
        poll, member, is_thread = found
        part = await answers.part_of(uow, poll, member, turn.now)
        heard = read_dates(turn.words, [local(each.starts_at).date() for each in part.dates])
        if heard is None or not (heard.names_days or is_thread) or await _is_of_meeting(uow, member, heard.days, turn):
            return False
        if heard.is_sure:
            said = {
                each.id: heard.said[local(each.starts_at).date()]
                for each in part.dates
                if local(each.starts_at).date() in heard.said
            }
            await answers.answer(uow, poll, member, said, now=turn.now)
        await answer(
            uow,
            turn,
            "poll.noted",
            member_id=member.id,
            cluster_id=poll.cluster_id,
            subject=POLL.about(poll.id),
            place=place_of(turn),
            sure=heard.is_sure,
        )
        await uow.commit()
    return True


async def _meant(state: Reading, turn: Turn) -> tuple[Poll, Member, bool] | None:
    """The poll whose card was replied to; else the only one that a person may answer."""
    person = [member.id for member, _ in await members.memberships(state, turn.team_id, turn.account)]
    open_ones = await answers.open_to(state, person, turn.now)
    thread = str((turn.body.get("event") or {}).get("thread_ts") or "")
    if thread and (about := await subjects.of_card(state, turn.channel_id, thread)):
        key = POLL.key_in(about)
        return next(((poll, who, True) for poll, who in open_ones if poll.id == key), None)
    return (*open_ones[0], False) if len(open_ones) == 1 else None


async def _is_of_meeting(state: Reading, member: Member, days: frozenset[object], turn: Turn) -> bool:
    """Whether a meeting that waits for an answer is on one of the days that were named."""
    ahead = await invitations.open_to(state, [member.id], turn.now)
    return any(local(meeting.starts_at).date() in days for meeting, _ in ahead)


async def _look(state: Look, part: Membership, now: datetime) -> list[PollPart]:
    if part.member.role == Role.OBSERVER:
        return []
    found = await answers.open_to(state, [part.member.id], now)
    return [await answers.part_of(state, poll, member, now) for poll, member in found]


def _at_home(at: AtHome) -> list[Block]:
    """The polls that wait for an answer."""
    blocks = []
    for part in at.found or []:
        if part.missing:
            said = f"{cards.question(part, at.t)}\n{cards.standing(part, at.t)}"
            blocks.append(
                b.section(said, b.button(at.t("Say when you can"), Action.POLL_OPEN, part.poll.id, style="primary"))
            )
    return blocks


feature = Feature(
    hints=(HelpLine(12, N_("Say which days you can with the buttons of a date poll, or write it to me")),),
    actions={
        Action.POLL_IF_NEEDED: Kept(say_if_needed),
        Action.POLL_NO: Kept(say_no),
        Action.POLL_OPEN: Direct(open_answer),
        Action.POLL_REST: Kept(say_rest),
        Action.POLL_YES: Kept(say_yes),
    },
    forms={View.POLL_ANSWER: Form(keep_answer)},
    home=[HomeBlock(OWED, _at_home, look=_look, is_owed=True)],
)
