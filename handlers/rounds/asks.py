"""What a practice is asked: the card that follows its answer, the reminders, the guide, and "remind me later"."""

from __future__ import annotations

from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members import members
from cluster.members.cluster_rules import rules_of
from cluster.notices import ANSWER, refresh
from cluster.packages.lookup import package_of
from cluster.rounds import reminders, rounds, standing
from cluster.rounds.room import Kinds
from cluster.subjects import ASSIGNMENT
from cluster.submissions import headings
from cluster.undoing import OwnChange
from handlers.blocks import context, escape, section
from handlers.feature import Direct, Feature, Kept, Notice, Rendering
from handlers.ids import number
from handlers.message import Attachment, Block, Message
from handlers.reminders.views.snoozing import put_off
from handlers.rounds.ids import Action
from handlers.rounds.lookups import ask_of, part_of, period_of, practice_of
from handlers.rounds.views import asks as views
from handlers.turn import Turn
from handlers.undoing import Undoing
from locales import N_, Texts
from measures.sheets.template import build_template
from storage.models import Assignment, Round
from storage.unit_of_work import Look, Reading
from storage.words import How, RoundState, Source

CARD = "data.ask"


async def request(r: Rendering) -> Message | None:
    """The request itself, and what became of it. Posted with the template; edited without."""
    part, round_ = await rounds.assignment(r.state, r.number)
    ask = await ask_of(r.state, part, round_, r.t)
    title = views.title(ask.package, r.t)
    state = await _state_line(r, part, round_)
    text = r.t(
        "The cluster asks {practice} for numbers on {title} from {period}. Deadline: {deadline}.",
        practice=escape(ask.practice),
        title=title,
        period=ask.period,
        deadline=r.t.moment(round_.deadline),
    )
    if round_.state not in rounds.TAKING:
        return Message(f"{text} {state}", [section(text), context(state)], card=CARD)
    answered = await _answered(r.state, part)
    buttons = views.answered_buttons(part.id, r.t) if answered else views.answer_buttons(part.id, r.t)
    blocks: list[Block] = [*views.request(ask, r.t), section(state), buttons]
    if r.owed.how == How.UPDATE:
        return Message(f"{text} {state}", blocks, card=CARD)
    practice = await practice_of(r.state, part)
    template = await r.tools.compute(
        build_template, ask.package, practice.name, practice.ydernummer, ask.period, r.t, practice.system or None
    )
    kind = r.t("template")
    name = f"{ask.package.id}-{kind}.xlsx"
    if why := await _why_you(r, part):
        text, blocks = f"{why} {text}", [section(why), *blocks]
    attached = Attachment(name, template, r.t("Template: {title}", title=title))
    return Message(f"{text} {state}", blocks, [attached], card=CARD)


async def _why_you(r: Rendering, part: Assignment) -> str:
    """Of one who is asked instead of another, why."""
    if part.instead_of_id is not None:
        away = await members.get(r.state, part.instead_of_id)
        return r.t("{name} is on leave and has asked you to stand in, so I am asking you.", name=escape(away.name))
    if (former := r.owed.params.get("member")) is None:
        return ""
    gone = await members.get(r.state, int(former))
    return r.t("{name} no longer answers for the practice, so I am asking you.", name=escape(gone.name))


async def _answered(state: Look, part: Assignment) -> bool:
    return await standing.accepted(state, part.round_id, part.practice_id) is not None


async def _state_line(r: Rendering, part: Assignment, round_: Round) -> str:
    """How it stands, in one line at the bottom of the card."""
    t = r.t
    if round_.state == RoundState.CANCELLED:
        return t("The round is called off. You need do nothing.")
    given = await standing.accepted(r.state, round_.id, part.practice_id)
    if given is not None:
        who = await members.find(r.state, given.member_id)
        when = t.moment(given.settled_at or given.created_at)
        if given.source == Source.NONE and round_.state == RoundState.CLOSED:
            return t("✅ *No data* was noted on {moment}.", moment=when)
        if given.source == Source.NONE:
            return t("✅ *No data* was noted on {moment}. You can still send numbers.", moment=when)
        if given.source == Source.BUNDLE:
            return t("✅ *Received* on {moment} in your coordinator's file for all practices.", moment=when)
        return t(
            "✅ *Received* on {moment} from {name}. Thank you!", moment=when, name=escape(who.name if who else "?")
        )
    if round_.state == RoundState.CLOSED:
        return t("The round is closed. No numbers came from your practice.")
    if await standing.draft(r.state, round_.id, part.practice_id) is not None:
        return t("⏳ Your numbers are waiting for your yes further down in this conversation.")
    if part.snoozed_until is not None and part.snoozed_until > r.tools.clock.now():
        return t("🔔 I will remind you on {moment}.", moment=t.moment(part.snoozed_until))
    if round_.deadline < r.tools.clock.now():
        return t("The deadline has passed, but your numbers are still welcome.")
    return t("⬜ *Not answered yet.*")


async def chase(r: Rendering) -> Message | None:
    """A reminder to one who still owes; dropped as soon as that is no longer true."""
    part, round_ = await rounds.assignment(r.state, r.number)
    owes = await rounds.still_owes(r.state, part, round_)
    if not await reminders.holds(r.state, r.owed, round_, part, owes=owes, now=r.tools.clock.now()):
        return None
    return await _chase_message(r, part, round_)


async def _chase_message(r: Rendering, part: Assignment, round_: Round) -> Message:
    ask = await ask_of(r.state, part, round_, r.t)
    title, practice = views.title(ask.package, r.t), escape(ask.practice)
    if round_.deadline < r.tools.clock.now():
        said = r.t(
            "Numbers on {title} from {practice} are still missing. The deadline has passed, "
            "but your numbers are welcome as long as the round is open.",
            title=title,
            practice=practice,
        )
    else:
        said = r.t(
            "A small reminder: numbers on {title} from {practice} are missing. The deadline is {deadline}.",
            title=title,
            practice=practice,
            deadline=r.t.moment(round_.deadline),
        )
    how = r.t(
        "Drop the template here, press *Enter numbers*, or write “{example}” – even if you only have some of them.",
        example=escape(views.example(ask.package, r.t)),
    )
    blocks = [section(f"{said}\n{how}"), views.answer_buttons(part.id, r.t)]
    return Message(f"{said} {how}", blocks, card="data.chase")


async def later(turn: Turn) -> None:
    """ "Remind me later": the card says when."""
    chosen = turn.value.partition(":")[2]
    async with turn.unit() as uow:
        part = await part_of(uow, turn, number(turn.value))
        rounds.require_answer(part.member, part.assignment)
        if part.round.state not in rounds.TAKING:
            raise ClusterError("round.not_running")
        if await standing.accepted(uow, part.round.id, part.assignment.practice_id) is not None:
            raise ClusterError("data.already_answered")
        rules = await rules_of(uow, part.round.cluster_id)
        await reminders.snooze(uow, part.round, part.assignment, chosen, rules, by=part.member, now=turn.now)
        await refresh(
            uow,
            CARD,
            subject=ASSIGNMENT.about(part.assignment.id),
            now=turn.now,
            member_id=part.assignment.member_id,
            urgency=ANSWER,
        )
        await uow.commit()


async def _reminder(state: Reading, change: OwnChange, t: Texts) -> str:
    _, round_ = await rounds.assignment(state, change.number)
    return t("the reminder about numbers on {title}", title=views.title(package_of(round_), t))


async def guide(turn: Turn) -> None:
    """The whole guide, in a window."""
    async with turn.look() as state:
        part = await part_of(state, turn, number(turn.value))
        ask = await ask_of(state, part.assignment, part.round, turn.t)
    await turn.open(views.guide_window(ask, turn.t))


async def history(turn: Turn) -> None:
    """Every version of the practice's answer, for those who may see its numbers."""
    async with turn.look() as state:
        part = await part_of(state, turn, number(turn.value))
        rounds.require_answer(part.member, part.assignment)
        versions = await standing.history(state, part.round.id, part.assignment.practice_id)
        names = {each.member_id: await _name(state, each.member_id) for each in versions}
        learned = await headings.of_practice(state, part.assignment.practice_id, part.round.package_id)
    package = package_of(part.round)
    lines = [
        views.version_line(package, each, names[each.member_id], local(each.created_at), turn.t) for each in versions
    ]
    remembered = [(each.id, views.heading_line(package, each, turn.t)) for each in learned]
    await turn.open(views.history_window(lines, period_of(part.round, turn.t), turn.t, remembered=remembered))


async def _name(state: Look, member_id: int | None) -> str:
    member = await members.find(state, member_id)
    return member.name if member else "?"


feature = Feature(
    actions={
        Action.ASSIGNMENT_LATER: Kept(later),
        Action.ASSIGNMENT_GUIDE: Direct(guide),
        Action.ASSIGNMENT_HISTORY: Direct(history),
    },
    notices={
        Kinds.DATA_ASK: Notice(request, ahead=N_("Request for numbers")),
        Kinds.DATA_CHASE: Notice(chase, ahead=N_("Reminder to those who have not sent numbers")),
        Kinds.DATA_SNOOZED: Notice(chase, ahead=N_("Reminder that a member asked for")),
    },
    errors={
        "data.not_yours": N_("Only those who work in that practice can answer for it."),
        "data.already_answered": N_("The numbers are already here, so I won't remind you. Thank you!"),
        "data.others_reminder": N_("I now ask {name} for these numbers and don't remind you, so nothing was put off."),
        "data.no_time_to_wait": N_("The deadline is too near for another reminder."),
        "data.no_such_choice": N_("I don't know that choice. Try again."),
    },
    undoings={
        reminders.SNOOZED: Undoing(_reminder, put_off, reminders.snooze_now, reminders.put_snooze_back),
        "round.opened": Undoing(
            why_not=N_(
                "The practices have been asked, and I can't fetch that back. The round can be called off under "
                "`/klynge status`: then their cards say that nothing is needed."
            )
        ),
    },
    log={
        "data.passed_on": N_("{who} chose somebody else in {subject} to be asked for numbers"),
    },
)
