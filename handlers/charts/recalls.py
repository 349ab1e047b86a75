"""Comparisons that are recalled: the coordinator's button, the question to a practice, what everybody hears."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from cluster.charts import recall_news, recalling
from cluster.charts.room import Kinds
from cluster.errors import ClusterError
from cluster.members import members
from cluster.members.places import is_one_of
from cluster.packages.lookup import package_of
from cluster.rounds import rounds
from handlers.acting import actor, leader
from handlers.blocks import escape, section
from handlers.charts.ids import Action, View
from handlers.charts.views import recalls as views
from handlers.feature import Direct, Feature, Form, Kept, Notice, Rendering
from handlers.ids import number
from handlers.message import Message
from handlers.rounds.views import asks
from handlers.turn import Turn
from locales import N_, Texts
from measures.charts.words.amounts import amount_text, counted
from measures.disclosure.privacy import Pair
from measures.packages.package import Measure, text


async def open_form(turn: Turn) -> None:
    """ "Call the comparison back?", to the coordinator."""
    async with turn.look() as state:
        round_ = await rounds.get(state, number(turn.value))
        await leader(state, turn, round_.cluster_id)
        shown = await recalling.shown(state, round_)
    if not shown:
        raise ClusterError("recall.nothing")
    measures = [(each.id, text(each.title, turn.t.lang)) for each in shown]
    await turn.open(views.recall_form(turn.t, round_.id, measures))


async def call_back(turn: Turn) -> None:
    """The coordinator has chosen."""
    async with turn.unit() as uow:
        round_ = await rounds.get(uow, number(turn.metadata.get("round")))
        by = await leader(uow, turn, round_.cluster_id)
        await recalling.by_hand(uow, round_, turn.state.get("measures") or [], by=by, now=turn.now)
        await uow.commit()


async def agree(turn: Turn) -> None:
    """ "Yes, draw it without us"."""
    await _answer(turn, yes=True)


async def refuse(turn: Turn) -> None:
    """ "No"."""
    await _answer(turn, yes=False)


async def _answer(turn: Turn, *, yes: bool) -> None:
    async with turn.unit() as uow:
        round_ = await rounds.get(uow, number(turn.value))
        member = await actor(uow, turn, round_.cluster_id)
        became = await recalling.answer(uow, round_, member, yes=yes, now=turn.now)
        await recall_news.thank(uow, round_, member, f"{turn.inbox_id}", became if yes else "refused", now=turn.now)
        await uow.commit()


async def question(r: Rendering) -> Message | None:
    """To those who decide for the practice whose number was wrong, and nobody else."""
    round_ = await rounds.get(r.state, r.number)
    practice_id = int(r.owed.params["practice"])
    member = await members.find(r.state, r.owed.member_id)
    wrong = await recalling.wrong_numbers(r.state, round_, practice_id)
    if not wrong or not is_one_of(member, practice_id):
        return None
    said = [(text(measure.title, r.t.lang), _number(measure, old, r.t)) for measure, old in wrong]
    words, blocks = views.question(r.t, round_.id, asks.title(package_of(round_), r.t), said)
    return Message(words, blocks)


def _number(measure: Measure, old: Pair, t: Texts) -> str:
    return counted(measure, old, t) or amount_text(old[0] / old[1], measure, t, given=True)


async def answered(r: Rendering) -> Message:
    """To who answered for the practice."""
    said = {
        "drawn": r.t("Thank you. The comparison is drawn again without you; you will see it on your own charts."),
        "kept": r.t("Thank you, your yes is noted. The comparison comes back when everybody it concerns has said yes."),
        "refused": r.t("That is noted. The comparison stays out of this round, and nobody is told why."),
        "before": r.t("There is nothing to answer any more: your practice has answered, or it can't be drawn again."),
    }
    return Message(said[str(r.owed.params["became"])])


def _told(words: str) -> Callable[[Rendering], Awaitable[Message]]:
    """The same words to all: never who, how much, up or down."""

    async def told(r: Rendering) -> Message:
        return Message(f"{await _named(r)}: {r.t(words)}")

    return told


recalled = _told(N_("A number in the comparison was wrong. Disregard it; your own number stands."))
recalled_led = _told(
    N_(
        "A number in the comparison was wrong, so it has been recalled from everybody. Their own numbers stand, and "
        "nobody is told whose it was. A deck that you have saved, sent on or printed is out of date; the deck is made "
        "without this comparison from now on."
    )
)
redrawn = _told(N_("The comparison is drawn again without the wrong number. You will find it where it was before."))
redrawn_led = _told(
    N_(
        "The comparison is drawn again without the wrong number, on everybody's charts and in the deck. Earlier decks "
        "are out of date."
    )
)


async def _named(r: Rendering) -> str:
    package = package_of(await rounds.get(r.state, r.number))
    titles = [text(package.measure(each).title, r.t.lang) for each in r.owed.params["measures"]]
    return f"*{asks.title(package, r.t)}* ({r.t.listing([escape(title) for title in titles])})"


async def instead(r: Rendering) -> Message:
    """What stands where a message was that can't be drawn for its reader any more."""
    said = r.t("What was here has been recalled, because a number in the comparison was wrong. Disregard it.")
    return Message(said, [section(said)])


feature = Feature(
    actions={
        Action.RECALL_OPEN: Direct(open_form),
        Action.RECALL_YES: Kept(agree),
        Action.RECALL_NO: Kept(refuse),
    },
    forms={View.RECALL_FORM: Form(call_back)},
    notices={
        Kinds.RECALL_ANSWERED: Notice(answered),
        Kinds.RECALL_ASK: Notice(question),
        Kinds.RECALL_INSTEAD: Notice(instead),
        Kinds.RECALL_RECALLED: Notice(recalled, ahead=N_("A comparison is recalled, told to those who got it")),
        Kinds.RECALL_RECALLED_LED: Notice(recalled_led, ahead=N_("A comparison is recalled, told to the coordinator")),
        Kinds.RECALL_REDRAWN: Notice(redrawn, ahead=N_("A comparison is drawn again, told to those who got it")),
        Kinds.RECALL_REDRAWN_LED: Notice(redrawn_led, ahead=N_("A comparison is drawn again, told to the coordinator")),
    },
    errors={"recall.nothing": N_("There is no comparison to recall in that round.")},
    log={
        "comparison.recalled": N_("{who} recalled a comparison about {subject}, because a number in it was wrong"),
        "comparison.redrawn": N_("A comparison about {subject} that was recalled was drawn again"),
    },
    withheld={
        "leave_out.given": N_("{who} agreed that a wrong number may be left out"),
        "leave_out.refused": N_("{who} did not agree that a wrong number may be left out"),
    },
)
