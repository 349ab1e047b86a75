"""What is shown at the meeting, and what the coordinator reads before it: pages of words and charts, without a format.

The projector shows the cluster's marks without names, with letters, or with the names of those who chose it.
`measures.deck.printing` makes a PDF of the pages, `measures.deck.slides` a presentation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from measures.charts.comparing import NEVER, Recalls, Values, is_recalled
from measures.charts.graph import Graph
from measures.charts.marked import mark
from measures.charts.projector import projector_chart
from measures.deck.native import may_be_edited
from measures.disclosure.grouping import Groupings
from measures.disclosure.openness import NOBODY, Known
from measures.disclosure.privacy import DisclosureRules, Openness
from measures.drawing.forms.lanes import Lanes
from measures.packages.confirm import guideline_words, publication_words
from measures.packages.package import Package, text
from measures.texts import Texts

Id = TypeVar("Id")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: a title with lines, each perhaps with a lead-in, or a chart."""

    title: str
    lines: tuple[tuple[str, str], ...] = ()
    graph: Graph | None = None
    opening: bool = False
    notes: str = ""
    """For whoever speaks: not on the screen."""
    is_form: bool = False
    """Whether its lines are questions with room to write below each."""


@dataclass(frozen=True, slots=True)
class Editable:
    """A chart of the projector's that can be edited: the picture it is made from, and what its rings are called."""

    title: str
    picture: Lanes
    practices: str
    per: int
    alt_text: str
    notes: str


@dataclass(frozen=True, slots=True)
class Deck:
    """The pages for the projector, and the coordinator's one page."""

    title: str
    foot: str
    pages: tuple[Page, ...]
    brief: tuple[Page, ...]
    lang: str = "da"
    editable: tuple[Editable, ...] = ()
    """The same charts once more, for whoever makes pages of their own; not shown at the meeting."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """The meeting and the state of the numbers, in words."""

    cluster: str
    meeting: str
    period: str
    answered: str
    as_of: str
    times: tuple[str, ...] = ()
    """When each part of the agenda begins, where the meeting's hour is known."""
    agenda: tuple[tuple[str, str], ...] = ()
    """The meeting's own agenda, where it has one: when, and what."""


def build_deck(
    package: Package,
    occasion: Occasion,
    releases: Sequence[Mapping[Id, Values]],
    rules: DisclosureRules,
    t: Texts,
    *,
    gone: Collection[Id] = (),
    known: Mapping[str, Known] | None = None,
    more: Sequence[Page] = (),
    agreed: str = "",
    kept: Groupings | None = None,
    recalls: Recalls = NEVER,
) -> Deck:
    """The whole deck from the replies that charts were made from (oldest first, the present last).

    `known` is what may be told of who is who, by measure; `more` are pages after the charts (before and after);
    `agreed` is what the cluster agreed on last time; `kept` the groups that were frozen with the release.
    """
    title = text(package.title, t.lang)
    charts = {
        measure.id: projector_chart(
            measure,
            package,
            releases,
            rules,
            occasion.period,
            t,
            gone=gone,
            known=(known or {}).get(measure.id, NOBODY),
            kept=kept,
            recalls=recalls,
        )
        for measure in package.measures
    }
    shown = [
        Page(text(package.measure(key).title, t.lang), graph=graph, notes=_beside_chart(package, key, t))
        for key, graph in charts.items()
        if graph
    ]
    titles = {each.id: text(each.title, t.lang) for each in package.measures}
    recalled = [titles[each.id] for each in package.measures if is_recalled(each, recalls)]
    missing = [titles[key] for key, graph in charts.items() if not graph and titles[key] not in recalled]
    pages = [
        _opening(title, occasion),
        _agenda(package, occasion, t),
        Page(t("What we agreed on last time"), (("", agreed),) if agreed else ()),
        Page(t("Why this topic"), (("", text(package.why, t.lang)),)),
        *shown,
        *more,
        *([_left_out(missing, t)] if missing else []),
        *([_called_back(recalled, t)] if recalled else []),
        _definitions(package, t),
        Page(t("What to keep in mind"), tuple(("", text(said, t.lang)) for said in package.cautions)),
        Page(t("Questions for the groups"), tuple(("", text(said, t.lang)) for said in package.questions)),
        *recommended(package, t),
        agreed_page(t),
    ]
    filled = tuple(page for page in pages if page.lines or page.graph)
    foot, brief = f"{occasion.cluster} · {occasion.as_of}", _brief(package, occasion, rules.openness, t)
    return Deck(title, foot, filled, brief, t.lang, _editable(package, charts, t))


def _editable(package: Package, charts: Mapping[str, Graph | None], t: Texts) -> tuple[Editable, ...]:
    """The charts that can be edited without telling more than their pictures."""
    found = []
    for measure in package.measures:
        graph = charts[measure.id]
        if graph is None or not isinstance(graph.picture, Lanes) or not may_be_edited(graph.picture):
            continue
        practices = t.n("{n} practice", "{n} practices", len(graph.picture.others))
        title = t("To edit: {title}", title=text(measure.title, t.lang))
        notes = t(
            "This page is hidden when the deck is shown. The chart can be edited, and holds no more than the picture: "
            "the rings as they are drawn, in the order of their values, and the lines."
        )
        found.append(Editable(title, graph.picture, practices, measure.per, graph.alt_text, notes))
    return tuple(found)


def mark_deck(deck: Deck, words: str) -> Deck:
    """The same deck of made-up numbers: these words in title and foot, large on the first page and over each chart."""
    opening, *others = (replace(each, graph=mark(each.graph, words) if each.graph else None) for each in deck.pages)
    first, *brief = deck.brief
    return replace(
        deck,
        title=f"{words}: {deck.title}",
        foot=f"{words} · {deck.foot}",
        pages=(replace(opening, title=words, lines=(("", opening.title), *opening.lines)), *others),
        brief=(replace(first, lines=(("", words), *first.lines)), *brief),
        editable=(),  # a chart of that kind has no place for the words
    )


def _opening(title: str, occasion: Occasion) -> Page:
    said = (occasion.cluster, occasion.meeting, occasion.period, occasion.answered, occasion.as_of)
    return Page(title, tuple(("", line) for line in said if line), opening=True)


def _agenda(package: Package, occasion: Occasion, t: Texts) -> Page:
    """The meeting's agenda, else the package's by the clock where that is known; the slot for numbers is said to be
    protected."""
    lengths = [t("{n} min.", n=t.number(step.minutes)) for step in package.agenda]
    titles = [text(step.title, t.lang) for step in package.agenda]
    lines = list(zip(lengths, titles, strict=True))
    if occasion.agenda:
        lines = list(occasion.agenda)
    elif len(occasion.times) == len(lines):
        lines = [(at, f"{said} ({long})") for at, long, said in zip(occasion.times, lengths, titles, strict=True)]
    protected = t(
        "The numbers have a time of their own: nobody says whose a mark is unless it is their own, and what is said "
        "about the numbers stays in the room."
    )
    return Page(t("Agenda"), (*lines, ("", protected)))


def _beside_chart(package: Package, measure_id: str, t: Texts) -> str:
    """What whoever speaks says of a chart: how it is read, what to keep in mind, what to ask."""
    measure = package.measure(measure_id)
    read = t("Begin with how it is counted, then let everybody look for half a minute before anybody speaks.")
    ask = t("Ask: what surprises you? Nobody has to say which number is theirs.")
    return "\n".join([text(measure.definition, t.lang), text(measure.caution, t.lang), read, ask])


def agreed_page(t: Texts) -> Page:
    """To be filled in at the meeting."""
    asked = (t("What do we do differently?"), t("Who does it, and from when?"), t("When do we measure again?"))
    notes = t("Write it down here while all are present. Afterwards: /klynge aftale.")
    return Page(t("We agree to"), tuple((each, "…") for each in asked), notes=notes, is_form=True)


def recommended(package: Package, t: Texts) -> list[Page]:
    """What guidelines say, each with source and year, and where to read more; nothing where a package knows none."""
    lines = [("", guideline_words(each, t)) for each in package.guideline]
    more = [("", publication_words(each, t)) for each in package.literature]
    found = [Page(t("What is recommended"), tuple(lines))] if lines else []
    return found + ([Page(t("Read more"), tuple(more))] if more else [])


def _left_out(missing: Sequence[str], t: Texts) -> Page:
    said = t("These are not shown here, because too few have answered or because they are each practice's own:")
    return Page(t("Not on the screen"), (("", said), *(("•", title) for title in missing)))


def _called_back(recalled: Sequence[str], t: Texts) -> Page:
    said = t("A number in these comparisons was wrong, so they are not shown. Disregard earlier charts of them:")
    return Page(t("Recalled"), (("", said), *(("•", title) for title in recalled)))


def _definitions(package: Package, t: Texts) -> Page:
    lines = [(text(each.title, t.lang), text(each.definition, t.lang)) for each in package.measures]
    return Page(t("How it is counted"), (*lines, (t("Who is counted"), text(package.population, t.lang))))


def _whose(openness: Openness, t: Texts) -> str:
    if openness is Openness.LETTERS:
        return t(
            "Each practice has its letter on its own chart, a new one for each chart. Nobody has to reveal theirs."
        )
    if openness is not Openness.CLOSED:
        return t("Names appear only beside those who chose it. Nobody has to, and nobody is asked why not.")
    return t(
        "Only the practice itself is told, on its own chart. The screen shows no names, and nobody has to say which is "
        "theirs."
    )


def _brief(package: Package, occasion: Occasion, openness: Openness, t: Texts) -> tuple[Page, ...]:
    """Known pitfalls, what the data can't say, likely questions: one printed page."""
    pitfalls = [(text(each.title, t.lang), text(each.caution, t.lang)) for each in package.measures]
    unsaid = (
        ("•", t("Who does it well. A number shows coding, patients and chance as well as care.")),
        ("•", t("Why practices differ. Ask the practice before you explain it.")),
        ("•", t("Whether a small difference is real. Look at the line of statistical uncertainty.")),
    )
    asked = (
        (t("“Which mark is mine?”"), _whose(openness, t)),
        (
            t("“Is my number bad?”"),
            t(
                "The number is a reason to look more closely. Ask what might lie behind it: coding, patients or ways "
                "of working?"
            ),
        ),
        (
            t("“My number is wrong!”"),
            t("It may well be. Press “My numbers are wrong” beside the chart; new numbers are drawn at once."),
        ),
        (
            t("“Can we see who is who?”"),
            t("Only if each practice says yes for itself. A majority doesn't bind anybody."),
        ),
    )
    return (
        Page(t("For the coordinator: {title}", title=text(package.title, t.lang)), (("", occasion.answered),)),
        Page(t("Known pitfalls"), tuple(pitfalls)),
        Page(t("What the numbers can't say"), unsaid),
        Page(t("Questions you may get"), asked),
    )
