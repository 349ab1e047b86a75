"""The coordinator's form for asking, and what the coordinator hears about a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from cluster.clock import local
from handlers.blocks import (
    Option,
    actions,
    button,
    confirmation,
    context,
    date_field,
    divider,
    entry,
    form,
    multi_menu,
    section,
    select,
    time_field,
)
from handlers.charts.ids import Action as ChartAction
from handlers.charts.ids import View as ChartView
from handlers.message import Block
from handlers.rounds.ids import Action, View
from handlers.rounds.views.adapting import Adaptation, fields
from locales import Texts
from storage.words import RoundState

LEFT_OUT = "0"
NO_MEETING = "0"
LEAVE_OUT = "leave_out"
MOST_LINES = 70
"""Practices with a line of their own; what else stands in the form has room beside them."""
HELD = "held"
"""Stands for the state of an open round whose charts wait for numbers that are looked at once more."""


@dataclass(frozen=True)
class Candidate:
    """A practice in the form: who can answer for it, and who does unless somebody else is chosen."""

    practice_id: int
    name: str
    people: Sequence[Option]
    contact: str | None


def round_form(
    t: Texts,
    *,
    packages: Sequence[Option],
    meetings: Sequence[Option],
    period: tuple[date, date],
    deadline: datetime,
    candidates: Sequence[Candidate],
    metadata: str,
    sending: Sequence[Block] = (),
    above: Sequence[Block] = (),
    adapted: Adaptation | None = None,
    can_adapt: bool = True,
    filled: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Package, period and deadline first; then one line for each practice, filled in where a contact is known.

    ``filled`` is what was written in the form before it is shown again, ``above`` what is seen before it is sent.
    """
    here, said = local(deadline), filled or {}
    hour = here.time().replace(second=0, microsecond=0)
    ahead = [*meetings, (NO_MEETING, t("No particular meeting"))]
    blocks: list[Block] = fields(adapted, said, t) if adapted else _package(packages, said, t, can_adapt=can_adapt)
    blocks += [
        entry(t("Numbers from"), _day("period_start", said, period[0])),
        entry(t("to and including"), _day("period_end", said, period[1])),
        entry(t("For the meeting"), select("meeting", ahead, chosen=_among(ahead, said.get("meeting")))),
        entry(t("Deadline"), _day("deadline_day", said, here.date())),
        entry(
            t("Time"), time_field("deadline_time", initial=time.fromisoformat(said.get("deadline_time") or f"{hour}"))
        ),
        *sending,
        divider(),
    ]
    blocks += _many(candidates, said, t) if is_many(candidates) else _each(candidates, said, t)
    then = t("Ask the practices") if above else t("Continue")
    return form(View.ROUND_FORM, t("Ask for numbers"), then, t("Cancel"), [*above, *blocks], metadata)


def _among(choices: Sequence[Option], said: object) -> str:
    """What was chosen, where it can still be; else the first."""
    return next((value for value, _ in choices if value == str(said)), choices[0][0])


def _package(packages: Sequence[Option], said: Mapping[str, Any], t: Texts, *, can_adapt: bool) -> list[Block]:
    blocks = [
        entry(
            t("What do you want to look at?"), select("package", packages, chosen=_among(packages, said.get("package")))
        )
    ]
    if can_adapt:
        blocks.append(actions(button(t("Adapt the package for this round"), Action.ROUND_ADAPT)))
    return blocks


def _day(name: str, said: Mapping[str, Any], likely: date) -> dict[str, Any]:
    return date_field(name, initial=date.fromisoformat(said[name]) if said.get(name) else likely)


def is_many(candidates: Sequence[Candidate]) -> bool:
    """Whether a line for each practice is more than Slack shows in a form."""
    return len(candidates) > MOST_LINES


def _each(candidates: Sequence[Candidate], said: Mapping[str, Any], t: Texts) -> list[Block]:
    lines = [_who(each, t, str(said.get(f"who.{each.practice_id}") or "")) for each in candidates]
    head = t("*Who answers for each practice?* The contact is suggested; choose another where you wish.")
    return [section(head), *lines]


def _many(candidates: Sequence[Candidate], said: Mapping[str, Any], t: Texts) -> list[Block]:
    """Every practice's contact answers; lines only where there is none to suggest, and a menu of whom not to ask."""
    silent = [each for each in candidates if not each.people]
    lacking = [each for each in candidates if each.people and each.contact is None]
    asked = len(candidates) - len(silent) - len(lacking)
    head = t.n(
        "*Who answers?* The contact of {n} practice. Choose another under /klynge medlemmer.",
        "*Who answers?* The contacts of {n} practices. Choose others under /klynge medlemmer.",
        asked,
    )
    blocks = [section(head)]
    if silent:
        said_silent = t.n(
            "{n} practice has nobody in Slack yet and isn't asked.",
            "{n} practices have nobody in Slack yet and aren't asked.",
            len(silent),
        )
        blocks.append(context(said_silent))
    choices = [(str(each.practice_id), each.name) for each in candidates if each.people]
    left = multi_menu(LEAVE_OUT, choices, chosen=said.get(LEAVE_OUT) or [], hint=t("Choose practices"))
    blocks.append(entry(t("Don't ask these practices"), left, optional=True))
    blocks += [_who(each, t, str(said.get(f"who.{each.practice_id}") or "")) for each in lacking[:MOST_LINES]]
    return blocks


def _who(candidate: Candidate, t: Texts, said: str) -> Block:
    choices = [*candidate.people, (LEFT_OUT, t("Don't ask this practice"))]
    chosen = said if said in dict(choices) else (candidate.contact if candidate.people else LEFT_OUT)
    hint = ""
    if not candidate.people:
        hint = t("Nobody from this practice is in Slack yet, so it can't be asked.")
    elif candidate.contact is None:
        hint = t("This practice has no contact yet. Choose who answers this time.")
    field = select(f"who.{candidate.practice_id}", choices, chosen=chosen, hint=t("Choose a person"))
    return entry(candidate.name, field, help_text=hint, optional=True)


def lead_buttons(round_id: int, t: Texts, *, missing: bool, state: str) -> Block:
    """What a coordinator can do with a round; `state` is the round's, or `HELD`."""
    elements = []
    if missing:
        elements.append(button(t("Remind those missing"), Action.ROUND_REMIND, round_id))
    if state == RoundState.OPEN:
        elements.append(button(t("Send the charts"), ChartAction.ROUND_RELEASE, round_id, style="primary"))
    elif state == HELD:
        elements.append(button(t("Send now"), ChartAction.ROUND_SEND, round_id, style="primary"))
    if state == RoundState.RELEASED:
        elements.append(button(t("Recall the comparison"), ChartAction.RECALL_OPEN, round_id))
    close = confirmation(
        t("Close the round?"),
        t("No more numbers are accepted after that. Charts already sent stay with those who got them."),
        t("Close the round"),
        t("Not yet"),
    )
    elements.append(button(t("Close the round"), Action.ROUND_CLOSE, round_id, confirm=close))
    if state in (RoundState.OPEN, HELD):
        cancel = confirmation(
            t("Call the round off?"),
            t("Nobody is asked or reminded any more, and no charts are sent."),
            t("Call it off"),
            t("No, keep the round"),
        )
        elements.append(button(t("Call it off"), Action.ROUND_CANCEL, round_id, style="danger", confirm=cancel))
    return actions(*elements)


def release_form(t: Texts, rounds: Sequence[tuple[int, str, str]], chosen: int) -> dict[str, Any]:
    """ "Send the charts?" with what they will hold, before anything is sent. ``rounds``: id, name, explanation."""
    blocks: list[Block] = []
    if len(rounds) > 1:
        names = [(str(number), name) for number, name, _ in rounds]
        blocks.append(entry(t("Which numbers?"), select("round", names, chosen=str(chosen))))
    for _, name, explained in rounds:
        blocks.append(section(f"*{name}*\n{explained}" if len(rounds) > 1 else explained))
    blocks.append(
        context(
            t(
                "Each member gets the practice's own charts in a private message. In the channel I will only write how "
                "many practices got them."
            )
        )
    )
    metadata = f'{{"round": {chosen}}}'
    return form(ChartView.ROUND_RELEASE, t("Send the charts"), t("Send the charts"), t("Not yet"), blocks, metadata)
