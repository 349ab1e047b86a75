"""Setting up: the bot is invited, the coordinator says what the cluster has agreed, somebody takes the lead."""

from __future__ import annotations

from typing import Any

from cluster import quiet
from cluster.errors import ClusterError
from cluster.members import cluster_rules, members
from cluster.members.belonging import cluster_of_channel
from cluster.members.cluster_rules import AgreedRules
from cluster.members.titles import listed
from cluster.onboarding import first_steps as looking
from cluster.onboarding import setup
from cluster.onboarding.first_steps import Begun
from cluster.onboarding.room import Kinds
from handlers import blocks as b
from handlers import people
from handlers.doors import Door, Shelf
from handlers.errors import sentence
from handlers.feature import Command, Direct, Feature, Form, HelpLine, Kept, Notice, Rendering, Told
from handlers.ids import number
from handlers.message import Message
from handlers.onboarding import newcomers
from handlers.onboarding.by_file import empty_list
from handlers.onboarding.ids import Action, View
from handlers.onboarding.views import first_steps
from handlers.onboarding.views import setup as views
from handlers.saying import answer_leader
from handlers.turn import Turn
from locales import N_

ERRORS = {
    "setup.invite_first": N_(
        "I have not been added to this channel yet. Write /invite @Klyngebot in your cluster's channel, and then we "
        "can begin."
    ),
    "setup.has_coordinator": N_(
        "The cluster already has a coordinator. Ask the coordinator to share the role with you."
    ),
    "setup.members_only": N_("Only a member of the cluster can become its coordinator."),
    "setup.no_guest": N_(
        "A guest in the workspace cannot take over the cluster. A colleague with an account of their own can, and can "
        "make you coordinator under Members."
    ),
    "setup.not_here": N_("Only somebody from this workspace can coordinate the cluster."),
    "setup.name_missing": N_("Give the cluster a name."),
    "setup.region_unknown": N_("Choose one of the regions."),
    "setup.share_outside": N_("Write a whole number between 0 and 100."),
    "setup.number_unreadable": N_("Write a whole number, for instance 60."),
    "setup.hours_outside": N_("Reminders may begin between 8:00 and 16:00."),
    "setup.hours_backwards": N_("Reminders must end after they begin, and at 17:00 at the latest."),
    "setup.preparation_outside": N_("Write a number of minutes between 0 and 600."),
    "setup.openness_unknown": N_("Choose one of the four."),
    "setup.evaluation_unknown": N_("Choose one of the three."),
    "setup.consent_unknown": N_("Choose one of the three."),
    "setup.quiet_too_long": N_("That is more than {most} days of the year. Choose fewer weeks."),
    "setup.quiet_unreadable": N_("I cannot read “{words}”. Write weeks or days, for instance: 7, 29-31, 22/12-2/1."),
    "setup.titles_too_long": N_("Write at most {most} characters."),
    "setup.too_few_practices": N_("It takes at least {least} practices; otherwise numbers could be guessed."),
}
NUMBERS = ("required_share", "reminders_from", "reminders_to", "preparation_minutes", "min_practices", "release_share")
CHANNELS = ("C", "G")
"""How the ids of channels begin, public and private."""
CHOSEN_NUMBERS = ("consent_months",)


async def joined(turn: Turn) -> None:
    """Somebody came into a channel: the bot itself, or a person who may be on a list."""
    slack, event = turn.tools.slack, turn.body["event"]
    if event["user"] != await people.our_user_id(slack):
        await newcomers.look_again(turn)
        return
    inviter = await people.fetch_inviter(slack, turn.tools.home, turn.channel_id, str(event.get("inviter") or ""))
    async with turn.unit() as uow:
        await setup.begin(uow, team_id=turn.team_id, channel_id=turn.channel_id, inviter=inviter, now=turn.now)
        await uow.commit()


async def left(turn: Turn) -> None:
    """Somebody left a channel; it matters when it is the bot."""
    event = turn.body["event"]
    if event["type"] == "member_left_channel" and event["user"] != await people.our_user_id(turn.tools.slack):
        return
    async with turn.unit() as uow:
        cluster = await cluster_of_channel(uow, turn.team_id, turn.channel_id)
        if cluster is not None:
            await setup.removed(uow, cluster, now=turn.now)
        await uow.commit()


async def claim(turn: Turn) -> None:
    """ "I am the coordinator", pressed in the channel."""
    person = await people.fetch_person(turn.tools.slack, turn.tools.home, turn.user_id)
    if person is None or person.outsider:
        raise ClusterError("setup.not_here")
    async with turn.unit() as uow:
        cluster = await cluster_rules.get(uow, number(turn.value))
        if (cluster.team_id, cluster.channel_id) != (turn.team_id, turn.channel_id):
            raise ClusterError("cluster.unknown")  # the question stands in the cluster's own channel, and nowhere else
        await setup.lead(uow, cluster, person, now=turn.now)
        await uow.commit()


async def show_form(turn: Turn) -> None:
    """Open the form with what holds now. In a channel where the bot is and nobody told it so, the cluster begins."""
    if turn.kind == "command" and (begun := await _begin_here(turn)) is not None:
        await _open_form(turn, begun)
        return
    if turn.cluster is None:
        raise ClusterError("setup.invite_first")
    turn.require_coordinator()
    await _open_form(turn, turn.cluster.id)


async def _open_form(turn: Turn, cluster_id: int) -> None:
    async with turn.look() as state:
        cluster = await cluster_rules.get(state, cluster_id)
        agreed = cluster_rules.as_agreed(cluster, await cluster_rules.rules_of(state, cluster.id))
    await turn.open(views.form(cluster_id, agreed, turn.t))


async def _begin_here(turn: Turn) -> int | None:
    """The cluster of a channel that the bot came into without hearing of it; None when there is nothing to begin.

    Slack may lose the word of it, and a bot that was there before its program first ran never got one.
    """
    if not turn.channel_id.startswith(CHANNELS):
        return None
    async with turn.look() as state:
        if await cluster_of_channel(state, turn.team_id, turn.channel_id) is not None:
            return None
    if not await people.are_we_in(turn.tools.slack, turn.channel_id):
        return None
    person = await people.fetch_person(turn.tools.slack, turn.tools.home, turn.user_id)
    async with turn.unit() as uow:
        cluster = await setup.begin(uow, team_id=turn.team_id, channel_id=turn.channel_id, inviter=person, now=turn.now)
        if person is None or await members.by_slack(uow, cluster.id, person.account) is None:
            await uow.commit()
            raise ClusterError("setup.not_here")
        await uow.commit()
        return cluster.id


async def check_form(turn: Turn) -> dict[str, str] | None:
    """Everything that is wrong with the form, by field."""
    turn.require_coordinator()
    agreement, wrong = read_form(turn)
    flaws = wrong or cluster_rules.flaws(agreement)
    return {str(flaw.field): sentence(flaw.code, flaw.params, turn.t, ERRORS) for flaw in reversed(flaws)} or None


async def save_form(turn: Turn) -> None:
    """Keep the agreement and tell what holds."""
    member, cluster = turn.require_coordinator(), turn.require_cluster()
    agreement, wrong = read_form(turn)
    if wrong:
        raise wrong[0]
    async with turn.unit() as uow:
        first, changed = await cluster_rules.agree(uow, cluster.id, agreement, now=turn.now, actor_id=member.id)
        await answer_leader(uow, turn, member, "setup.agreed", first=first, changed=changed)
        await uow.commit()


def read_form(turn: Turn) -> tuple[AgreedRules, list[ClusterError]]:
    """The form as an agreement, and the numbers that are none."""
    said, wrong = turn.state, []
    numbers: dict[str, Any] = {}
    for field in NUMBERS:
        written = str(said.get(field, "")).strip()
        if written.isdecimal() and len(written) < 6:
            numbers[field] = int(written)
        else:
            wrong.append(ClusterError("setup.number_unreadable", field=field))
    for field in CHOSEN_NUMBERS:
        chosen = str(said.get(field) or "0")
        numbers[field] = int(chosen) if chosen.isdecimal() else -1
    return (
        AgreedRules(
            name=str(said.get("name", "")),
            region=str(said.get("region", "")),
            attendance_registered=said.get("attendance_registered") != "no",
            excused_counts=said.get("excused_counts") != "no",
            openness=str(said.get("openness", "")),
            evaluation=str(said.get("evaluation") or "").removeprefix("none"),
            quiet=_quiet(str(said.get("quiet") or "")),
            more_titles=", ".join(listed(str(said.get("more_titles") or ""))),
            **numbers,
        ),
        wrong,
    )


def _quiet(words: str) -> str:
    """As it is kept; what cannot be read is left as it was written, and refused."""
    try:
        return quiet.written(quiet.read(words))
    except ValueError:
        return words


async def render_greeting(r: Rendering) -> Message:
    """Hello to the coordinator."""
    begun = await _begun(r)
    return Message(f"{views.greeting_text(r.t)}\n{first_steps.text(begun, r.t)}", views.greeting(begun, r.t))


async def _begun(r: Rendering) -> Begun:
    return await looking.look(r.state, await cluster_rules.get(r.state, r.number), r.tools.clock.now())


async def render_claim(r: Rendering) -> Message | None:
    """The question in the channel, while nobody coordinates."""
    if await members.coordinators(r.state, r.number):
        return None
    return Message(views.claim_text(r.t), views.claim(r.number, r.t))


async def render_removed(r: Rendering) -> Message:
    """The bot was taken out of the channel."""
    return Message(
        r.t(
            "I have been removed from the cluster's channel. Reminders and questions to the members go on, but I can "
            "no longer write in the channel. If that was a mistake, invite me again; nothing is lost."
        )
    )


async def render_agreed(r: Rendering) -> Message:
    """What holds now, and in a cluster that is on its way what comes next."""
    cluster = await cluster_rules.get(r.state, r.number)
    agreed = cluster_rules.as_agreed(cluster, await cluster_rules.rules_of(r.state, cluster.id))
    first = bool(r.owed.params["first"])
    head, lines = views.agreed_text(first, bool(r.owed.params["changed"]), r.t), views.agreed_lines(agreed, r.t)
    begun = await _begun(r)
    text, blocks = f"{head}\n{lines}", [b.section(head), b.section(lines)]
    if begun.current is None:
        return Message(text, [*blocks, b.actions(b.button(r.t("Change"), Action.CLUSTER_SET_UP, cluster.id))])
    text, blocks = f"{text}\n{first_steps.text(begun, r.t)}", [*blocks, *first_steps.blocks(begun, r.t)]
    if not first or begun.practices:
        return Message(text, blocks)
    attached = views.attached_list(r.t)
    return Message(f"{text}\n{attached}", [*blocks, b.context(attached)], [await empty_list(r)])


feature = Feature(
    commands=[
        Command(
            ("opsæt", "setup"),
            Direct(show_form),
            told=Told(
                10,
                readme=N_("the cluster's name and rules are agreed"),
                coordinator=N_(
                    "what the cluster has agreed. If the bot is already in the channel and has said nothing, it begins "
                    "here"
                ),
                hint=90,
            ),
            leads=True,
            begins=True,
            help=(HelpLine(320, N_("what the cluster has agreed"), leads=True),),
            door=Door(Action.CLUSTER_SET_UP, Shelf.CLUSTER, N_("Setup")),
        )
    ],
    actions={Action.CLUSTER_CLAIM: Kept(claim)},
    forms={View.CLUSTER_FORM: Form(save_form, check_form)},
    events={
        "member_joined_channel": Kept(joined),
        "member_left_channel": Kept(left),
        "channel_left": Kept(left),
        "group_left": Kept(left),
    },
    notices={
        Kinds.SETUP_GREETING: Notice(render_greeting),
        Kinds.SETUP_CLAIM: Notice(render_claim),
        Kinds.SETUP_REMOVED: Notice(render_removed),
        Kinds.SETUP_AGREED: Notice(render_agreed),
    },
    errors=ERRORS,
    log={
        "cluster.begun": N_("Klyngebot was invited to the channel"),
        "cluster.removed_from_channel": N_("Klyngebot was removed from the channel"),
        "coordinator.taken": N_("{who} became coordinator"),
        "rules.agreed": N_("{who} saved what the cluster agreed"),
    },
)
