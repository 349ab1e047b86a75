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
from measures.reading.table import Table
from measures.sheets.sheets import write_workbook
from storage.models import Member, RosterImport
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, ProposalState

SHEET_NAME = "medlemsliste.xlsx"

is_roster = roster.is_roster


async def receive(turn: Turn, table: Table) -> None:
    """Keep a list that was sent in and show what it would change."""
    member, cluster = turn.require_coordinator(), turn.require_cluster()
    async with turn.unit() as uow:
        await roster.propose(uow, cluster.id, roster.read_roster(table), now=turn.now, member_id=member.id)
        await uow.commit()


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
    whose = await _whose(r, proposal.cluster_id)
    blocks[1:1] = [b.section(line) for line in whose]
    files = []
    if r.owed.how == How.POST and views.is_long(seen):
        content = write_workbook([views.marked_sheet(seen, r.t)])
        files.append(Attachment(SHEET_NAME, content, title=r.t("The list, row by row")))
    return Message("\n".join([views.preview_said(seen, names, r.t), *whose]), blocks, files, card="roster.preview")


async def _whose(r: Rendering, cluster_id: int) -> list[str]:
    """Which cluster the list would change, to whoever runs several: what is dropped in a conversation names none."""
    reader, cluster = await members.find(r.state, r.owed.member_id), await cluster_rules.get(r.state, cluster_id)
    account = account_of(reader) if reader is not None else None
    if account is None:
        return []
    mine = await members.memberships(r.state, cluster.team_id, account)
    led = [each.id for member, each in mine if member.role in members.LEADERS]
    return [views.whose(cluster, r.t)] if len(led) > 1 else []


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
    notices={Kinds.ROSTER_PREVIEW: Notice(render_preview), Kinds.ROSTER_SAVED: Notice(render_saved)},
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
