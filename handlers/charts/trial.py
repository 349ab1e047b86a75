"""`/klynge prøve`: what a round will be, with made-up numbers, to the coordinator alone; nothing of it is kept."""

from __future__ import annotations

import json
from collections.abc import Callable

from cluster.charts import trials
from cluster.charts.room import Kinds
from cluster.charts.trials import TrialRound, imagine
from cluster.errors import ClusterError
from cluster.members import cluster_rules, members
from cluster.packages import own_packages
from cluster.packages.lookup import package_of
from handlers.acting import leader
from handlers.blocks import asking, button
from handlers.charts import deck, own_charts, plain_words
from handlers.charts.ids import Action, View
from handlers.charts.views import own_charts as chart_views
from handlers.charts.views import trial as views
from handlers.charts.views.deck import deck_message
from handlers.doors import Door, Shelf
from handlers.feature import (
    Command,
    Direct,
    Feature,
    Form,
    HelpLine,
    Intent,
    Notice,
    Rendering,
    Told,
    sentences,
)
from handlers.ids import number
from handlers.message import Attachment, Message
from handlers.rounds.lookups import period_of
from handlers.rounds.views import asks
from handlers.turn import Turn
from locales import N_, Texts
from measures.charts.chart import render_all
from measures.charts.explained import explained
from measures.charts.marked import mark
from measures.deck.deck import mark_deck
from measures.packages.package import text
from measures.sheets.template import build_template
from storage.unit_of_work import Look


async def open_form(turn: Turn) -> None:
    """Which package to try; the first is proposed."""
    turn.require_coordinator()
    cluster = turn.require_cluster()
    async with turn.look() as state:
        offered = [each.package for each in await own_packages.offered(state, cluster.id)]
    packages = [(each.id, text(each.title, turn.t.lang)) for each in offered]
    await turn.open(views.form(packages, packages[0][0], json.dumps({"cluster": cluster.id}), turn.t))


async def begin(turn: Turn) -> None:
    """Owe the three messages of a trial."""
    async with turn.unit() as uow:
        by = await leader(uow, turn, number(turn.metadata.get("cluster")))
        chosen = str(turn.state.get("package", ""))
        await trials.owe_trial(uow, by, chosen, key=str(turn.inbox_id), now=turn.now)
        await uow.commit()


async def _imagined(r: Rendering) -> TrialRound | None:
    """What is shown, made anew for each message; None when the package was taken out meanwhile."""
    reader = await members.get(r.state, r.owed.member_id or 0)
    try:
        return await imagine(r.state, reader, _package(r), _namer(r.t), now=r.tools.clock.now())
    except ClusterError:
        return None


def _package(r: Rendering) -> str:
    return str(r.owed.params["package"])


def _namer(t: Texts) -> Callable[[int], str]:
    return lambda n: t("Made-up practice {n}", n=n)


async def _looked_at(state: Look, turn: Turn) -> TrialRound:
    """The trial that a button of its messages names."""
    reader = await leader(state, turn, number(turn.value))
    package_id = turn.value.partition(":")[2].partition(":")[0]
    return await imagine(state, reader, package_id, _namer(turn.t), now=turn.now)


def _file(r: Rendering, name: str, content: bytes, title: str) -> Attachment:
    """A file whose name and title say that it is a trial's."""
    return Attachment(r.t("trial-{name}", name=name), content, f"{views.mark_words(r.t)}: {title}")


async def request(r: Rendering) -> Message | None:
    """The first part: what a practice is asked, with its template."""
    found = await _imagined(r)
    if found is None:
        return None
    t, practice = r.t, found.sight.practice
    ask = await _ask(r.state, found, t)
    said = t("This is how a practice is asked for its numbers.")
    real = [*asks.request(ask, t), asks.answer_buttons(0, t)]
    template = await r.tools.compute(
        build_template, ask.package, practice.name, practice.ydernummer, ask.period, t, practice.system or None
    )
    name = f"{ask.package.id}-{t('template')}.xlsx"
    file = _file(r, name, template, t("Template: {title}", title=asks.title(ask.package, t)))
    shown = [*views.part(1, said, t), *views.only_to_look(real, _about(found), t)]
    return Message(f"{views.mark_words(t)}. {said}", shown, [file])


async def _ask(state: Look, found: TrialRound, t: Texts) -> asks.Ask:
    round_, practice = found.sight.round, found.sight.practice
    return asks.Ask(
        assignment_id=0,
        package=package_of(round_),
        practice=practice.name,
        system=practice.system,
        period=period_of(round_, t),
        deadline=round_.deadline,
        minutes=(await cluster_rules.rules_of(state, round_.cluster_id)).preparation_minutes,
    )


def _about(found: TrialRound) -> str:
    """What the buttons of its messages carry."""
    return f"{found.sight.round.cluster_id}:{found.sight.round.package_id}"


async def guide(turn: Turn) -> None:
    """How to find the numbers, as a practice reads it."""
    async with turn.look() as state:
        ask = await _ask(state, await _looked_at(state, turn), turn.t)
    await turn.open(asks.guide_window(ask, turn.t))


async def charts(r: Rendering) -> Message | None:
    """The second part: the charts of a made-up practice."""
    found = await _imagined(r)
    if found is None:
        return None
    t, words = r.t, views.mark_words(r.t)
    sight = found.sight
    title = asks.title(package_of(sight.round), t)
    drawn = own_charts.draw(sight, t, found.projected.known, None)
    shown = [(t("trial-{name}", name=name), mark(each, words)) for name, each in drawn.shown]
    files = await r.tools.compute(render_all, [each for _, each in shown])
    pictures = [
        Attachment(name, file, f"{words}: {title}", each.alt_text, inline=True)
        for (name, each), file in zip(shown, files, strict=True)
    ]
    opening = own_charts.first_words(sight, title, t)
    real = chart_views.charts(
        t,
        title=t("Your numbers on {title}", title=title),
        opening=opening,
        shown=shown,
        without=drawn.without,
        submission_id=0,
        release_id=0,
        round_id=0,
        assignment_id=0,
        letters={key: each.letters[trials.OWN] for key, each in found.projected.known.items() if each.letters},
        openness=[],
    )
    said = _what_charts(r, found)
    aloud = f"{words}. {said} {chart_views.read_aloud(opening, shown)}"
    return Message(aloud, [*views.part(2, said, t), *views.only_to_look(real, _about(found), t)], pictures)


async def explain(turn: Turn) -> None:
    """How to read the picture, of the made-up practice's chart."""
    async with turn.look() as state:
        found = await _looked_at(state, turn)
    drawn, wanted = own_charts.draw(found.sight, turn.t, found.projected.known, None), turn.value.split(":")[-1]
    chart = next((each for _, each in drawn.shown if each.measure_id == wanted), None)
    if chart is None:
        raise ClusterError("charts.gone")
    measure = package_of(found.sight.round).measure(wanted)
    title = f"{views.mark_words(turn.t)}: {text(measure.title, turn.t.lang)}"
    await turn.open(chart_views.explanation(turn.t, title, explained(chart, measure, turn.t)))


def _what_charts(r: Rendering, found: TrialRound) -> str:
    said = r.t.n(
        "This is how a member gets the charts of the own practice, made from {n} made-up practice.",
        "This is how a member gets the charts of the own practice, made from {n} made-up practices.",
        len(found.sight.frozen),
    )
    if not found.too_few:
        return said
    few = r.t.n(
        "Your cluster has {n} practice; with fewer than {needed} that give numbers the others are not shown.",
        "Your cluster has {n} practices; with fewer than {needed} that give numbers the others are not shown.",
        found.practices,
        needed=found.sight.rules.contributors_needed,
    )
    return f"{said} {few}"


async def projected(r: Rendering) -> Message | None:
    """The last part: the deck, and what can be done now."""
    found = await _imagined(r)
    if found is None:
        return None
    t, words = r.t, views.mark_words(r.t)
    round_ = found.sight.round
    package = package_of(round_)
    title = asks.title(package, t)
    marked = mark_deck(deck.deck_of(found.projected, t), words)
    pdf, pptx, brief = await r.tools.compute(deck.files_of, marked)
    name = t("deck-{package}", package=package.id)
    files = [
        _file(r, f"{name}.pdf", pdf, t("Deck on {title}", title=title)),
        _file(r, f"{name}.pptx", pptx, t("Deck on {title}, to edit", title=title)),
        _file(r, t("coordinator-{package}.pdf", package=package.id), brief, t("For the coordinator alone")),
    ]
    said = t("This is the deck that you get for the meeting.")
    real = deck_message(t, t("Deck on {title}", title=title), 0, 0, 0, openness=found.sight.rules.openness)
    shown = [
        *views.part(3, said, t),
        *views.only_to_look(real, _about(found), t),
        *views.what_next(round_.cluster_id, t),
    ]
    return Message(f"{words}. {said}", shown, files)


async def meant(turn: Turn) -> Message:
    """ "Show me what a chart looks like": a trial for those who run the cluster, in words for the others."""
    member, t = turn.require_member(), turn.t
    if member.role not in members.LEADERS:
        return await plain_words.read_chart(turn)
    said = t("I can show you what a round will be – request, charts and deck – with made-up numbers that only you see.")
    return asking(said, button(t("Try with made-up numbers"), Action.CLUSTER_TRIAL, member.cluster_id))


feature = Feature(
    commands=[
        Command(
            ("prøve", "trial"),
            Direct(open_form),
            told=Told(
                32,
                readme=N_("what a round will be, with made-up numbers, seen by you alone"),
                coordinator=N_(
                    "see what a round will be – request, charts and deck – with made-up numbers. Only you get it, and "
                    "nothing of it is kept"
                ),
            ),
            leads=True,
            help=(HelpLine(215, N_("see what a round will be, with made-up numbers"), leads=True),),
            door=Door(Action.CLUSTER_TRIAL, Shelf.NUMBERS, N_("Try with made-up numbers")),
        )
    ],
    actions={Action.TRIAL_GUIDE: Direct(guide), Action.TRIAL_READ: Direct(explain)},
    forms={View.TRIAL_FORM: Form(begin)},
    notices={
        Kinds.TRIAL_REQUEST: Notice(request),
        Kinds.TRIAL_CHARTS: Notice(charts),
        Kinds.TRIAL_DECK: Notice(projected),
    },
    intents={
        "trial": Intent(sentences(__file__, "trial"), Direct(meant), N_("Try with made-up numbers")),
    },
    heavy={"trial.charts", "trial.deck"},
)
