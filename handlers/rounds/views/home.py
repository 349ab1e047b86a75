"""What a person's page says of collecting numbers."""

from __future__ import annotations

from cluster.overview.leading import Progress
from cluster.overview.next_things import NextThing, Thing
from cluster.packages.lookup import package_of
from handlers import blocks as b
from handlers.at_home import AtHome
from handlers.charts.ids import Action as ChartAction
from handlers.message import Block
from handlers.overview.ids import Action as OverviewAction
from handlers.rounds.ids import Action
from handlers.rounds.views.agreements import agreed_of, home_text
from handlers.rounds.views.asks import title
from storage.words import RoundState

NAMES_SHOWN = 15
ROUNDS_SHOWN = 3
AGREED_SHOWN = 2


def agreed(at: AtHome) -> list[Block]:
    """What the cluster wants to do differently; the newest two."""
    return [b.section(home_text(agreed_of(each, round_, at.t), at.t)) for each, round_ in at.part.agreed[:AGREED_SHOWN]]


def running(at: AtHome) -> list[Block]:
    """To those who run the cluster: how far each collection is, and what can be done about it."""
    lead, t = at.part.lead, at.t
    blocks: list[Block] = []
    for each in lead.rounds[:ROUNDS_SHOWN] if lead else ():
        blocks += [b.section(progress_of(each, at)), b.actions(*_buttons(each, at))]
    if lead and len(lead.rounds) > ROUNDS_SHOWN:
        status = b.button(t("Show all {n}", n=len(lead.rounds)), OverviewAction.CLUSTER_STATUS, at.part.cluster.id)
        blocks.append(b.actions(status))
    return blocks


def progress_of(progress: Progress, at: AtHome) -> str:
    """How many have answered, who is missing, and what comes of it."""
    t, round_ = at.t, progress.round
    line = t(
        "{topic}: {answered} of {total} practices have answered.",
        topic=f"*{b.escape(title(package_of(round_), t))}*",
        answered=t.number(progress.tally.answered),
        total=t.number(progress.tally.total),
    )
    if round_.state == RoundState.RELEASED:
        line += " " + t("The charts have been sent.")
    elif round_.held_until is not None:
        line += " " + t("The charts are sent on {moment}.", moment=t.moment(round_.held_until))
    else:
        line += " " + t("Deadline: {moment}.", moment=t.moment(round_.deadline))
    if progress.missing:
        named = t.listing([b.escape(name) for name in progress.missing[:NAMES_SHOWN]])
        line += "\n" + t("Missing: {names}.", names=named + ("…" if len(progress.missing) > NAMES_SHOWN else ""))
    return line


def _buttons(progress: Progress, at: AtHome) -> list[Block]:
    t, round_ = at.t, progress.round
    buttons = [b.button(t("Who has answered?"), OverviewAction.CLUSTER_STATUS, at.part.cluster.id)]
    if round_.held_until is not None:
        buttons.append(b.button(t("Send now"), ChartAction.ROUND_SEND, round_.id))
    elif round_.state == RoundState.OPEN:
        buttons.append(b.button(t("Send the charts"), ChartAction.ROUND_RELEASE, round_.id))
    if progress.missing:
        buttons.append(b.button(t("Remind those missing"), Action.ROUND_REMIND, round_.id))
    return buttons


def _topic(thing: Thing, at: AtHome) -> str | None:
    """What the round of a thing is about."""
    round_ = at.part.lead.titles.get(thing.about) if at.part.lead else None
    return b.escape(title(package_of(round_), at.t)) if round_ is not None else None


def to_remind(thing: Thing, at: AtHome) -> tuple[str, Block] | None:
    """Practices that have not answered, close to the deadline or after it."""
    if (topic := _topic(thing, at)) is None:
        return None
    said = at.t.n(
        "{n} practice has not answered about {topic}.",
        "{n} practices have not answered about {topic}.",
        thing.count,
        topic=topic,
    )
    return said, b.button(at.t("Remind those missing"), Action.ROUND_REMIND, thing.about)


def to_say_yes(thing: Thing, at: AtHome) -> tuple[str, Block] | None:
    """Numbers that their practices have not said yes to."""
    if (topic := _topic(thing, at)) is None:
        return None
    said = at.t.n(
        "The numbers of {n} practice on {topic} wait for its own yes.",
        "The numbers of {n} practices on {topic} wait for their own yes.",
        thing.count,
        topic=topic,
    )
    return said, _status(at)


def to_settle(thing: Thing, at: AtHome) -> tuple[str, Block] | None:
    """Numbers that somebody says are wrong."""
    if (topic := _topic(thing, at)) is None:
        return None
    said = at.t.n(
        "{n} practice says that its numbers on {topic} are wrong.",
        "{n} practices say that their numbers on {topic} are wrong.",
        thing.count,
        topic=topic,
    )
    return said, _status(at)


def _status(at: AtHome) -> Block:
    return b.button(at.t("Who has answered?"), OverviewAction.CLUSTER_STATUS, at.part.cluster.id)


def to_agree(thing: Thing, at: AtHome) -> tuple[str, Block] | None:
    """Charts were talked over, and nothing is written down."""
    if (topic := _topic(thing, at)) is None:
        return None
    said = at.t("What did you agree on after {topic}?", topic=topic)
    return said, b.button(at.t("Write it down"), Action.AGREEMENT_OPEN, thing.about)


def to_measure(thing: Thing, at: AtHome) -> tuple[str, Block] | None:
    """The day to measure again has come."""
    if (topic := _topic(thing, at)) is None:
        return None
    said = at.t("It is time to measure {topic} again.", topic=topic)
    return said, b.button(at.t("Measure again"), Action.AGREEMENT_MEASURE, thing.about)


def to_finish(thing: Thing, at: AtHome) -> tuple[str, Block] | None:
    """A request is written down, and nobody has been asked."""
    if (topic := _topic(thing, at)) is None:
        return None
    said = at.t("The request for numbers on {topic} is still a draft. Nobody has been asked.", topic=topic)
    return said, b.button(at.t("Finish it"), Action.ROUND_FINISH, thing.about)


def to_ask(thing: Thing, at: AtHome) -> tuple[str, Block]:
    """A meeting comes near, and nobody is asked for anything."""
    said = at.t("A meeting is coming up, and no numbers are asked for.")
    return said, b.button(at.t("Ask for numbers"), Action.CLUSTER_NUMBERS, thing.about)


THINGS = {
    NextThing.NUMBERS: to_remind,
    NextThing.DRAFTS: to_say_yes,
    NextThing.OBJECTION: to_settle,
    NextThing.AGREEMENT: to_agree,
    NextThing.MEASURE: to_measure,
    NextThing.UNSENT: to_finish,
    NextThing.ASK: to_ask,
}
