"""`/klynge oplæg`: the meeting's deck to the coordinator, a practice's own page to its members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from cluster.agendas import agendas
from cluster.agendas.agendas import AgendaEntry
from cluster.charts import decks
from cluster.charts.room import Kinds
from cluster.clock import local
from cluster.disclosure import sights
from cluster.disclosure.changes import given_before
from cluster.disclosure.identities import known_of
from cluster.disclosure.sights import Sight, find_sight
from cluster.errors import ClusterError
from cluster.members import members
from cluster.members.places import is_one_of
from cluster.packages.lookup import package_of
from cluster.subjects import ROUND
from handlers.acting import leader
from handlers.blocks import escape
from handlers.charts import own_charts
from handlers.charts.followups import change_pages
from handlers.charts.ids import Action
from handlers.charts.views.deck import deck_message, out_of_date
from handlers.doors import Door, Shelf
from handlers.feature import Command, Feature, HelpLine, Kept, Notice, Rendering, Told
from handlers.ids import number
from handlers.meetings.views.agenda import name_of
from handlers.message import Attachment, Message
from handlers.rounds.lookups import period_of
from handlers.rounds.views import asks
from handlers.saying import answer
from handlers.turn import Turn
from locales import N_, Texts
from measures.deck.deck import Deck, Occasion, build_deck
from measures.deck.handout import Handout, handout_pdf
from measures.deck.printing import brief_pdf, deck_pdf
from measures.deck.slides import deck_pptx
from storage.models import Member, Release
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, MeetingState


async def ask(turn: Turn) -> None:
    """The deck for those who coordinate, their own page for everybody else."""
    member, cluster = turn.require_member(), turn.require_cluster()
    async with turn.unit() as uow:
        release = await decks.newest_release(uow, cluster.id)
        if release is None:
            raise ClusterError("deck.no_charts")
        if member.role in members.LEADERS:
            decks.note_made(uow, release.round_id, member.cluster_id, actor_id=member.id, now=turn.now)
            await _owe(uow, turn, member, "deck.ready", release)
        elif member.practice_id is None or not is_one_of(member, member.practice_id):
            raise ClusterError("deck.no_practice")
        else:
            await _owe(uow, turn, member, "deck.handout", release)
        await uow.commit()


async def again(turn: Turn) -> None:
    """The deck with what has come in since."""
    async with turn.unit() as uow:
        by, release = await _led(uow, turn)
        newest = await decks.newest_release(uow, by.cluster_id)
        decks.note_made(uow, (newest or release).round_id, by.cluster_id, actor_id=by.id, now=turn.now)
        await _owe(uow, turn, by, "deck.ready", newest or release)
        await uow.commit()


async def send_handouts(turn: Turn) -> None:
    """A page to each practice of the release."""
    async with turn.unit() as uow:
        by, release = await _led(uow, turn)
        people = await decks.owe_handouts(uow, release, actor_id=by.id, now=turn.now)
        await _owe(uow, turn, by, "deck.handouts", release, n=people)
        await uow.commit()


async def _led(uow: UnitOfWork, turn: Turn) -> tuple[Member, Release]:
    release = await sights.find_release(uow, number(turn.value))
    sight = await decks.projector_sight(uow, release.id) if release is not None else None
    if release is None or sight is None:
        raise ClusterError("round.unknown")
    return await leader(uow, turn, sight.cluster.id), release


async def _owe(uow: UnitOfWork, turn: Turn, member: Member, kind: str, release: Release, **more: Any) -> None:
    await answer(
        uow,
        turn,
        kind,
        member_id=member.id,
        cluster_id=member.cluster_id,
        subject=ROUND.about(release.round_id),
        release=release.id,
        practice=member.practice_id,
        **more,
    )


def occasion_of(sight: decks.ProjectorSight, t: Texts, agenda: Sequence[AgendaEntry] = ()) -> Occasion:
    """The meeting and the state of the numbers in words."""
    meeting = ""
    if sight.meeting is not None and sight.meeting.state == MeetingState.PLANNED:
        meeting = ", ".join(part for part in (t.moment(local(sight.meeting.starts_at)), sight.meeting.place) if part)
    tally = sight.tally
    return Occasion(
        cluster=sight.cluster.name,
        meeting=meeting,
        period=period_of(sight.round, t),
        answered=t("{answered} of {total} practices have answered.", answered=tally.answered, total=tally.total),
        times=times_of(sight, t),
        agenda=tuple((t.time(each.starts_at), _point(each, t)) for each in agenda),
        as_of=t("Numbers as of {moment}", moment=t.moment(local(sight.release.created_at))),
    )


async def agenda_of(state: Reading, sight: decks.ProjectorSight) -> list[AgendaEntry]:
    """The points of the meeting's own agenda, shared or not: the deck is its coordinator's."""
    if sight.meeting is None or sight.meeting.state != MeetingState.PLANNED:
        return []
    return await agendas.entries(state, sight.meeting)


def _point(entry: AgendaEntry, t: Texts) -> str:
    speaker = f" – {entry.speaker}" if entry.speaker else ""
    return f"{name_of(entry, t)} ({t('{n} min.', n=t.number(entry.minutes))}){speaker}"


def times_of(sight: decks.ProjectorSight, t: Texts) -> tuple[str, ...]:
    """When each part of the agenda begins; nothing without a meeting."""
    if sight.meeting is None or sight.meeting.state != MeetingState.PLANNED:
        return ()
    at, times = sight.meeting.starts_at, []
    for step in package_of(sight.round).agenda:
        times.append(t.time(at))
        at += timedelta(minutes=step.minutes)
    return tuple(times)


def deck_of(sight: decks.ProjectorSight, t: Texts, agenda: Sequence[AgendaEntry] = ()) -> Deck:
    """The deck of a release, as open as the cluster and each practice chose."""
    package = package_of(sight.round)
    return build_deck(
        package,
        occasion_of(sight, t, agenda),
        sight.replies,
        sight.rules,
        t,
        gone=sight.gone,
        known=sight.known,
        more=change_pages(sight, t),
        agreed=sight.agreed.text if sight.agreed is not None else "",
        kept=sight.kept,
        recalls=sight.recalls,
    )


def files_of(deck: Deck) -> tuple[bytes, bytes, bytes]:
    """Deck as PDF and as presentation, and the coordinator's page; drawn in another process."""
    return deck_pdf(deck), deck_pptx(deck), brief_pdf(deck)


async def ready(r: Rendering) -> Message | None:
    """The files, to the coordinator."""
    if r.owed.how == How.EDIT:
        return out_of_date(r.t)
    sight = await decks.projector_sight(r.state, int(r.owed.params["release"]))
    if sight is None:
        return None
    t, package = r.t, package_of(sight.round)
    pdf, pptx, brief = await r.tools.compute(files_of, deck_of(sight, t, await agenda_of(r.state, sight)))
    title = asks.title(package, t)
    text = t("Here is the deck for the meeting on {title}. {as_of}.", title=title, as_of=occasion_of(sight, t).as_of)
    name = t("deck-{package}", package=package.id)
    attachments = [
        Attachment(f"{name}.pdf", pdf, t("Deck on {title}", title=title)),
        Attachment(f"{name}.pptx", pptx, t("Deck on {title}, to edit", title=title)),
        Attachment(t("coordinator-{package}.pdf", package=package.id), brief, t("For the coordinator alone")),
    ]
    return Message(
        text,
        deck_message(t, text, sight.release.id, sight.release.id, sight.round.id, openness=sight.rules.openness),
        attachments,
    )


async def handout(r: Rendering) -> Message | None:
    """A practice's own page, to one who works there."""
    if r.owed.how == How.EDIT:
        return out_of_date(r.t)
    practice_id = r.owed.params.get("practice")
    member = await members.find(r.state, r.owed.member_id)
    if practice_id is None or not is_one_of(member, int(practice_id)):
        return None
    sight = await find_sight(r.state, await own_charts.release_of(r), int(practice_id))
    drawn = await _drawn(r, sight) if sight is not None else None
    if sight is None or drawn is None or not drawn.shown:
        return Message(r.t("There is no page for your practice: it gave no numbers in this round."))
    package = package_of(sight.round)
    title = asks.title(package, r.t)
    order = {measure.id: measure.role != "main" for measure in package.measures}
    page = Handout(
        practice=sight.practice.name,
        title=title,
        about=r.t("Numbers from {period}. For your practice only.", period=period_of(sight.round, r.t)),
        charts=tuple(sorted((chart for _, chart in drawn.shown), key=lambda chart: order[chart.measure_id])),
        more=r.t("What will you look at first? Write it here and bring it to the meeting:"),
        private=r.t("Only your practice has this page."),
        lang=r.t.lang,
    )
    content = await r.tools.compute(handout_pdf, page)
    practice = escape(page.practice)
    text = r.t("Here is *{practice}*'s page on {title}, to print and bring.", practice=practice, title=title)
    name = r.t("page-{package}.pdf", package=package.id)
    return Message(text, attachments=[Attachment(name, content, r.t("Your page on {title}", title=title))])


async def _drawn(r: Rendering, sight: Sight) -> own_charts.Drawn:
    earlier = await given_before(r.state, sight.round, sight.practice.id)
    return own_charts.draw(sight, r.t, await known_of(r.state, sight.round), earlier)


async def handouts_sent(r: Rendering) -> Message:
    """To the coordinator: how many got a page."""
    people = int(r.owed.params["n"])
    return Message(
        r.t.n("{n} person gets a page in a private message.", "{n} people get a page in a private message.", people)
    )


errors = {
    "deck.no_charts": N_("There is nothing to show yet: send the charts first, with /klynge grafer."),
    "deck.no_practice": N_("You do not work in a practice in the cluster, so there is no page for you."),
}
feature = Feature(
    commands=[
        Command(
            ("oplæg", "deck"),
            Kept(ask),
            told=Told(
                80,
                readme=N_("the meeting's deck as a presentation and PDF, and a page for you alone"),
                coordinator=N_(
                    "coordinator: the meeting's deck as a presentation and PDF and a page for you alone; member: the "
                    "practice's own page to print"
                ),
                member=N_("your practice's own page about the topic, to print and bring to the meeting"),
            ),
            help=(
                HelpLine(40, N_("your practice's own page, to print and bring to the meeting")),
                HelpLine(260, N_("the deck for the meeting, and a page for you alone"), leads=True),
            ),
            door=Door(
                Action.CLUSTER_DECK,
                Shelf.NUMBERS,
                N_("Send me our own page"),
                led=N_("Send me the deck"),
                is_open=lambda part, _now: part.leads or part.sees_numbers,
            ),
        )
    ],
    actions={Action.DECK_AGAIN: Kept(again), Action.DECK_HANDOUTS: Kept(send_handouts)},
    notices={
        Kinds.DECK_READY: Notice(ready),
        Kinds.DECK_HANDOUT: Notice(handout),
        Kinds.DECK_HANDOUTS: Notice(handouts_sent),
    },
    errors=errors,
    heavy={"deck.ready", "deck.handout"},
    log={
        "deck.made": N_("{who} got the deck about {subject}"),
        "deck.handouts": N_("{who} sent each practice its page about {subject}"),
    },
)
