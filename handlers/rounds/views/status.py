"""How rounds stand: names for the coordinator, one's own state and the totals for everybody else."""

from __future__ import annotations

from collections.abc import Sequence

from cluster.rounds.standing import Given, Standing, tally
from handlers.blocks import context, divider, escape, section
from handlers.message import Block
from handlers.rounds.views.rounds import lead_buttons
from locales import Texts
from measures.packages.package import Package
from storage.words import RoundState

MARKS = {Given.NUMBERS: "✅", Given.NONE: "➖", Given.DRAFT: "⏳", Given.WAITING: "⬜"}


def headline(title: str, deadline: str, standings: Sequence[Standing], t: Texts) -> str:
    """ "7 af 12 praksis har svaret", with what it is about."""
    counts = tally(standings)
    return t(
        "*{title}* · deadline {deadline}\n*{answered} of {total}* practices have answered.",
        title=escape(title),
        deadline=deadline,
        answered=counts.answered,
        total=counts.total,
    )


def released_line(t: Texts) -> str:
    """The charts are out; late numbers are still taken."""
    return t("The charts have been sent. Late numbers are still accepted.")


def stays_line(package: Package, t: Texts) -> str:
    """Why late answers do not reach everybody's charts of a questionnaire; "" for packages without one."""
    if not any(measure.kind == "questionnaire" for measure in package.measures):
        return ""
    return t(
        "Late answers to the questions: those who answer get their own charts at once. The cluster's charts mostly "
        "stay as they were first sent, because few have chosen each answer, and a new picture beside the old one could "
        "reveal who. To include everybody, ask again with `/klynge data`."
    )


def for_leader(
    said: str, round_id: int, state: str, standings: Sequence[Standing], t: Texts, note: str = ""
) -> list[Block]:
    """Names by state: those missing first, for they are whom the coordinator can help. No numbers."""
    groups = [
        (Given.WAITING, t("Not answered"), True),
        (Given.DRAFT, t("Waiting for their own yes"), True),
        (Given.NUMBERS, t("Numbers received"), False),
        (Given.NONE, t("No data"), False),
    ]
    blocks = [section(said)]
    for given, label, with_person in groups:
        inside = [each for each in standings if each.state == given]
        if inside:
            names = ", ".join(_name(each, with_person=with_person) for each in inside)
            blocks.append(section(f"{MARKS[given]} *{label} ({t.number(len(inside))}):* {names}"))
    if state == RoundState.RELEASED:
        blocks.append(context(released_line(t)))
    if note:
        blocks.append(context(note))
    missing = any(not each.answered for each in standings)
    return [*blocks, lead_buttons(round_id, t, missing=missing, state=state)]


def _name(each: Standing, *, with_person: bool) -> str:
    return f"{escape(each.practice)} ({escape(each.member)})" if with_person else escape(each.practice)


def for_member(said: str, own: Sequence[Standing], state: RoundState, t: Texts) -> list[Block]:
    """The member's own practice, and how many have answered; nobody's name."""
    words = {
        Given.NUMBERS: t("your numbers are here"),
        Given.NONE: t("“No data” is noted"),
        Given.DRAFT: t("your numbers are waiting for your yes"),
        Given.WAITING: t("your numbers are missing"),
    }
    lines = [f"{MARKS[each.state]} {escape(each.practice)}: {words[each.state]}" for each in own]
    blocks = [section("\n".join([said, *lines]))]
    return [*blocks, context(released_line(t))] if state == RoundState.RELEASED else blocks


def joined(parts: Sequence[Sequence[Block]]) -> list[Block]:
    """Rounds below one another."""
    blocks: list[Block] = []
    for part in parts:
        blocks += [divider(), *part] if blocks else part
    return blocks
