"""`/klynge tragt`: the coordinator's own practice in a funnel, to learn from how far apart practices usually lie.

It shows its own point and the limits, and nobody else: a point of another's would tell its size, and the size its name.
"""

from __future__ import annotations

from cluster.charts import decks
from cluster.charts.room import Kinds
from cluster.clock import local
from cluster.disclosure.sights import Sight, find_sight
from cluster.errors import ClusterError
from cluster.members import members
from cluster.members.places import is_one_of
from cluster.packages.lookup import package_of
from cluster.subjects import ROUND
from handlers.blocks import context, escape, header, image, section
from handlers.charts.ids import Action
from handlers.charts.own_charts import release_of
from handlers.charts.views.own_charts import LONGEST_ALT
from handlers.doors import Door, Shelf
from handlers.feature import Command, Feature, HelpLine, Kept, Notice, Rendering, Told
from handlers.message import Attachment, Block, Message
from handlers.rounds.lookups import period_of
from handlers.rounds.views import asks
from handlers.saying import answer
from handlers.turn import Turn
from locales import N_, Texts
from measures.charts.chart import About, render_all
from measures.charts.comparing import frozen
from measures.charts.funnel import compose_funnel
from measures.charts.graph import Graph
from measures.statistics.funnel import FEWEST_FOR_DISPERSION
from storage.words import How


async def ask(turn: Turn) -> None:
    """The funnels of the newest charts, for those who coordinate."""
    member, cluster = turn.require_coordinator(), turn.require_cluster()
    async with turn.unit() as uow:
        release = await decks.newest_release(uow, cluster.id)
        if release is None:
            raise ClusterError("deck.no_charts")
        if member.practice_id is None or not is_one_of(member, member.practice_id):
            raise ClusterError("funnel.no_practice")
        await answer(
            uow,
            turn,
            "funnel.ready",
            member_id=member.id,
            cluster_id=cluster.id,
            subject=ROUND.about(release.round_id),
            release=release.id,
            practice=member.practice_id,
        )
        await uow.commit()


def draw(sight: Sight, t: Texts) -> list[tuple[str, Graph]]:
    """A funnel for each measure that can have one: attachment name and picture."""
    package, found = package_of(sight.round), []
    sent = t.date(local(sight.own.settled_at or sight.own.created_at).date())
    words = About(sight.practice.name, period_of(sight.round, t), sent)
    for measure in package.measures:
        seen = sight.of(measure)
        there = frozen(measure, [*sight.before, sight.frozen], sight.recalls)
        graph = compose_funnel(measure, seen, there, words, t)
        if graph is not None:
            found.append((f"{package.id}-{measure.id.replace('_', '-')}-funnel.png", graph))
    return found


async def ready(r: Rendering) -> Message | None:
    """The funnels, to the coordinator alone."""
    practice_id, member = int(r.owed.params["practice"]), await members.find(r.state, r.owed.member_id)
    sight = await find_sight(r.state, await release_of(r), practice_id)
    own = sight is not None and is_one_of(member, practice_id)
    shown = draw(sight, r.t) if sight is not None and own else []
    if r.owed.how == How.EDIT and not shown:
        return None
    if sight is None or not shown:
        said = r.t.n(
            "There is no funnel to draw: it takes your own numbers, and numbers from {n} practice.",
            "There is no funnel to draw: it takes your own numbers, and numbers from {n} practices.",
            FEWEST_FOR_DISPERSION,
        )
        return Message(said)
    title = asks.title(package_of(sight.round), r.t)
    opening = r.t(
        "*{practice}* in the funnel, on {title}. Practices differ for many reasons, so the limits allow for how far "
        "apart practices usually lie, and for chance as well. A point outside is worth a closer look, but it is no "
        "verdict.",
        practice=escape(sight.practice.name),
        title=title,
    )
    files = await r.tools.compute(render_all, [graph for _, graph in shown])
    pictures = [
        Attachment(name, file, title, graph.alt_text, inline=True)
        for (name, graph), file in zip(shown, files, strict=True)
    ]
    blocks: list[Block] = [header(r.t("Funnel: {title}", title=title)), section(opening)]
    for name, graph in shown:
        blocks += [section(escape(graph.headline)), image(name, graph.alt_text[:LONGEST_ALT])]
    blocks.append(context("🔒 " + r.t("Only your own practice is in the picture, and only you get it.")))
    return Message("\n".join([opening, *(escape(graph.headline) for _, graph in shown)]), blocks, pictures)


feature = Feature(
    commands=[
        Command(
            ("tragt", "funnel"),
            Kept(ask),
            told=Told(
                71,
                readme=N_("your own practice in a funnel"),
                coordinator=N_("your own practice in a funnel, from ten practices upwards"),
            ),
            leads=True,
            help=(HelpLine(270, N_("your own practice in a funnel, for the statistically minded"), leads=True),),
            door=Door(
                Action.CLUSTER_FUNNEL,
                Shelf.NUMBERS,
                N_("Send me our funnel"),
                is_open=lambda part, _now: part.sees_numbers,
            ),
        )
    ],
    notices={Kinds.FUNNEL_READY: Notice(ready)},
    errors={"funnel.no_practice": N_("You belong to no practice, so there is no point of your own to draw.")},
)
