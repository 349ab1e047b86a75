"""A file for all practices, sent by a coordinator: shown without a number, then saved for each or dropped."""

from __future__ import annotations

from collections.abc import Sequence

from cluster import subjects
from cluster.errors import ClusterError
from cluster.members import members, practices
from cluster.notices import Owed
from cluster.packages.lookup import package_of
from cluster.rounds import rounds
from cluster.subjects import ASSIGNMENT, BUNDLE, ROUND
from cluster.submissions import bundles, headings
from cluster.submissions.bundles import Gathered
from cluster.submissions.room import Kinds
from cluster.submissions.submissions import VerdictPlace
from handlers.acting import leader, message_thread
from handlers.blocks import context, escape
from handlers.feature import Feature, Kept, Notice, Rendering, Step
from handlers.ids import number
from handlers.message import Message
from handlers.rounds.lookups import facts_of, period_of
from handlers.rounds.views.asks import title
from handlers.saying import answer, say
from handlers.submissions import readings, troubles
from handlers.submissions.gathering import gather
from handlers.submissions.ids import Action
from handlers.submissions.readings import Sent
from handlers.submissions.refusals import refuse
from handlers.submissions.views import bundles as views
from handlers.submissions.views import submissions as one
from handlers.turn import Tools, Turn
from measures.bundles.bundle import Bundle, is_about_many, read_bundle
from measures.reading.intake import Refused
from measures.reading.problems import Problem
from measures.reading.table import Table
from measures.tables.evidence import read_answers
from storage.models import Collected, Member, Practice, Round
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import ProposalState

CARD, CHOOSE = "bundle.preview", "bundle.choose"
FEWEST = 2
"""This many practices must be in a file for it to be about all of them."""
FEWEST_NAMES = 3
"""This many names, or numbers, of others under a heading for practices make a file one about many."""


async def receive(turn: Turn, table: Table, sent: Sent, place: VerdictPlace) -> bool:
    """Whether the file was about all practices of a round that the sender leads, and has been answered."""
    async with turn.look() as state:
        led = [each for each in await _led(state, turn) if is_about_many(table, package_of(each))]
    read = [(each, await _split(turn, each, table)) for each in led]
    found = [(each, bundle) for each, bundle in read if _is_about_all(bundle)]
    found = [each for each in found if each[1].usable or each[1].choice] or found
    if not found and (problem := next(filter(_is_of_many, [p for each in read for p in each[1].problems]), None)):
        await refuse(turn, [problem], None, place)
        return True
    if len(found) == 1:
        await _go_on(turn, *found[0], sent, place)
    elif found:
        async with turn.unit() as uow:
            ids = [each.id for each, _ in found]
            await say(uow, turn, "bundle.which", place, file=sent.id, rounds=ids)
            await uow.commit()
    return bool(found)


def _is_about_all(bundle: Bundle) -> bool:
    """Whether several practices are in the file, as it stands or in one of its sheets."""
    in_sheets = int(str(bundle.choice.params.get("practices", 0))) if bundle.choice else 0
    return max(len(bundle.verdicts), in_sheets) >= FEWEST


async def _go_on(turn: Turn, round_: Round, bundle: Bundle, sent: Sent, place: VerdictPlace, answers: str = "") -> None:
    """Ask what the file leaves open, or show what would be saved. `answers` is what was chosen, as buttons carry it."""
    if bundle.choice is None or views.NONE_OF_THEM in answers.split(","):
        if len(bundle.verdicts) < FEWEST:
            raise ClusterError("bundle.nothing")
        await _propose(turn, round_, bundle, sent)
        return
    asked = troubles.kept([bundle.choice])
    async with turn.unit() as uow:
        await say(uow, turn, CHOOSE, place, file=sent.id, round=round_.id, answers=answers, problems=asked)
        await uow.commit()


def _is_of_many(problem: Problem) -> bool:
    """Whether a file that can't be used was about many practices all the same, and not about the sender's own."""
    if problem.code == "owner_unknown":
        return int(str(problem.params["n"])) >= FEWEST_NAMES
    return problem.code == "several_sheets" and int(str(problem.params["practices"])) >= FEWEST


async def pick(turn: Turn) -> None:
    """The coordinator said which round the file is about, or which of its places are meant; it is fetched again, for
    nothing of it was kept."""
    _, file_id, answers = (*turn.value.split(":"), "", "")[:3]
    place = VerdictPlace(turn.channel_id, message_thread(turn))
    async with turn.look() as state:
        round_ = await rounds.get(state, number(turn.value))
        await leader(state, turn, round_.cluster_id)
    sent = await readings.fetch(turn.tools, file_id)
    try:
        table = await readings.read(sent)
    except Refused as refusal:
        await refuse(turn, [refusal.problem], None, place)
        return
    bundle = await _split(turn, round_, table, answers)
    problem = next(filter(_is_of_many, bundle.problems), None)
    if problem and bundle.choice is None:
        await refuse(turn, [problem], None, place)
        return
    await _go_on(turn, round_, bundle, sent, place, answers)


async def _led(state: Reading, turn: Turn) -> list[Round]:
    """The running rounds that the sender leads; the one whose thread it was said in."""
    found: list[Round] = []
    for member, _ in await members.memberships(state, turn.team_id, turn.account):
        if member.role in members.LEADERS:
            found += await rounds.running(state, member.cluster_id)
    thread = str((turn.body.get("event") or {}).get("thread_ts") or "")
    subject = await subjects.of_message(state, turn.channel_id, thread) if thread else ""
    meant = await _round_of(state, subject)
    return [each for each in found if each.id == meant] or found


async def _round_of(state: Reading, subject: str) -> int | None:
    """The round that a message was about: as a whole, or one practice's part of it."""
    if (assignment_id := ASSIGNMENT.key_in(subject)) is not None:
        return (await rounds.assignment(state, assignment_id))[1].id
    return ROUND.key_in(subject)


async def _split(turn: Turn, round_: Round, table: Table, answers: str = "") -> Bundle:
    """One verdict for each practice that was asked. Long files with names take their time, so not here.

    Nothing is compared with what a practice gave before: which of its numbers look unusual would tell of those.
    """
    async with turn.look() as state:
        asked = [part.practice_id for part in await rounds.assignments(state, round_.id)]
        places = [each for each in await practices.of_cluster(state, round_.cluster_id) if each.id in asked]
        numbers = {each.id: each.ydernummer for each in places}
        known = await bundles.aliases(state, round_.cluster_id)
        sender = await leader(state, turn, round_.cluster_id)
        learned = await headings.known(state, sender.practice_id or 0, round_.package_id)
    matches = {alias: numbers[practice_id] for alias, practice_id in known.items() if practice_id in numbers}
    period, facts = (round_.period_start, round_.period_end), [facts_of(each) for each in places]
    package, chosen = package_of(round_), read_answers(answers)
    found: Bundle = await turn.tools.compute(read_bundle, table, package, facts, period, learned, matches, chosen)
    return found


async def _propose(turn: Turn, round_: Round, bundle: Bundle, sent: Sent) -> None:
    async with turn.unit() as uow:
        member = await leader(uow, turn, round_.cluster_id)
        places = await practices.of_cluster(uow, round_.cluster_id)
        gathered = gather(bundle, {each.ydernummer: each.id for each in places})
        await bundles.propose(uow, round_, gathered, member=member, digest=sent.digest, now=turn.now)
        await uow.commit()


async def save(turn: Turn) -> None:
    """ "Save for the 11 practices." """
    async with turn.unit() as uow:
        collected, member = await _deciding(uow, turn)
        counts = await bundles.save(uow, collected, member=member, now=turn.now)
        await answer(
            uow,
            turn,
            "bundle.saved",
            member_id=member.id,
            cluster_id=collected.cluster_id,
            subject=BUNDLE.about(collected.id),
            saved=counts["saved"],
            asking=counts["asking"],
        )
        await uow.commit()


async def drop(turn: Turn) -> None:
    """ "Drop it." """
    async with turn.unit() as uow:
        collected, _ = await _deciding(uow, turn)
        await bundles.settle(uow, collected, ProposalState.DROPPED, now=turn.now)
        await uow.commit()


async def other(turn: Turn) -> None:
    """ "That is not the same practice." """
    async with turn.unit() as uow:
        collected, _ = await _deciding(uow, turn)
        await bundles.deny_name(uow, collected, number(turn.value, 1), now=turn.now)
        await uow.commit()


async def _deciding(uow: UnitOfWork, turn: Turn) -> tuple[Collected, Member]:
    """What waits, and who may decide on it: who may not isn't told either what became of it."""
    collected_id = number(turn.value)
    member = await leader(uow, turn, await bundles.cluster_of(uow, collected_id))
    return await bundles.waiting(uow, collected_id), member


async def forget(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """A file that nobody decided on for a week is dropped."""
    collected = await bundles.find(uow, owed.number)
    if collected is not None and collected.state == ProposalState.WAITING:
        await bundles.settle(uow, collected, ProposalState.DROPPED, now=tools.clock.now())


async def preview(r: Rendering) -> Message | None:
    """The card: what would be saved while it waits, afterwards what became of it."""
    collected = await bundles.find(r.state, r.number)
    if collected is None:
        return None
    if collected.state != ProposalState.WAITING:
        done = collected.state == ProposalState.CONFIRMED
        said = r.t("The numbers from the file are saved.") if done else r.t("The file is discarded. Nothing is saved.")
        return Message(said, [context(("✔ " if done else "") + said)], card=CARD)
    round_ = await rounds.get(r.state, collected.round_id)
    gathered = Gathered.restored(collected.rows)
    seen = views.Seen(
        collected_id=collected.id,
        title=title(package_of(round_), r.t),
        period=period_of(round_, r.t),
        sorted=await bundles.sort(r.state, round_, gathered),
        gathered=gathered,
        names=await _names(r.state, round_.cluster_id),
        asked=troubles.sentences(gathered.asked, r.t),
        told=troubles.sentences(gathered.told, r.t),
    )
    return Message("\n".join(views.lines(seen, r.t)), views.preview(seen, r.t), card=CARD)


async def _names(state: Reading, cluster_id: int) -> dict[int, str]:
    found: Sequence[Practice] = await practices.of_cluster(state, cluster_id)
    return {each.id: each.name for each in found}


async def saved(r: Rendering) -> Message:
    """What saving did."""
    count, asking = int(r.owed.params["saved"]), int(r.owed.params["asking"])
    said = r.t.n(
        "Saved for {n} practice, which has been told and can object.",
        "Saved for {n} practices. Each has been told and can object.",
        count,
    )
    if asking:
        said += " " + r.t.n(
            "{n} of them has numbers that look unusual; they count once the practice has said yes.",
            "{n} of them have numbers that look unusual; they count once the practice has said yes.",
            asking,
        )
    return Message(said)


async def which(r: Rendering) -> Message:
    """A file that fits several rounds: the coordinator chooses."""
    choices = []
    for round_id in r.owed.params["rounds"]:
        round_ = await rounds.get(r.state, int(round_id))
        name = f"*{escape(title(package_of(round_), r.t))}* · {period_of(round_, r.t)}"
        choices.append((f"{round_id}:{r.owed.params['file']}", name))
    said = r.t("The file has numbers for several practices. Which round does it belong to?")
    return Message(said, one.which(said, choices, r.t, action=Action.BUNDLE_PICK))


async def choose(r: Rendering) -> Message:
    """A file that leaves a choice: the columns, rows or sheets that can be meant, with a button each."""
    params = r.owed.params
    (problem,) = troubles.restored(params["problems"])
    said = f"❓ {views.which_of_all(problem, r.t)}"
    before = [params["answers"]] if params["answers"] else []
    start = f"{params['round']}:{params['file']}"
    choices = [(f"{start}:{','.join([*before, each.key])}", escape(one.option(each, r.t))) for each in problem.options]
    if problem.code != "several_sheets":
        choices.append((f"{start}:{','.join([*before, views.NONE_OF_THEM])}", r.t("None of them")))
    text = "\n".join([said, *(f"• {name}" for _, name in choices)])
    return Message(text, one.which(said, choices, r.t, action=Action.BUNDLE_CHOOSE))


feature = Feature(
    actions={
        Action.BUNDLE_CHOOSE: Kept(pick),
        Action.BUNDLE_DROP: Kept(drop),
        Action.BUNDLE_OTHER: Kept(other),
        Action.BUNDLE_PICK: Kept(pick),
        Action.BUNDLE_SAVE: Kept(save),
    },
    notices={
        Kinds.BUNDLE_PREVIEW: Notice(preview),
        Kinds.BUNDLE_SAVED: Notice(saved),
        Kinds.BUNDLE_WHICH: Notice(which),
        Kinds.BUNDLE_CHOOSE: Notice(choose),
    },
    steps={"bundle.forget": Step(forget, ahead=None)},
    heavy={Action.BUNDLE_CHOOSE, Action.BUNDLE_PICK},
)
