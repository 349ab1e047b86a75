"""What is asked about charts in plain words."""

from __future__ import annotations

from cluster.charts import decks, own_rounds
from cluster.errors import ClusterError
from cluster.members import members
from cluster.packages.lookup import package_of
from cluster.rounds import rounds
from handlers import blocks as b
from handlers.charts import deck
from handlers.charts import openness as openness_window
from handlers.charts.ids import Action
from handlers.feature import Direct, Feature, Intent, Kept, sentences
from handlers.message import Message
from handlers.rounds.views import asks
from handlers.turn import Turn
from locales import N_
from storage.models import Member, Round
from storage.unit_of_work import UnitOfWork
from storage.words import RoundState


async def my_charts(turn: Turn) -> None:
    """The newest charts again, to the one who asks alone: of any of their clusters, in a channel of its own."""
    async with turn.unit() as uow:
        round_, member = await _newest(uow, turn)
        await own_rounds.fetch(uow, round_, member, key=f"answer:{turn.inbox_id}", now=turn.now)
        await uow.commit()


async def over_time(turn: Turn) -> None:
    """One's own numbers over time, of the newest charts, to the one who asks alone."""
    async with turn.unit() as uow:
        round_, member = await _newest(uow, turn)
        await own_rounds.fetch_over_time(uow, round_, member, key=f"answer:{turn.inbox_id}", now=turn.now)
        await uow.commit()


async def _newest(uow: UnitOfWork, turn: Turn) -> tuple[Round, Member]:
    """The round of the newest charts of any of the reader's clusters; in a channel of its own."""
    belongs = [member for member, _ in await members.memberships(uow, turn.team_id, turn.account)]
    if turn.cluster is not None and turn.channel_id == turn.cluster.channel_id:
        belongs = [turn.require_member()]
    sent = [(release, each) for each in belongs if (release := await decks.newest_release(uow, each.cluster_id))]
    if not sent:
        raise ClusterError("charts.none_yet")
    newest, member = max(sent, key=lambda each: each[0].id)
    return await rounds.get(uow, newest.round_id), member


async def who_sees(turn: Turn) -> Message:
    """Who can see a practice's numbers."""
    return Message(
        turn.t(
            "Apart from those who made and sent a file with the numbers of all practices, if one was sent, only "
            "those who are confirmed in your practice see its numbers here. The coordinator sees whether you have "
            "answered. The cluster has agreed what others see in the charts: `/klynge åbenhed` shows it."
        )
    )


async def read_chart(turn: Turn) -> Message:
    """How a chart is read."""
    return Message(
        turn.t(
            "Your own number stands first in a chart. The rings are the other practices, *The cluster as a whole* is "
            "all its patients counted together, and the dashed line is the standard, if there is one. The button *How "
            "to read the picture* below each chart says more."
        )
    )


async def send_charts(turn: Turn) -> Message:
    """Nothing is sent by words: the button opens the page that says who would get what."""
    member, t = turn.require_member(), turn.t
    async with turn.look() as state:
        running = [each for each in await rounds.running(state, member.cluster_id) if each.state == RoundState.OPEN]
    if not running:
        return Message(t("There are no charts that wait to be sent."))
    said = t("Shall I send the charts? The button shows first who gets what. Nothing has been sent.")
    buttons = []
    for round_ in running:
        title = b.escape(asks.title(package_of(round_), t))
        buttons.append(b.section(f"*{title}*", b.button(t("Send the charts"), Action.ROUND_RELEASE, round_.id)))
    return Message(said, [b.section(said), *buttons])


feature = Feature(
    intents={
        "my_charts": Intent(sentences(__file__, "my_charts"), Kept(my_charts), N_("My charts")),
        "over_time": Intent(sentences(__file__, "over_time"), Kept(over_time), N_("My numbers over time")),
        "deck": Intent(sentences(__file__, "deck"), Kept(deck.ask), N_("The deck, or my practice's page")),
        "who_sees": Intent(
            sentences(__file__, "who_sees"), Direct(who_sees), N_("Who sees our numbers?"), everywhere=True
        ),
        "read_chart": Intent(
            sentences(__file__, "read_chart"), Direct(read_chart), N_("How to read a chart"), everywhere=True
        ),
        "openness": Intent(sentences(__file__, "openness"), Direct(openness_window.show), N_("How open we are")),
        "send_charts": Intent(
            sentences(__file__, "send_charts"), Direct(send_charts), N_("Send the charts"), leads=True, changes=True
        ),
    },
    errors={
        "charts.none_yet": N_("There are no charts yet. They come here when your coordinator has sent them."),
    },
)
