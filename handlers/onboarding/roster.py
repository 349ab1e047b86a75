"""A list of members, dropped in the coordinator's conversation: shown, then saved or dropped."""

from __future__ import annotations

from collections import Counter

from cluster import audit
from cluster.calendar import is_open, next_slot
from cluster.errors import ClusterError
from cluster.members import cluster_rules, members, practices
from cluster.members.belonging import account_of
from cluster.members.list_tasks import open_tasks
from cluster.members.organisations import Account
from cluster.notices import Owed
from cluster.onboarding import first_steps, roster
from cluster.onboarding.destination import named
from cluster.onboarding.room import Kinds
from cluster.onboarding.roster import Roster
from cluster.subjects import ROSTER
from handlers import blocks as b
from handlers import people
from handlers.feature import Feature, Kept, Notice, Rendering, Step
from handlers.ids import number
from handlers.members.views import list_tasks
from handlers.members.views.members import open_members
from handlers.message import Attachment, Message
from handlers.onboarding.ids import Action
from handlers.onboarding.views import first_steps as steps
from handlers.onboarding.views import roster as views
from handlers.saying import answer_leader
from handlers.turn import Tools, Turn
from locales import N_
from measures.sheets.sheets import write_workbook
from storage.models import Cluster, Member, RosterImport
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, ProposalState

SHEET_NAME = "medlemsliste.xlsx"


async def receive(turn: Turn, read: Roster, source: str = "") -> None:
    """Keep a list that was sent in and show what it would change; of several clusters it is asked which it is for.

    ``source`` is the file or the message that it stands in, which is fetched again then.
    """
    led = await _led(turn)
    async with turn.unit() as uow:
        if len(led) > 1 and read.rows:
            await answer_leader(uow, turn, led[0][0], Kinds.ROSTER_WHICH, source=source)
        else:
            member, cluster = led[0]
            await roster.propose(uow, cluster.id, read, now=turn.now, member_id=member.id)
        await uow.commit()


async def _led(turn: Turn) -> list[tuple[Member, Cluster]]:
    """The cluster that a list is for; several where nothing says which of those that the sender runs."""
    if turn.names_cluster:
        return [(turn.require_coordinator(), turn.require_cluster())]
    async with turn.look() as state:
        led = await members.led_by(state, turn.team_id, turn.account)
    if not led:
        raise ClusterError("role.coordinator_only")
    meant = named(turn.words, [cluster for _, cluster in led])
    return [each for each in led if meant is None or each[1] is meant]


async def render_which(r: Rendering) -> Message | None:
    """The question which cluster a list is for, to whoever runs several."""
    led = await _led_by_reader(r)
    source = str(r.owed.params["source"])
    return views.which([cluster for _, cluster in led], source, r.t) if led else None


async def save(turn: Turn) -> None:
    """The coordinator pressed Save: who is new is written to now, or in the morning when it is late."""
    await _save(turn, at_once=False)


async def save_now(turn: Turn) -> None:
    """The coordinator wants everybody to be written to although it is late."""
    await _save(turn, at_once=True)


async def _save(turn: Turn, *, at_once: bool) -> None:
    import_id = number(turn.value)
    async with turn.look() as state:
        await _deciding(state, import_id, turn.account)
    everyone = await people.fetch_everyone(turn.tools.slack, turn.tools.home)
    async with turn.unit() as uow:
        _, leader = await _deciding(uow, import_id, turn.account)
        outcome = await roster.confirm(uow, import_id, everyone, now=turn.now, actor_id=leader.id, at_once=at_once)
        await answer_leader(
            uow,
            turn,
            leader,
            "roster.saved",
            practices=dict(outcome.practices),
            members=dict(outcome.members),
            matched=outcome.matched,
            greets_at=outcome.greets_at.isoformat() if outcome.greets_at and outcome.greets_at > turn.now else "",
        )
        await uow.commit()


async def drop(turn: Turn) -> None:
    """The coordinator pressed Drop it."""
    async with turn.unit() as uow:
        proposal, leader = await _deciding(uow, number(turn.value), turn.account)
        await roster.drop(uow, proposal.id, now=turn.now)
        subject = ROSTER.about(proposal.id)
        audit.note(uow, "roster.dropped", subject, now=turn.now, actor_id=leader.id, cluster_id=proposal.cluster_id)
        await uow.commit()


async def _deciding(state: Reading, import_id: int, account: Account) -> tuple[RosterImport, Member]:
    """What waits, and who may decide on it: who may not isn't told either what became of it."""
    member = await members.by_slack(state, await roster.cluster_of(state, import_id), account)
    if member is None or not member.active or member.role not in members.LEADERS:
        raise ClusterError("role.coordinator_only")
    return await roster.waiting(state, import_id), member


async def forget(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """A list that nobody decided on for a week is dropped."""
    proposal = await roster.find(uow, owed.number)
    if proposal is not None and proposal.state == ProposalState.WAITING:
        await roster.drop(uow, proposal.id, now=tools.clock.now())


async def render_preview(r: Rendering) -> Message | None:
    """The card: what the list would do while it waits, afterwards what became of it."""
    proposal = await roster.find(r.state, r.number)
    if proposal is None:
        return None
    if proposal.state != ProposalState.WAITING:
        confirmed = proposal.state == ProposalState.CONFIRMED
        text = r.t("The list of members is saved.") if confirmed else r.t("The list of members was discarded.")
        return Message(text, [b.section(("✔ " if confirmed else "") + text)], card="roster.preview")
    seen = await roster.preview(r.state, proposal.cluster_id, Roster.restored(proposal.rows))
    names = await roster.names_of(r.state, seen.not_listed)
    now, hours = r.tools.clock.now(), await cluster_rules.hours_of(r.state, proposal.cluster_id)
    later = None if is_open(now, hours) else next_slot(now, hours)
    blocks = views.preview(proposal.id, seen, names, r.t, later=later)
    is_one_of_several = len(await _led_by_reader(r)) > 1  # what is dropped in a conversation may name no cluster
    cluster = await cluster_rules.get(r.state, proposal.cluster_id)
    whose = [views.whose(cluster, r.t)] if is_one_of_several else []
    blocks[1:1] = [b.section(line) for line in whose]
    files = []
    if r.owed.how == How.POST and views.is_long(seen):
        content = write_workbook([views.marked_sheet(seen, r.t)])
        files.append(Attachment(SHEET_NAME, content, title=r.t("The list, row by row")))
    return Message("\n".join([views.preview_said(seen, names, r.t), *whose]), blocks, files, card="roster.preview")


async def _led_by_reader(r: Rendering) -> list[tuple[Member, Cluster]]:
    reader = await members.find(r.state, r.owed.member_id)
    account = account_of(reader) if reader is not None else None
    if reader is None or account is None:
        return []
    cluster = await cluster_rules.get(r.state, reader.cluster_id)
    return await members.led_by(r.state, cluster.team_id, account)


async def render_saved(r: Rendering) -> Message:
    """What saving did, and what is left to do."""
    counts = r.owed.params
    text = views.saved_text(Counter(counts["practices"]), Counter(counts["members"]), int(counts["matched"]), r.t)
    if later := counts.get("greets_at"):
        text = views.saved_for_later(Counter(counts["practices"]), Counter(counts["members"]), later, r.t)
    places, people_ = await practices.of_cluster(r.state, r.number), await members.of_cluster(r.state, r.number)
    begun = await first_steps.look(r.state, await cluster_rules.get(r.state, r.number), r.tools.clock.now())
    left = first_steps.beside(open_tasks(places, people_), begun.current)
    notes = [list_tasks.said(task, r.t) for task in left]
    blocks = [b.section(text), *list_tasks.lines(left, r.number, r.t), b.actions(open_members(r.number, r.t))]
    ahead = filter(None, [steps.text(begun, r.t)])
    return Message("\n".join([text, *notes, *ahead]), [*blocks, *steps.blocks(begun, r.t)])


feature = Feature(
    actions={
        Action.ROSTER_SAVE: Kept(save),
        Action.ROSTER_SAVE_NOW: Kept(save_now),
        Action.ROSTER_DROP: Kept(drop),
    },
    notices={
        Kinds.ROSTER_PREVIEW: Notice(render_preview),
        Kinds.ROSTER_SAVED: Notice(render_saved),
        Kinds.ROSTER_WHICH: Notice(render_which),
    },
    steps={"roster.forget": Step(forget, ahead=None)},
    errors={
        "roster.empty": N_("I recognised a list of members, but found no row that I could use."),
        "roster.several_sheets": N_(
            "There are people on several sheets: {sheets}. Send the list with only one of them, or hide the others."
        ),
        "roster.two_names": N_(
            "Several columns have headings for names (row {row}, columns {columns}), and I can't tell whose names are "
            "where. Call the one with the practices »Praksis« and the one with the people »Navn«, and send the list "
            "again."
        ),
        "roster.two_columns": N_(
            "Two columns have the same heading but don't say the same (row {row}, columns {columns}). Delete the one "
            "that doesn't count, or give it another heading, and send the list again."
        ),
        "roster.too_long": N_(
            "The list has {rows} rows; no cluster has more than {most} people. Send only the rows for your cluster."
        ),
        "roster.dropped": N_("This list is no longer waiting. Send it again if you want it used."),
        "roster.saved_already": N_("This list has already been saved."),
    },
    log={
        "roster.applied": N_("{who} saved a list of members"),
        "roster.dropped": N_("{who} discarded a list of members"),
    },
)
