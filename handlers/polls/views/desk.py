"""What those who run the cluster see of a date poll: counts by date, the best, and what can be done; and who can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cluster.polls.answers import PollCount
from cluster.polls.best import DateTally, best, ranked
from handlers import blocks as b
from handlers.fitting import paragraphs
from handlers.message import Block
from handlers.polls.ids import Action, View
from handlers.polls.views.words import best_of, capital, counts, slot, titled
from locales import N_, Texts
from storage.words import PollState, Suits

_ENDED = {
    PollState.CANCELLED: N_("{title}: the date poll is called off."),
    PollState.SETTLED: N_("{title}: the date is chosen, and the meeting is called."),
}
_GROUPS = {
    Suits.YES: N_("Can"),
    Suits.IF_NEEDED: N_("If need be"),
    Suits.NO: N_("Can't"),
    None: N_("Have not answered"),
}


def heading(counted: PollCount, t: Texts) -> str:
    """What it is about, and how many have answered."""
    poll = counted.poll
    title = titled(poll)
    if poll.state in _ENDED:
        return t(_ENDED[poll.state], title=title)
    said = t("Date poll: {title}", title=title)
    asked = len(counted.asked)
    done = t.number(asked - len(counted.silent))
    said += "\n" + t.n("{done} of {n} has answered.", "{done} of {n} have answered.", asked, done=done)
    if poll.state == PollState.OPEN:
        said += " " + t("Answers are due by {moment}.", moment=t.moment(poll.answer_by))
    else:
        said += " " + t("It is closed for answers.")
    return said


def desk(counted: PollCount, t: Texts, *, obstacles: Mapping[int, Sequence[str]]) -> list[Block]:
    """The card: each date, the best first, with the button that calls the meeting there."""
    poll = counted.poll
    blocks = [b.section(heading(counted, t))]
    if poll.state in _ENDED:
        return blocks
    blocks.append(b.section(f"*{best_of(best(counted.tallies), t)}*"))
    for each in ranked(counted.tallies):
        lines = [f"*{capital(slot(each.date, t))}*", counts(each, counted.practices, t)]
        lines += [f"⚠ {obstacle}" for obstacle in obstacles.get(each.date.id, ())]
        blocks.append(b.section("\n".join(lines), _settle(counted, each, t)))
    blocks.append(b.actions(*buttons(counted, t)))
    blocks.append(b.context(t("A practice that only can if need be counts half. Names are shown to you alone.")))
    return blocks


def summary(counted: PollCount, t: Texts) -> str:
    """The card for notifications and screen readers."""
    said = heading(counted, t)
    return said if counted.poll.state in _ENDED else f"{said} {best_of(best(counted.tallies), t)}"


def _settle(counted: PollCount, tally: DateTally, t: Texts) -> dict[str, Any]:
    said = t.n(
        "{n} person is invited to {day}: {yes} down as coming, {no} as not coming, by their answers. Each is told and "
        "may change it. Outside your hours the invitation waits for a workday.",
        "{n} people are invited to {day}: {yes} down as coming, {no} as not coming, by their answers. Each is told and "
        "may change it. Outside your hours the invitation waits for a workday.",
        len(counted.asked),
        day=slot(tally.date, t),
        yes=t.number(tally.many(Suits.YES)),
        no=t.number(tally.many(Suits.NO)),
    )
    if not tally.many(Suits.YES):
        said = t("Nobody has said that they can.") + " " + said
    sure = b.confirmation(t("Call the meeting?"), said, t("Call the meeting"), t("Not yet"))
    return b.button(t("Hold it here"), Action.POLL_SETTLE, f"{counted.poll.id}:{tally.date.id}", confirm=sure)


def buttons(counted: PollCount, t: Texts) -> list[dict[str, Any]]:
    """What can be done with it besides choosing."""
    poll = counted.poll
    is_open = poll.state == PollState.OPEN
    close = b.confirmation(
        t("Close the date poll?"), t("Nobody can answer any more. You can still choose a date."), t("Close it"), t("No")
    )
    cancel = b.confirmation(
        t("Call the date poll off?"),
        t("Everybody who was asked is told once. No meeting is called."),
        t("Drop the date poll"),
        t("No"),
    )
    found = [b.button(t("See who can"), Action.POLL_WHO, poll.id)]
    if is_open:
        found.append(b.button(t("Remind now"), Action.POLL_REMIND, poll.id))
    label = t("Change the dates") if is_open else t("Open it with other dates")
    found.append(b.button(label, Action.POLL_EDIT, poll.id))
    if is_open:
        found.append(b.button(t("Close for answers"), Action.POLL_CLOSE, poll.id, confirm=close))
    found.append(b.button(t("Drop the date poll"), Action.POLL_CANCEL, poll.id, style="danger", confirm=cancel))
    return found


def who_window(counted: PollCount, t: Texts) -> dict[str, Any]:
    """Names by date and answer."""
    blocks: list[Block] = [b.section(heading(counted, t))]
    for each in ranked(counted.tallies):
        lines = [f"*{capital(slot(each.date, t))}*"]
        for suits, label in _GROUPS.items():
            names = [b.escape(member.name) for member in each.people.get(suits, ())]
            if names:
                lines.append(f"{t(label)} ({t.number(len(names))}): " + ", ".join(names))
        blocks += [b.divider(), *(b.section(part) for part in paragraphs(lines))]
    return b.window(View.POLL_WHO, t("Who can, and when?"), t("Close"), blocks[:100])
