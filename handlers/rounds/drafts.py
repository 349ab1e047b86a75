"""A request for numbers that is kept as a draft, or waits for its hour: on the page of those who run the cluster and in
`/klynge status`, to be finished, sent or deleted."""

from __future__ import annotations

from cluster.clock import local
from cluster.notices import Owed
from cluster.packages import own_packages
from cluster.packages.lookup import package_of
from cluster.rounds import drafts, followups, planning, rounds
from cluster.rounds.room import Kinds
from cluster.undoing import OwnChange, Values
from handlers.acting import leader
from handlers.at_home import AtHome, HomeBlock
from handlers.errors import say
from handlers.feature import Direct, Feature, Kept, Notice, Rendering, Step
from handlers.ids import number
from handlers.message import Block, Message
from handlers.reminders.views.send_time import AT
from handlers.rounds import adapting
from handlers.rounds.ids import Action
from handlers.rounds.plan_form import ERRORS, filled_of, form_view
from handlers.rounds.views import drafts as views
from handlers.rounds.views.adapting import Adaptation
from handlers.turn import Tools, Turn
from handlers.undoing import Undoing
from locales import N_, Texts
from storage.models import Round
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import RoundState

PLACE = 51
"""Before the rounds that run."""


async def finish(turn: Turn) -> None:
    """The form as it was left."""
    async with turn.look() as state:
        draft = await drafts.get(state, number(turn.value))
        await leader(state, turn, draft.cluster_id)
        plan = await drafts.plan_of(state, draft)
        filled, adapted, again = filled_of(plan), None, None
        if draft.follows_id is not None:
            again = await followups.again(state, draft.follows_id, local(turn.now).date())
        else:
            offer = await own_packages.offer(state, draft.cluster_id, draft.package_id)
            if draft.package_text != offer.text:
                adapted = Adaptation(offer.package)
                filled |= adapting.filled_of(offer.package, package_of(draft), turn.t.lang)
        if draft.send_at is not None:
            filled["send"] = AT
        view = await form_view(
            turn,
            state,
            draft.cluster_id,
            again,
            adapted=adapted,
            filled=filled,
            kept={"draft": draft.id, "sequence": draft.sequence},
            waits_until=draft.send_at,
        )
    await turn.open(view)


async def send_now(turn: Turn) -> None:
    """Ask the practices before the hour that was chosen."""
    async with turn.unit() as uow:
        draft = await drafts.get(uow, number(turn.value))
        by = await leader(uow, turn, draft.cluster_id)
        await drafts.send(uow, draft, await drafts.plan_of(uow, draft), by=by, now=turn.now)
        await uow.commit()


async def drop(turn: Turn) -> None:
    """Delete a draft."""
    async with turn.unit() as uow:
        draft = await drafts.get(uow, number(turn.value))
        by = await leader(uow, turn, draft.cluster_id)
        await drafts.drop(uow, draft, by=by, now=turn.now)
        await uow.commit()


async def ask_step(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The chosen hour has come."""
    await drafts.come_due(uow, await rounds.get(uow, owed.number), now=tools.clock.now())


async def _draft(r: Rendering) -> Round | None:
    found = await rounds.get(r.state, r.number)
    return found if found.state == RoundState.DRAFT else None


async def render_drafted(r: Rendering) -> Message | None:
    """That it is kept, and that nobody has heard of it."""
    draft = await _draft(r)
    if draft is None:
        return None
    about = views.named(draft, r.t)
    if draft.send_at is not None:
        said = r.t(
            "It waits: {request}. The practices are asked on {moment}. Until then nobody else has heard of it, and you "
            "can change or delete it here and on your Home page.",
            request=about,
            moment=r.t.moment(draft.send_at),
        )
    else:
        said = r.t(
            "Kept as a draft: {request}. Nobody else has heard of it, and nothing is sent before you send it. It "
            "stands on your Home page and in /klynge status.",
            request=about,
        )
    return Message(said, views.one(said, draft, r.t))


async def render_waits(r: Rendering) -> Message | None:
    """To whoever wrote it, once: it still lies there."""
    draft = await _draft(r)
    if draft is None or draft.send_at is not None:
        return None
    said = r.t(
        "You kept a request for numbers as a draft: {request}. Nobody has been asked yet.",
        request=views.named(draft, r.t),
    )
    return Message(said, views.one(said, draft, r.t))


async def render_not_sent(r: Rendering) -> Message | None:
    """The hour came, and something was in the way."""
    draft = await _draft(r)
    if draft is None or draft.send_at is not None:
        return None
    plan = await drafts.plan_of(r.state, draft)
    wrong = await planning.flaws(r.state, draft.cluster_id, plan, r.tools.clock.now())
    said = r.t(
        "I did not ask the practices: {request}. It is a draft again, and nobody has heard of it.",
        request=views.named(draft, r.t),
    )
    said = "\n".join((said, *(say(each, r.t, ERRORS) for each in wrong)))
    return Message(said, views.one(said, draft, r.t))


def _shown(at: AtHome) -> list[Block]:
    return views.shown(at.part.lead.requests, at.t, at.now) if at.part.lead is not None else []


async def _named(state: Reading, change: OwnChange, t: Texts) -> str:
    return t("the draft {request}", request=views.named(await rounds.get(state, change.number), t))


def _said(values: Values, t: Texts) -> str:
    return t("kept") if values["state"] == RoundState.DRAFT else t("deleted")


feature = Feature(
    actions={
        Action.ROUND_ASK: Kept(send_now),
        Action.ROUND_DROP: Kept(drop),
        Action.ROUND_FINISH: Direct(finish),
    },
    notices={
        Kinds.ROUND_DRAFT_WAITS: Notice(
            render_waits, ahead=N_("A draft that has not been sent, recalled to whoever wrote it")
        ),
        Kinds.ROUND_DRAFTED: Notice(render_drafted),
        Kinds.ROUND_NOT_SENT: Notice(render_not_sent),
    },
    steps={drafts.STEP: Step(ask_step, ahead=N_("The practices are asked for numbers"))},
    home=[HomeBlock(PLACE, _shown, is_led=True)],
    log={
        "round.drafted": N_("{who} kept a request for numbers about {subject} as a draft"),
        "round.set_to_send": N_("{who} chose when the practices are asked for numbers about {subject}"),
        drafts.DROPPED: N_("{who} deleted the draft of a request for numbers about {subject}"),
    },
    undoings={
        "round.drafted": Undoing(
            why_not=N_("The draft is kept, and nobody else has heard of it. Finish or delete it on your Home page.")
        ),
        "round.set_to_send": Undoing(
            why_not=N_("Nobody has been asked yet. Change or delete the request on your Home page.")
        ),
        drafts.DROPPED: Undoing(_named, _said, drafts.state_now, drafts.put_back, leads=True),
    },
)
