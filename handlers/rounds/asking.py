"""`/klynge data`: the coordinator asks for numbers; whom, when and how it looks is seen before it goes to many."""

from __future__ import annotations

from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members.cluster_rules import hours_of
from cluster.packages import own_packages
from cluster.rounds import drafts, followups, planning, rounds
from cluster.rounds.planning import NEVER_RIGHT, Plan
from cluster.rounds.room import Kinds
from cluster.subjects import ROUND
from cluster.topics import ideas
from handlers.acting import leader
from handlers.blocks import Option, suggested
from handlers.errors import say
from handlers.ids import number
from handlers.reminders import send_time
from handlers.reminders.send_time import is_draft, lacks_time, send_at
from handlers.reminders.views.send_time import AT
from handlers.rounds import previewing
from handlers.rounds.plan_form import ERRORS, candidates_of, cluster_of, form_view, plan_of, whole
from handlers.rounds.views.adapting import Adaptation
from handlers.rounds.views.rounds import LEAVE_OUT
from handlers.saying import answer
from handlers.topics import repeating
from handlers.turn import ShownAgain, Turn
from storage.models import Round
from storage.unit_of_work import Look, Reading, UnitOfWork

KEPT = ("draft", "sequence", "seen")
"""What the form's metadata holds beside what it is about, and keeps when it is shown again."""


async def open_form(turn: Turn) -> None:
    """Show the form, filled in with what is likely."""
    turn.require_coordinator()
    cluster = turn.require_cluster()
    async with turn.look() as state:
        view = await form_view(turn, state, cluster.id)
    await turn.open(view)


async def open_for_idea(turn: Turn) -> None:
    """The form with the package of a topic that was decided on; its value is the suggestion."""
    async with turn.look() as state:
        idea = await ideas.get(state, number(turn.value))
        by = await leader(state, turn, idea.cluster_id)
        view = await form_view(turn, state, by.cluster_id, filled={"package": idea.package_id})
    await turn.show(view)


async def open_adaptation(turn: Turn) -> None:
    """The form again, with what can be adapted in the chosen package; what was filled in stays."""
    cluster_id = cluster_of(turn)
    async with turn.look() as state:
        await leader(state, turn, cluster_id)
        offer = await own_packages.offer(state, cluster_id, str(turn.state.get("package", "")))
        adapted, kept = Adaptation(offer.package), _kept(turn)
        view = await form_view(turn, state, cluster_id, adapted=adapted, filled=turn.state, kept=kept)
    await turn.show(view)


def _kept(turn: Turn) -> dict[str, object]:
    return {name: turn.metadata[name] for name in KEPT if name in turn.metadata}


async def check_form(turn: Turn) -> dict[str, str] | ShownAgain | None:
    """Every field that cannot be right, with its sentence; else the form with what will be sent above it."""
    plan, wrong = plan_of(turn.state)
    cluster_id = cluster_of(turn)
    async with turn.look() as state:
        await leader(state, turn, cluster_id)
        await opened(state, turn, cluster_id)
        if plan is not None:
            try:
                plan = await whole(state, turn, cluster_id, plan)
                wrong = await _flaws(state, turn, cluster_id, plan)
            except ClusterError as error:
                wrong = [error]
        if plan is not None and not wrong and not is_draft(turn):
            return await _shown_first(state, turn, cluster_id, plan)
    top = "measures" if turn.metadata.get("package") else "package"
    fields = [top if error.field in (None, "package") else _shown(str(error.field), turn) for error in wrong]
    return dict(zip(fields, (say(error, turn.t, ERRORS) for error in wrong), strict=True)) or None


async def _flaws(state: Reading, turn: Turn, cluster_id: int, plan: Plan) -> list[ClusterError]:
    found = await planning.flaws(state, cluster_id, plan, turn.now)
    if is_draft(turn):
        return [each for each in found if each.code in NEVER_RIGHT]
    hours, is_chosen = await hours_of(state, cluster_id), turn.state.get("send") == AT
    if send_time.is_past(turn, hours):
        found.append(ClusterError("round.sent_in_past", field="send_day"))
    elif not found and plan.deadline <= send_at(turn, hours):
        found.append(ClusterError("round.sent_too_late", field="send_day" if is_chosen else "send"))
    return found


async def _shown_first(state: Look, turn: Turn, cluster_id: int, plan: Plan) -> ShownAgain | None:
    """The form once more: with a day and an hour where they lack, else with what goes out, until that was seen."""
    kept, above = _kept(turn), []
    if not lacks_time(turn):
        seen = previewing.print_of(plan, turn)
        if kept.get("seen") == seen:
            return None
        kept["seen"] = seen
        above = await previewing.preview(state, turn, cluster_id, plan)
        if not turn.metadata.get("follows"):  # measured again on purpose
            above = [*await repeating.warning(state, turn, cluster_id, package_id=plan.package_id), *above]
    follows, adapting = turn.metadata.get("follows"), str(turn.metadata.get("package") or "")
    again = await followups.again(state, number(follows), local(turn.now).date()) if follows else None
    adapted = Adaptation((await own_packages.offer(state, cluster_id, adapting)).package) if adapting else None
    view = await form_view(turn, state, cluster_id, again, adapted=adapted, filled=turn.state, kept=kept, above=above)
    return ShownAgain(view)


def _shown(field: str, turn: Turn) -> str:
    """The field of the form at which a mistake is told: a practice may have no line of its own."""
    return LEAVE_OUT if field.startswith("who.") and field not in turn.state else field


async def suggest_practices(turn: Turn) -> list[Option]:
    """Practices to leave out whose names fit what is typed."""
    cluster_id = cluster_of(turn)
    async with turn.look() as state:
        await leader(state, turn, cluster_id)
        candidates = await candidates_of(state, cluster_id, {})
    return suggested([(str(each.practice_id), each.name) for each in candidates if each.people], turn.words)


async def opened(state: Reading, turn: Turn, cluster_id: int) -> Round | None:
    """The draft that the form is about; refused where it is another than was opened."""
    key, sequence = turn.metadata.get("draft"), turn.metadata.get("sequence")
    if not key:
        return None
    found = await drafts.opened(state, number(key), number(sequence))
    if found.cluster_id != cluster_id:
        raise ClusterError("round.unknown")
    return found


async def begin(turn: Turn) -> None:
    """Open the round: everybody is asked in the same transaction. Or keep what is to be sent later."""
    plan, wrong = plan_of(turn.state)
    if plan is None:
        raise wrong[0]
    cluster_id = cluster_of(turn)
    async with turn.unit() as uow:
        by = await leader(uow, turn, cluster_id)
        plan = await whole(uow, turn, cluster_id, plan)
        draft = await opened(uow, turn, cluster_id)
        at = send_at(turn, await hours_of(uow, cluster_id))
        if is_draft(turn) or at > turn.now:
            waits_until = None if is_draft(turn) else at
            if draft is None:
                draft = await drafts.keep(uow, cluster_id, plan, by=by, now=turn.now, send_at=waits_until)
            else:
                await drafts.rewrite(uow, draft, plan, by=by, now=turn.now, send_at=waits_until)
            await _reply(uow, turn, draft, by.id)
        elif draft is not None:
            await drafts.send(uow, draft, plan, by=by, now=turn.now)
        else:
            await rounds.begin(uow, cluster_id, plan, actor_id=by.id, now=turn.now)
        await uow.commit()


async def _reply(uow: UnitOfWork, turn: Turn, draft: Round, member_id: int) -> None:
    subject, cluster_id = ROUND.about(draft.id), draft.cluster_id
    await answer(uow, turn, Kinds.ROUND_DRAFTED, member_id=member_id, cluster_id=cluster_id, subject=subject)
