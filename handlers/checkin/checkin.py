"""`/klynge her 4728`, the same in plain words, a button with a form; opened by whoever steers the meeting."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime

from slack_sdk.errors import SlackApiError

from cluster.checkin import checkins
from cluster.checkin.room import Kinds
from cluster.errors import ClusterError
from cluster.meetings import attendance, meetings
from cluster.members import members
from cluster.members.members import LEADERS
from cluster.overview.homepage import Membership
from cluster.subjects import MEETING
from cluster.submissions.submissions import VerdictPlace
from cluster.undoing import OwnChange, Values
from handlers.acting import actor, place_of
from handlers.at_home import HomeBlock
from handlers.chairing.ids import Action as ChairAction
from handlers.chairing.steering import steered
from handlers.checkin.ids import Action, View
from handlers.checkin.views import checkin as views
from handlers.doors import Door, Shelf
from handlers.feature import AboutPerson, Command, Direct, Feature, Form, HelpLine, Kept, Notice, Rendering, Told
from handlers.ids import number
from handlers.meetings.lookups import meeting_of, reply
from handlers.meetings.views.words import titled
from handlers.message import Attachment, Message
from handlers.saying import PRIVATELY, answer
from handlers.turn import Turn
from handlers.undoing import Undoing
from locales import N_, Texts
from measures.drawing.codes import qr_png
from storage.models import Meeting, Member
from storage.unit_of_work import Look, Reading, UnitOfWork
from storage.words import MeetingState

HERE = re.compile(
    r"(?:jeg er her|her|tjek(?:ker)? (?:mig )?ind|i am here|i'm here|here|check (?:me )?in)"
    r"\s*[:,]?\s*(?:pin\s*)?(\d{4})[.!]?",
    re.IGNORECASE,
)
PIN = re.compile(r"\d{4}")


async def run(turn: Turn) -> None:
    """The command; without a PIN it is said where that stands."""
    pin = PIN.search(turn.words)
    if pin is None:
        raise ClusterError("checkin.no_pin")
    await _enter(turn, pin[0], PRIVATELY)


async def receive_words(turn: Turn) -> bool:
    """ "her 4728" in the conversation; False when it is something else."""
    found = HERE.fullmatch(turn.words.strip())
    if found is None or turn.member is None:
        return False
    await _enter(turn, found[1], place_of(turn))
    return True


async def _enter(turn: Turn, pin: str, place: VerdictPlace) -> None:
    turn.require_member()
    async with turn.unit() as uow:
        people = [member for member, _ in await members.memberships(uow, turn.team_id, turn.account)]
        meeting, member, is_new = await checkins.enter(uow, people, pin, now=turn.now)
        await _noted(uow, turn, meeting, member, place, is_new=is_new)
        await uow.commit()


async def _noted(
    uow: UnitOfWork, turn: Turn, meeting: Meeting, member: Member, place: VerdictPlace, *, is_new: bool
) -> None:
    await answer(
        uow,
        turn,
        Kinds.CHECKIN_IN,
        member_id=member.id,
        cluster_id=meeting.cluster_id,
        subject=MEETING.about(meeting.id),
        place=place,
        is_new=is_new,
    )


async def open_form(turn: Turn) -> None:
    """Where the PIN is typed."""
    async with turn.look() as state:
        meeting = await meetings.get(state, number(turn.value))
        await actor(state, turn, meeting.cluster_id)
        if await checkins.of_meeting(state, meeting) is None or not checkins.is_open(meeting, turn.now):
            raise ClusterError("checkin.closed")
    await turn.open(views.form(meeting, turn.t, metadata=json.dumps({"meeting": meeting.id})))


async def keep_form(turn: Turn) -> None:
    """The PIN that was typed."""
    async with turn.unit() as uow:
        meeting = await meetings.get(uow, number(turn.metadata.get("meeting")))
        member = await actor(uow, turn, meeting.cluster_id)
        pin = str(turn.state.get("pin") or "").strip()
        meeting, member, is_new = await checkins.enter(uow, [member], pin, now=turn.now)
        await _noted(uow, turn, meeting, member, PRIVATELY, is_new=is_new)
        await uow.commit()


async def admit(turn: Turn) -> None:
    """Open it, and get the PIN for the screen."""
    async with turn.unit() as uow:
        meeting, by = await steered(uow, turn, number(turn.value))
        await checkins.admit(uow, meeting, by=by, now=turn.now)
        await reply(uow, turn, Kinds.CHECKIN_OPEN, by, about=meeting)
        await uow.commit()


async def render_open(r: Rendering) -> Message | None:
    """To whoever opened it."""
    meeting = await meeting_of(r)
    door, reader = await checkins.of_meeting(r.state, meeting), await members.find(r.state, r.owed.member_id)
    if door is None or reader is None or meeting.state != MeetingState.PLANNED:
        return None
    code = await _code(r)
    said = views.opened(meeting, door, r.t, leads=reader.role in LEADERS, has_code=code is not None)
    if code is None:
        return said
    return replace(said, attachments=[Attachment(r.t("check-in.png"), code, r.t("Opens Klyngebot on a telephone"))])


async def _code(r: Rendering) -> bytes | None:
    """A code that opens the conversation with the bot on a telephone; None where Slack doesn't tell which app it is."""
    try:
        who = await r.tools.slack.auth_test()
        bot = await r.tools.slack.bots_info(bot=str(who["bot_id"]))
        app = str(bot["bot"]["app_id"])
    except (SlackApiError, KeyError):
        return None
    return qr_png(f"https://slack.com/app_redirect?app={app}&team={r.tools.home.team_id}")


async def render_in(r: Rendering) -> Message:
    """To whoever checked in."""
    return views.noted(await meeting_of(r), r.t, is_new=bool(r.owed.params["is_new"]))


async def _waiting(state: Look, part: Membership, now: datetime) -> Meeting | None:
    return await checkins.waiting_for(state, part.member, now)


def _has_no_door(_part: Membership, _now: datetime) -> bool:
    """While it is open the page asks by itself, with a form for the PIN."""
    return False


async def _named(state: Reading, change: OwnChange, t: Texts) -> str:
    return t("your check-in to {meeting}", meeting=titled(await meetings.get(state, change.number), t))


def _said(values: Values, t: Texts) -> str:
    return t("there") if values["present"] else t("not noted")


async def _now(state: Reading, change: OwnChange) -> Values:
    meeting, member = await meetings.get(state, change.number), await members.get(state, change.member_id)
    return await attendance.is_in(state, meeting, member)


async def _put_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    await attendance.check_out(uow, await meetings.get(uow, change.number), change.was, by=by, now=now)


feature = Feature(
    commands=[
        Command(
            ("her", "here"),
            Kept(run),
            told=Told(
                24,
                readme=N_("members check in by themselves, by a PIN that is shown at the meeting"),
                coordinator=N_("check in to the meeting you are at: `/klynge her 4728`, by the PIN on the screen"),
                member=N_("check in to the meeting you are at: `/klynge her 4728`, by the PIN on the screen"),
            ),
            help=(HelpLine(31, N_("check in to the meeting, by the PIN on the screen")),),
            door=Door(Action.CLUSTER_HERE, Shelf.MEETINGS, N_("I am here"), is_open=_has_no_door),
        )
    ],
    actions={Action.MEETING_HERE: Direct(open_form), ChairAction.MEETING_ADMIT: Kept(admit)},
    forms={View.CHECKIN_FORM: Form(keep_form)},
    notices={Kinds.CHECKIN_IN: Notice(render_in), Kinds.CHECKIN_OPEN: Notice(render_open)},
    home=[HomeBlock(15, views.at_home, look=_waiting, is_owed=True)],
    undoings={attendance.CHECKED_IN: Undoing(_named, _said, _now, _put_back)},
    log={
        "attendance.checked_in": N_("{who} checked in to {subject}"),
        "checkin.opened": N_("{who} opened checking in to {subject}"),
    },
    about_person=AboutPerson(
        headings={"check_in (opened_by)": (205, N_("Meetings you opened checking in to"))},
        messages={"checkin": N_("about checking in to a meeting")},
    ),
    errors={
        "checkin.closed": N_("There is no meeting to check in to right now. The coordinator opens it at the meeting."),
        "checkin.no_pin": N_("Write the PIN that is shown at the meeting, as in “/klynge her 4728”."),
        "checkin.wrong_pin": N_("That is not the PIN of the meeting. Look at the board or the screen, and try again."),
    },
)
