"""`/klynge udtræk`: the order of a central extract, to send on to a region, a kommune or a data consultant."""

from __future__ import annotations

from cluster import audit
from cluster.errors import ClusterError
from cluster.packages.lookup import package_of
from cluster.rounds import extracts, rounds
from cluster.rounds.room import Kinds
from cluster.subjects import ROUND
from handlers.blocks import escape, section
from handlers.doors import Door, Shelf
from handlers.feature import Command, Feature, HelpLine, Kept, Notice, Rendering, Told
from handlers.message import Attachment, Message
from handlers.rounds.ids import Action
from handlers.rounds.views import extracts as views
from handlers.saying import answer
from handlers.turn import Turn
from locales import N_
from measures.sheets.sheets import write_workbook


async def ask(turn: Turn) -> None:
    """Owe the coordinator the order for the newest collection of numbers."""
    leader = turn.require_coordinator()
    async with turn.unit() as uow:
        running = await rounds.running(uow, leader.cluster_id)
        if not running:
            raise ClusterError("extract.no_round")
        await answer(
            uow,
            turn,
            "extract.order",
            member_id=leader.id,
            cluster_id=leader.cluster_id,
            subject=ROUND.about(running[0].id),
        )
        subject = ROUND.about(running[0].id)
        audit.note(uow, "extract.ordered", subject, now=turn.now, actor_id=leader.id, cluster_id=leader.cluster_id)
        await uow.commit()


async def render(r: Rendering) -> Message | None:
    """The text and the two sheets, made from the consents as they are now."""
    round_ = await rounds.get(r.state, r.number)
    order = await extracts.order_for(r.state, round_)
    if order is None or round_.state not in rounds.TAKING:
        return None
    if not order.practices:
        return Message(r.t("No practice has consented yet, so there is nobody to order numbers for."))
    days = package_of(round_).lead_time_days
    said = [
        r.t(
            "Here is an order to send on to the region's quality unit, the municipality or your data consultant. When "
            "the sheet comes back, drop it here, and I will save each practice's numbers."
        )
    ]
    if days:
        said.append(r.t.n("Allow {n} day before it is ready.", "Allow {n} days before it is ready.", days))
    if order.without_consent:
        names = r.t.listing([escape(each.name) for each in order.without_consent])
        said.append(r.t("Not on the list, because consent is missing: {practices}.", practices=names))
    words = views.letter(order, r.t)
    numbers = await r.tools.compute(write_workbook, [views.blank_sheet(order, r.t)])
    consents = await r.tools.compute(write_workbook, [views.consent_sheet(order, r.t)])
    blocks = [section("\n".join(said)), section(f"```{escape(words)}```")]
    return Message(
        "\n".join([*said, escape(words)]),
        blocks,
        attachments=[
            Attachment(r.t("numbers-for-all.xlsx"), numbers, title=r.t("Sheet for all practices")),
            Attachment(r.t("consents.xlsx"), consents, title=r.t("Consents")),
        ],
    )


feature = Feature(
    commands=[
        Command(
            ("udtræk", "extract"),
            Kept(ask),
            told=Told(
                40,
                readme=N_("if you would rather have one extract for all, the bot writes the order"),
                coordinator=N_(
                    "an order for a central extract from the region, the municipality or the data consultant: a text "
                    "to pass on, a sheet with the practices that have consented, and the list of consents"
                ),
            ),
            leads=True,
            help=(
                HelpLine(
                    230,
                    N_("order the numbers of all practices in one go, from the region or the municipality"),
                    leads=True,
                ),
            ),
            door=Door(Action.CLUSTER_EXTRACT, Shelf.NUMBERS, N_("Order an extract for all")),
        )
    ],
    notices={Kinds.EXTRACT_ORDER: Notice(render)},
    errors={"extract.no_round": N_("No numbers are being collected right now. Write /klynge data first.")},
    log={
        "extract.ordered": N_("{who} ordered the numbers about {subject} for all practices"),
    },
)
