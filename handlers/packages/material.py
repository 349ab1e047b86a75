"""A topic without numbers at a meeting: taken up for its agenda, and its pages for the screen."""

from __future__ import annotations

import json

from cluster.agendas import agendas, editing
from cluster.agendas.room import Kinds as AgendaKinds
from cluster.errors import ClusterError
from cluster.meetings import meetings
from cluster.meetings.waiting import unheard_of
from cluster.members import cluster_rules
from cluster.members.members import LEADERS
from cluster.packages import catalogue, own_packages
from cluster.packages.lookup import chosen
from cluster.packages.own_packages import Offer
from cluster.packages.room import Kinds
from handlers.acting import actor, leader
from handlers.blocks import escape
from handlers.feature import Direct, Feature, Form, Kept, Notice, Rendering
from handlers.ids import number
from handlers.meetings.ids import Action as MeetingAction
from handlers.meetings.lookups import led, reply
from handlers.message import Attachment, Message
from handlers.packages.ids import Action, View
from handlers.packages.views import material as views
from handlers.packages.views import packages as pages_of
from handlers.saying import PRIVATELY, say
from handlers.turn import Turn
from locales import N_
from measures.deck.deck import Deck, Occasion
from measures.deck.material import build_material
from measures.deck.printing import brief_pdf, deck_pdf
from measures.deck.slides import deck_pptx
from measures.packages.package import text
from storage.unit_of_work import Reading


async def find(state: Reading, value: str, cluster_id: int) -> Offer:
    """What a button stands for: a shipped package by its name, or one of the cluster's own by its number."""
    if not value.isdecimal():
        return await own_packages.for_meeting(state, cluster_id, value)
    own = await own_packages.get(state, number(value))
    if own.cluster_id != cluster_id:
        raise ClusterError("package.unknown")
    return Offer(chosen(own.package_id, own.text), own.text, own.id)


async def show_topic(turn: Turn) -> None:
    """What a meeting is about, to whoever is told of it: members once its agenda is shared."""
    async with turn.look() as state:
        meeting = await meetings.get(state, number(turn.value))
        member = await actor(state, turn, meeting.cluster_id)
        leads = member.role in LEADERS
        if not leads and meeting.id in await unheard_of(state, member, turn.now):
            raise ClusterError("meeting.unknown")
        offer = await agendas.chosen_for(state, meeting, shared=not leads)
        if offer is None:
            raise ClusterError("package.unknown")
        offers = await own_packages.for_meetings(state, meeting.cluster_id)
    await turn.open(pages_of.page(offer, catalogue.companions(offer.package, offers), turn.t, leads=leads))


async def open_meeting(turn: Turn) -> None:
    """At which meeting?"""
    turn.require_coordinator()
    cluster = turn.require_cluster()
    async with turn.look() as state:
        offer = await find(state, turn.value, cluster.id)
        ahead = await meetings.ahead(state, cluster.id, turn.now)
    if not ahead:
        raise ClusterError("package.no_meeting")
    metadata = json.dumps({"package": str(offer.own_id or offer.package.id)})
    await turn.open(views.choose_meeting(offer, ahead, turn.t, metadata=metadata))


async def keep_meeting(turn: Turn) -> None:
    """The agenda is made from it; the coordinator sees it, and nobody else before it is shared."""
    async with turn.unit() as uow:
        meeting, by = await led(uow, turn, number(turn.state.get("meeting")))
        offer = await find(uow, str(turn.metadata.get("package") or ""), meeting.cluster_id)
        lang, about = turn.t.lang, offer.package.id
        if await agendas.of_meeting(uow, meeting) is None:
            await editing.make(uow, meeting, by=by, now=turn.now, lang=lang, package_id=about)
        else:
            await editing.suggest_again(uow, meeting, by=by, now=turn.now, lang=lang, package_id=about)
        await reply(uow, turn, AgendaKinds.AGENDA_DESK, by, about=meeting)
        await uow.commit()


async def ask_pages(turn: Turn) -> None:
    """The pages for the screen, and the one for whoever chairs."""
    cluster = turn.require_cluster()
    async with turn.unit() as uow:
        await leader(uow, turn, cluster.id)
        offer = await find(uow, turn.value, cluster.id)
        await say(uow, turn, Kinds.PACKAGE_PAGES, PRIVATELY, package=str(offer.own_id or offer.package.id))
        await uow.commit()


def files_of(deck: Deck) -> tuple[bytes, bytes, bytes]:
    """PDF, presentation and the chair's page; drawn in another process."""
    return deck_pdf(deck), deck_pptx(deck), brief_pdf(deck)


async def pages(r: Rendering) -> Message | None:
    """The files."""
    t, cluster_id = r.t, r.owed.cluster_id
    if cluster_id is None:
        return None
    package = (await find(r.state, str(r.owed.params["package"]), cluster_id)).package
    cluster = await cluster_rules.get(r.state, cluster_id)
    version = t("version {version}", version=package.version)
    occasion = Occasion(cluster.name, meeting="", period="", answered="", as_of=version)
    pdf, pptx, brief = await r.tools.compute(files_of, build_material(package, occasion, t))
    title = text(package.title, t.lang)
    name = t("deck-{package}", package=package.id)
    said = t("Here are the pages on {title}, for the screen and for whoever chairs.", title=escape(title))
    return Message(
        said,
        attachments=[
            Attachment(f"{name}.pdf", pdf, t("Deck on {title}", title=title)),
            Attachment(f"{name}.pptx", pptx, t("Deck on {title}, to edit", title=title)),
            Attachment(t("chair-{package}.pdf", package=package.id), brief, t("For whoever chairs")),
        ],
    )


feature = Feature(
    actions={
        Action.PACKAGE_MEETING: Direct(open_meeting),
        Action.PACKAGE_PAGES: Kept(ask_pages),
        MeetingAction.MEETING_TOPIC: Direct(show_topic),
    },
    forms={View.PACKAGE_MEETING: Form(keep_meeting)},
    notices={Kinds.PACKAGE_PAGES: Notice(pages)},
    errors={"package.no_meeting": N_("No meeting is planned. Plan one with /klynge møde, then take the topic up.")},
    heavy={"package.pages"},
)
