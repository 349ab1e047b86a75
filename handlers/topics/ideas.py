"""`/klynge emner` and `/klynge forslag`: what the cluster could take up, suggested by anybody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cluster.errors import ClusterError
from cluster.members import cluster_rules
from cluster.packages.catalogue import meant_by
from cluster.submissions.submissions import VerdictPlace
from cluster.topics import ideas
from cluster.topics import undoing as back
from cluster.topics.ideas import Suggestion
from cluster.topics.room import Kinds
from cluster.undoing import OwnChange
from handlers.acting import actor, place_of
from handlers.blocks import escape, section
from handlers.doors import Door, Shelf
from handlers.errors import say
from handlers.feature import Command, Direct, Feature, Form, HelpLine, Kept, Notice, Rendering, Told
from handlers.ids import number
from handlers.message import Message
from handlers.saying import PRIVATELY
from handlers.topics import lists, tidying
from handlers.topics.errors import ERRORS
from handlers.topics.ids import Action, View
from handlers.topics.views import ideas as views
from handlers.turn import Turn
from handlers.undoing import Undoing
from locales import N_, Texts
from storage.models import Member
from storage.unit_of_work import Reading, UnitOfWork

TYPED = re.compile(r"(?is)\s*(?:emneforslag|forslag(?: til emner?)?|topic suggestion|suggestion)s?\s*:\s*(\S.*)")
MOST_LINES = 10
"""Suggestions in one message, each on a line of its own."""


async def open_form(turn: Turn) -> None:
    """The form, with what was written after the command."""
    cluster_id = turn.require_cluster().id
    turn.require_member()
    async with turn.look() as state:
        choices = lists.options(await lists.packages_of(state, cluster_id), turn.t)
    await turn.open(views.form(turn.t, choices, cluster_id=cluster_id, words=turn.words.strip()))


async def check_form(turn: Turn) -> dict[str, str] | None:
    """Try it in a unit of work that is never kept."""
    try:
        async with turn.tools.unit(None) as uow:
            member = await actor(uow, turn, number(turn.metadata.get("cluster")))
            await ideas.suggest(uow, member, await _suggestion(uow, turn, member), now=turn.now)
    except ClusterError as error:
        return {error.field or "words": say(error, turn.t, ERRORS)}
    return None


async def _suggestion(state: Reading, turn: Turn, member: Member) -> Suggestion:
    words, package_id = str(turn.state.get("words") or ""), await lists.package_of(state, turn, member.cluster_id)
    return Suggestion(words, package_id, "yes" in (turn.state.get(views.NAMED) or []))


async def keep_form(turn: Turn) -> None:
    """Keep the suggestion."""
    async with turn.unit() as uow:
        member = await actor(uow, turn, number(turn.metadata.get("cluster")))
        await _keep(uow, turn, member, [await _suggestion(uow, turn, member)], PRIVATELY)
        await uow.commit()


async def receive_words(turn: Turn) -> bool:
    """ "Forslag: PPI", in a message: each line is a suggestion. False when it is none."""
    found = TYPED.fullmatch(turn.words)
    if found is None or turn.member is None:
        return False
    lines = [line.strip(" \t•*-–") for line in found[1].splitlines()]
    lines = [line for line in lines if line][:MOST_LINES]
    async with turn.unit() as uow:
        member = await actor(uow, turn, turn.member.cluster_id)
        packages = await lists.packages_of(uow, member.cluster_id)
        said = []
        for line in lines:
            meant = meant_by(packages, line)
            said.append(Suggestion(line, meant.id if meant is not None else ""))
        await _keep(uow, turn, member, said, place_of(turn))
        await uow.commit()
    return True


async def _keep(uow: UnitOfWork, turn: Turn, member: Member, said: Sequence[Suggestion], place: VerdictPlace) -> None:
    kept = [await ideas.suggest(uow, member, each, now=turn.now) for each in said]
    new = [idea.id for idea, is_new in kept if is_new]
    all_of_them = list(dict.fromkeys(idea.id for idea, _ in kept))
    await lists.tell(uow, turn, member, Kinds.IDEA_NOTED, all_of_them[0], place, ideas=all_of_them, new=new)


async def noted(r: Rendering) -> Message | None:
    """To the one who suggested: what is in the list now."""
    cluster = await cluster_rules.get(r.state, r.owed.cluster_id or 0)
    wanted, reader = [int(each) for each in r.owed.params["ideas"]], r.owed.member_id or 0
    found = {each.idea.id: each for each in await ideas.listed(r.state, cluster.id, reader)}
    shown = [found[each] for each in wanted if each in found]
    if not shown:
        return None
    own = [each.idea.id for each in shown if each.idea.suggested_by == reader]
    said = views.noted(shown, r.owed.params["new"], own, escape(cluster.name), r.t)
    return Message(said, [section(said), views.noted_buttons(shown, own, cluster.id, r.t)])


async def wish(turn: Turn) -> None:
    """ "I want it too"."""
    await _wished(turn, is_wanted=True)


async def unwish(turn: Turn) -> None:
    """ "I don't want it any more"."""
    await _wished(turn, is_wanted=False)


async def _wished(turn: Turn, *, is_wanted: bool) -> None:
    async with turn.unit() as uow:
        idea = await ideas.get(uow, number(turn.value))
        member = await actor(uow, turn, idea.cluster_id)
        await (ideas.wish if is_wanted else ideas.unwish)(uow, idea, member)
        await uow.commit()
    await lists.show_again(turn, member)


async def name_it(turn: Turn) -> None:
    """The own name beside the own suggestion."""
    await _named(turn, is_named=True)


async def unname_it(turn: Turn) -> None:
    """The own name is hidden again."""
    await _named(turn, is_named=False)


async def _named(turn: Turn, *, is_named: bool) -> None:
    async with turn.unit() as uow:
        idea = await ideas.get(uow, number(turn.value))
        member = await actor(uow, turn, idea.cluster_id)
        ideas.show_name(idea, member, is_named=is_named)
        await lists.tell(uow, turn, member, Kinds.IDEA_NOTED, idea.id, ideas=[idea.id], new=[idea.id])
        await uow.commit()


async def _idea(state: Reading, change: OwnChange, t: Texts) -> str:
    return t("the suggestion “{words}”", words=escape((await ideas.get(state, change.number)).words))


feature = Feature(
    commands=[
        Command(
            ("emner", "topics"),
            Direct(lists.show),
            told=Told(
                35,
                readme=N_("everybody suggests topics and says which they want; nobody sees who"),
                coordinator=N_("the suggested topics with how many want each, what you have had; coordinator: tidy"),
                member=N_("the suggested topics: say which you want, and see what you have had"),
            ),
            help=(HelpLine(72, N_("the topics that are suggested, and those you have had")),),
            door=Door(Action.CLUSTER_TOPICS, Shelf.CLUSTER, N_("Topics")),
        ),
        Command(
            ("forslag", "suggest"),
            Direct(open_form),
            told=Told(
                36,
                readme=N_("in a form, or “forslag: …” in the conversation with me"),
                coordinator=N_("suggest a topic"),
                member=N_("suggest a topic; or write “forslag: …” to me"),
            ),
            help=(HelpLine(73, N_("suggest a topic")),),
            door=Door(Action.CLUSTER_SUGGEST, Shelf.CLUSTER, N_("Suggest a topic")),
        ),
    ],
    actions={
        Action.CLUSTER_TOPICS_HAD: Direct(lists.show_had),
        Action.IDEA_DROP: Kept(tidying.drop),
        Action.IDEA_NAME: Kept(name_it),
        Action.IDEA_TIDY: Direct(tidying.open_form),
        Action.IDEA_UNNAME: Kept(unname_it),
        Action.IDEA_UNWISH: Kept(unwish),
        Action.IDEA_WISH: Kept(wish),
    },
    forms={
        View.IDEA_FORM: Form(keep_form, check_form),
        View.IDEA_TIDY: Form(tidying.keep, tidying.check),
    },
    notices={Kinds.IDEA_NOTED: Notice(noted), Kinds.IDEA_TIDIED: Notice(tidying.tidied)},
    undoings={
        ideas.SUGGESTED: Undoing(_idea, now_is=back.state_now, put_back=back.withdraw),
        ideas.TIDIED: Undoing(_idea, now_is=back.tidy_now, put_back=back.untidy, leads=True),
    },
    log={ideas.TIDIED: N_("{who} tidied the suggested topics")},
    errors=ERRORS,
)
