"""The words that everything about date polls shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cluster.polls.best import DateTally
from handlers.blocks import button, escape
from handlers.meetings.views.words import between
from handlers.polls.ids import Action
from locales import N_, Texts
from storage.models import Poll, PollDate
from storage.words import Suits

SUITS = {Suits.YES: N_("Can"), Suits.IF_NEEDED: N_("If need be"), Suits.NO: N_("Can't")}
_BUTTONS = {Suits.YES: Action.POLL_YES, Suits.IF_NEEDED: Action.POLL_IF_NEEDED, Suits.NO: Action.POLL_NO}


def slot(date: PollDate, t: Texts) -> str:
    """``torsdag den 12. marts kl. 17.00–19.00``."""
    return between(date.starts_at, date.ends_at, t)


def capital(text: str) -> str:
    """With a capital, at the beginning of a line."""
    return text[:1].upper() + text[1:]


def titled(poll: Poll) -> str:
    """The topic in mrkdwn."""
    return f"*{escape(poll.title)}*"


def suits_button(suits: Suits, poll: Poll, date: PollDate, said: Suits | None, t: Texts) -> dict[str, Any]:
    """One of the answers to a date; the one that was given is marked."""
    chosen = suits == said
    label = ("✔ " if chosen else "") + t(SUITS[suits])
    return button(label, _BUTTONS[suits], f"{poll.id}:{date.id}", style="primary" if chosen else "")


def suits_word(suits: Suits | None, t: Texts) -> str:
    """``kan``, within a line."""
    return t(SUITS[suits]).lower() if suits is not None else t("no answer")


def counts(tally: DateTally, practices: int, t: Texts) -> str:
    """How many practices, and how many people."""
    said = t.n(
        "{covered} of {n} practice can",
        "{covered} of {n} practices can",
        practices,
        covered=t.number(len(tally.covered)),
    )
    if tally.halfway:
        said += ", " + t("{n} if need be", n=t.number(len(tally.halfway)))
    people = [
        t("{n} can", n=t.number(tally.many(Suits.YES))),
        t("{n} if need be", n=t.number(tally.many(Suits.IF_NEEDED))),
        t("{n} can't", n=t.number(tally.many(Suits.NO))),
        t("{n} no answer", n=t.number(tally.many(None))),
    ]
    return said + "\n" + t("Members: {counts}", counts=" · ".join(people))


def best_of(found: Sequence[DateTally], t: Texts) -> str:
    """The best date in a sentence; of several that are equal nothing is decided."""
    if not found:
        return t("Nobody has said yet that they can.")
    days = [slot(each.date, t) for each in found]
    if len(days) == 1:
        return t("Best so far: {day}.", day=days[0])
    return t("Equally good: {days}. You choose.", days=t.listing(days))
