"""`/klynge grafer`: what charts would hold, the release, and who hears of it."""

from __future__ import annotations

from cluster.charts import releases
from cluster.charts.room import Kinds
from cluster.errors import ClusterError
from cluster.packages.lookup import package_of
from cluster.rounds import agreements, rounds
from cluster.rounds.readiness import Readiness
from handlers.acting import leader
from handlers.blocks import actions, button, escape, section
from handlers.charts.ids import Action, View
from handlers.charts.views.openness import explained
from handlers.doors import Door, Shelf
from handlers.feature import Command, Direct, Feature, Form, HelpLine, Notice, Rendering, Told
from handlers.ids import number
from handlers.message import Message
from handlers.rounds.lookups import practice_of
from handlers.rounds.views import asks
from handlers.rounds.views.agreements import ask_button
from handlers.rounds.views.rounds import release_form
from handlers.rounds.views.status import stays_line
from handlers.turn import Turn
from handlers.undoing import Undoing
from locales import N_, Texts
from measures.disclosure.privacy import Openness
from storage.models import Round
from storage.words import RoundState


async def open_release(turn: Turn) -> None:
    """ "Send the charts?" with what they will hold. From the command, or from a round's button."""
    turn.require_coordinator()
    async with turn.look() as state:
        chosen = await rounds.get(state, number(turn.value)) if turn.value else None
        cluster_id = chosen.cluster_id if chosen is not None else turn.require_cluster().id
        await leader(state, turn, cluster_id)
        running = await rounds.running(state, cluster_id)
        opened = [each for each in running if each.state == RoundState.OPEN and each.held_until is None]
        if chosen is not None:
            _require_releasable(chosen)
            opened = [chosen]
        if not opened:
            for each in running:
                _require_releasable(each)
            raise ClusterError("round.nothing_to_release")
        ready = {each.id: await releases.readiness(state, each) for each in opened}
    if not any(each.contributing for each in ready.values()):
        raise ClusterError("round.no_numbers")
    explained = [_explain(each, ready[each.id], turn.t) for each in opened]
    await turn.open(release_form(turn.t, explained, opened[0].id))


def _require_releasable(round_: Round) -> None:
    if round_.state == RoundState.RELEASED:
        raise ClusterError("round.is_released")
    if round_.state != RoundState.OPEN:
        raise ClusterError("round.not_running")
    if round_.held_until is not None:
        raise ClusterError("round.is_held")


def _explain(round_: Round, ready: Readiness, t: Texts) -> tuple[int, str, str]:
    """What the charts of a round would hold if they were sent now."""
    title = asks.title(package_of(round_), t)
    said = t(
        "*{answered} of {total}* practices have answered, and *{contributing}* of them gave numbers.",
        answered=ready.tally.answered,
        total=ready.tally.total,
        contributing=ready.contributing,
    )
    if not ready.contributing:
        nothing = t("There is nothing to draw yet.")
        return round_.id, title, f"{said} {nothing}"
    if ready.shows_others:
        holds = t("Each practice sees its own number, the cluster as a whole, and the others as marks without names.")
        if round_.openness != Openness.CLOSED:
            holds += "\n" + explained(round_.openness, t)
    elif ready.shows_mean:
        holds = t(
            "That is fewer than the {needed} needed to show the others. Each practice sees its own number and the "
            "cluster as a whole, not the others one by one.",
            needed=ready.needed,
        )
    else:
        holds = t("That is too few for a comparison. Each practice sees its own number only.")
    if few := ready.contributing - ready.drawn:
        holds += "\n" + t.n(
            "{n} practice that answered by itself is not shown to the others: whoever sent the file for all practices "
            "knows the rest, and could work it out. It still gets its own chart.",
            "{n} practices that answered by themselves are not shown to the others: whoever sent the file for all "
            "practices knows the rest, and could work them out. They still get their own charts.",
            few,
        )
    later = t("Those who answer later get their own charts at once; the cluster's are updated after three new answers.")
    if stays := stays_line(package_of(round_), t):
        later += "\n" + stays
    return round_.id, title, f"{said}\n{holds}\n{later}"


async def release(turn: Turn) -> None:
    """Freeze and send."""
    async with turn.unit() as uow:
        round_ = await rounds.get(uow, _chosen(turn))
        member = await leader(uow, turn, round_.cluster_id)
        await releases.release(uow, round_, actor_id=member.id, now=turn.now)
        await uow.commit()


def _chosen(turn: Turn) -> int:
    return number(str(turn.state.get("round") or turn.metadata.get("round") or ""))


async def channel(r: Rendering) -> Message:
    """To the channel: a count, and nothing more."""
    return Message(
        r.t.n(
            "The charts have been sent privately to {n} practice. 📊",
            "The charts have been sent privately to {n} practices. 📊",
            int(r.owed.params["n"]),
        )
    )


async def released(r: Rendering) -> Message:
    """To the coordinators: how many got charts."""
    round_ = await rounds.get(r.state, r.number)
    ready = await releases.readiness(r.state, round_)
    practices, people = await releases.reach(r.state, round_)
    said = r.t(
        "The charts on {title} have been sent to {people} members of {practices} practices. {answered} of {total} "
        "practices have answered. Late numbers are still accepted.",
        title=asks.title(package_of(round_), r.t),
        people=people,
        practices=practices,
        answered=ready.tally.answered,
        total=ready.tally.total,
    )
    noted = await agreements.of_round(r.state, round_.id) is not None
    recall = actions(button(r.t("Recall the comparison"), Action.RECALL_OPEN, round_.id))
    return Message(said, [section(said), *([] if noted else [ask_button(round_.id, r.t)]), recall])


async def without(r: Rendering) -> Message | None:
    """To a practice that gave no numbers: it can still join."""
    part, round_ = await rounds.assignment(r.state, r.number)
    if round_.state != RoundState.RELEASED:
        return None
    practice = await practice_of(r.state, part)
    said = r.t(
        "The charts on {title} have been sent to those who gave numbers. *{practice}* can still join: send the "
        "numbers, and your own charts come here at once.",
        title=asks.title(package_of(round_), r.t),
        practice=escape(practice.name),
    )
    return Message(said, [section(said), asks.answer_buttons(part.id, r.t, later=False)])


feature = Feature(
    commands=[
        Command(
            ("grafer", "charts"),
            Direct(open_release),
            told=Told(
                70,
                readme=N_("each practice gets its own charts in a private message"),
                coordinator=N_("see what will be sent, and send"),
                hint=40,
            ),
            leads=True,
            help=(HelpLine(250, N_("send the charts"), leads=True),),
            door=Door(Action.CLUSTER_CHARTS, Shelf.NUMBERS, N_("Send the charts")),
        )
    ],
    actions={Action.ROUND_RELEASE: Direct(open_release)},
    forms={View.ROUND_RELEASE: Form(release)},
    notices={
        Kinds.FEEDBACK_CHANNEL: Notice(channel),
        Kinds.FEEDBACK_RELEASED: Notice(released),
        Kinds.FEEDBACK_WITHOUT: Notice(without),
    },
    undoings={
        "round.released": Undoing(
            why_not=N_(
                "The charts have been sent, and colleagues may have seen them, so I can't fetch them back. If a number "
                "in them is wrong, the comparison can be recalled."
            )
        ),
    },
    errors={
        "round.is_released": N_("The charts have already been sent. They are updated automatically with late answers."),
        "round.nothing_to_release": N_("No round is running, so there are no charts to send."),
        "round.gives_away": N_(
            "The charts can't be sent yet: together with those shown earlier they would give a single practice away. "
            "Wait for more answers."
        ),
        "round.no_numbers": N_("No practice has given numbers yet, so there is nothing to draw."),
    },
    log={
        "round.released": N_("{who} sent the charts about {subject}"),
        "round.renewed": N_("The charts about {subject} were updated"),
    },
)
