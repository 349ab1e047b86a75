"""What a practice changes, in words: what, who, from when, what may stand in the way, how it goes."""

from __future__ import annotations

from cluster.changes import picks
from cluster.changes.commitments import Held
from cluster.packages.lookup import package_of
from handlers.blocks import escape
from handlers.meetings.views.words import titled
from handlers.rounds.views.asks import title
from locales import N_, Texts
from storage.words import CommitmentState

GENERAL = {
    "work": N_("We share the work in another way"),
    "procedure": N_("We change how we usually do it"),
    "medicine": N_("We choose another medicine"),
    "teaching": N_("We teach the staff"),
    picks.OWN: N_("Something else"),
}
KIND_NAMES = {
    "work": N_("who does what"),
    "procedure": N_("how it is done"),
    "medicine": N_("choice of medicine"),
    "teaching": N_("teaching the staff"),
    "other": N_("something else"),
    "": N_("several kinds, too few of each to be told apart"),
}
WEEKS = {0: N_("this week"), 1: N_("next week"), 2: N_("in two weeks"), 4: N_("in a month")}
BARRIERS = {
    "time": N_("time"),
    "patients": N_("what patients wish"),
    "systems": N_("the record system"),
    "disagree": N_("that we disagree"),
    "codes": N_("coding"),
}
STATES = {
    CommitmentState.GOING: N_("under way"),
    CommitmentState.NOT_YET: N_("not yet"),
    CommitmentState.DROPPED: N_("dropped"),
}


def pick_text(pick: picks.Pick, t: Texts) -> str:
    """A choice as it stands in the list."""
    return pick.texts[t.lang] if pick.texts is not None else t(GENERAL[pick.id])


def topic(held: Held, t: Texts) -> str:
    """What it is about: the numbers, or else the meeting."""
    return f"*{escape(title(package_of(held.round), t))}*" if held.round is not None else titled(held.meeting, t)


def what(held: Held, t: Texts) -> str:
    """What is changed; own words instead of "something else", and beside any other choice."""
    own = escape(held.row.words)
    if held.pick is None or (held.pick.id == picks.OWN and own):
        return own or t("Something else")
    said = escape(pick_text(held.pick, t))
    return f"{said} – {own}" if own else said


def details(held: Held, t: Texts, name: str = "") -> str:
    """Who, from when, and what may stand in the way."""
    row = held.row
    who = {"all": t("the whole practice"), "staff": t("the staff")}.get(row.who) or escape(name) or t("the practice")
    parts = [t("begins: {who}", who=who)]
    if row.in_weeks in WEEKS:
        parts.append(t(WEEKS[row.in_weeks]))
    if row.barrier in BARRIERS:
        parts.append(t("may stand in the way: {barrier}", barrier=t(BARRIERS[row.barrier])))
    return ", ".join(parts)


def begins(held: Held) -> str:
    """The name of who begins, among the practice's people; empty when it is nobody in particular."""
    return next((each.name for each in held.colleagues if each.id == held.row.who_id), "")


def said(held: Held, t: Texts) -> str:
    """All of it in two lines."""
    if held.row.state == CommitmentState.NOTHING:
        return t("After {topic} you said: nothing to change, we have that in hand.", topic=topic(held, t))
    lines = [t("After {topic} you said that you change:", topic=topic(held, t)), f"> {what(held, t)}"]
    ends = details(held, t, begins(held))
    if held.row.state in STATES:
        ends = t("{details} – *{state}*", details=ends, state=t(STATES[held.row.state]))
    return "\n".join([*lines, ends])
