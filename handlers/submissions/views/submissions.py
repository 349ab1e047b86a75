"""What a member sees of an answer: the form, what was read, what is wrong, what to confirm."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.blocks import (
    actions,
    button,
    confirmation,
    context,
    entry,
    escape,
    form,
    number_field,
    section,
    text_field,
)
from handlers.conversation.ids import Action as ConversationAction
from handlers.members.ids import Action as MemberAction
from handlers.message import Block
from handlers.rounds.ids import Action as RoundAction
from handlers.rounds.views.asks import Ask, example
from handlers.submissions.ids import Action, View
from locales import Texts
from measures.checking.amounts import receipt
from measures.checking.sentences import place as describe_place
from measures.packages.package import Package, text
from measures.reading.problems import Option
from measures.texts import choose

MOST = 10_000_000


@dataclass(frozen=True)
class NumbersRead:
    """One version of an answer, ready to be shown."""

    submission_id: int
    assignment_id: int
    package: Package
    practice: str
    period: str
    numbers: Mapping[str, float | None]
    before: Mapping[str, float | None]
    """The version it replaces; empty when it is the first."""
    questions: Sequence[str]
    headings: Sequence[tuple[str, str]] = ()
    """The field and the question about each heading that is only nearly known."""
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Where each number stood in the file."""
    type_again: bool = False
    """Whether a number must be typed once more before anything counts."""
    said: Sequence[str] | None = None
    """The fields that the newest message named; the others are shown as before. None: all came at once."""


def numbers_form(
    t: Texts, ask: Ask, numbers: Mapping[str, float | None], *, metadata: str, late: bool
) -> dict[str, Any]:
    """One field for each number, filled in with what is known already."""
    blocks: list[Block] = [section(f"*{escape(ask.practice)}* · {ask.period}")]
    if late:
        blocks.append(context(t("The deadline has passed, but your numbers are still welcome.")))
    for item in ask.package.fields:
        field = number_field(
            f"value.{item.id}", initial=numbers.get(item.id), low=0, high=MOST, decimals=ask.package.places(item.id) > 0
        )
        blocks.append(entry(text(item.label, t.lang), field, help_text=text(item.help, t.lang), optional=True))
    blocks.append(
        context(t("Leave a field empty if the number can't be found. Only counts – never names or CPR numbers."))
    )
    return form(View.ASSIGNMENT_NUMBERS, t("Enter numbers"), t("Send"), t("Cancel"), blocks, metadata)


def again_form(t: Texts, package: Package, names: Collection[str], metadata: str) -> dict[str, Any]:
    """An empty field for each number that is to be typed once more."""
    blocks: list[Block] = [
        section(t("The number is far outside what is usual. Look it up once more, and type what you find."))
    ]
    for item in (each for each in package.fields if each.id in names):
        field = number_field(f"again.{item.id}", low=0, high=MOST, decimals=package.places(item.id) > 0)
        blocks.append(entry(text(item.label, t.lang), field, help_text=text(item.help, t.lang)))
    return form(View.SUBMISSION_AGAIN, t("Type it again"), t("Send"), t("Cancel"), blocks, metadata)


def none_form(t: Texts, ask: Ask, metadata: str) -> dict[str, Any]:
    """ "Ingen data", with room for why."""
    blocks: list[Block] = [
        section(
            t(
                "*{practice}* answers that there are no numbers this time. You will not be reminded again, and you can "
                "still send numbers later.",
                practice=escape(ask.practice),
            )
        ),
        entry(
            t("Why?"),
            text_field("reason", multiline=True, limit=500, hint=t("For instance: we have just changed system")),
            help_text=t("Only your practice can read this. Never write about patients."),
            optional=True,
        ),
    ]
    return form(View.ASSIGNMENT_NONE, t("No data"), t("Send"), t("Cancel"), blocks, metadata)


def lines(read: NumbersRead, t: Texts) -> str:
    """The numbers by their labels, what they come to, and what they were before where they differ."""
    found = []
    for item in read.package.fields:
        value, old = read.numbers.get(item.id), read.before.get(item.id)
        said = "*–*" if value is None else f"*{t.given(value)}*"
        said = (receipt(read.package, item.id, read.numbers, t, mark="*") or said) if value is not None else said
        changed = t(" (before: {number})", number=t.given(old)) if old is not None and old != value else ""
        if value is not None and value == old and read.said is not None and item.id not in read.said:
            changed = t(" (as before)")
        place = origin(read.sources.get(item.id, {}), t) if value is not None else ""
        found.append(f"• {escape(text(item.label, t.lang))}: {said}{changed}{place}")
    return "\n".join(found)


def origin(source: Mapping[str, Any], t: Texts) -> str:
    """Where a number was read, in a few words behind it; "" when it was typed."""
    if source.get("register"):
        return t(" – the number on file")
    said = escape(", ".join(origin_parts(source, t)))
    return f" – _{said}_" if said else ""


def origin_parts(source: Mapping[str, Any], t: Texts) -> list[str]:
    """The same in parts and as plain text."""
    if source.get("register"):
        return [t(" – the number on file").removeprefix(" – ")]
    parts = [t("sheet “{name}”", name=source["sheet"])] if source.get("sheet") else []
    parts += [t("cell {cell}", cell=source["cell"])] if source.get("cell") else []
    parts += [t("“{heading}”", heading=source["heading"])] if source.get("heading") else []
    parts += [t("rounded from {number}", number=source["rounded"])] if source.get("rounded") else []
    return parts


def option(place: Option, t: Texts) -> str:
    """A place that can be chosen, as a person finds it: Column C “2025”."""
    where = describe_place(place.where, t)
    return t("{place} “{words}”", place=where, words=place.said) if place.said else where


def which_place(code: str, params: Mapping[str, Any], t: Texts) -> str:
    """The question that goes with several places for the numbers, or for one of them."""
    if code == "named_twice":
        return t("“{field}” appears several times. Which one is right?", field=escape(choose(params["field"], t.lang)))
    if code == "several_sheets":
        return t("There are several sheets with numbers. Which one is for this period?")
    if code == "several_rows":
        return t("There are several rows with numbers. Which one is your practice's for this period?")
    return t("There are several columns with numbers. Which one is your practice's for this period?")


def where(read: NumbersRead) -> str:
    """Whose numbers, from when."""
    return f"*{escape(read.practice)}* · {read.period}"


def accepted(
    read: NumbersRead, headline: str, more: Sequence[str], t: Texts, *, can_object: bool = False
) -> list[Block]:
    """Kept: what was read, and the ways to change it."""
    sure = confirmation(
        t("Withdraw the numbers?"),
        t("Your practice then counts as not having answered. Charts already sent can't be taken back."),
        t("Withdraw"),
        t("Keep them"),
    )
    blocks = [section(f"{headline}\n{where(read)}\n{lines(read, t)}")]
    blocks += [context(line) for line in more]
    ways = [
        button(t("Correct numbers"), Action.SUBMISSION_CORRECT, read.submission_id),
        button(t("Withdraw"), Action.SUBMISSION_WITHDRAW, read.submission_id, confirm=sure),
        button(t("History"), RoundAction.ASSIGNMENT_HISTORY, read.assignment_id),
    ]
    if can_object:
        ways.append(button(t("My numbers are wrong"), Action.SUBMISSION_OBJECT, read.submission_id))
    return [*blocks, actions(*ways)]


def echo(read: NumbersRead, headline: str, t: Texts) -> list[Block]:
    """A typed answer as it was understood, to be confirmed."""
    return [
        section(f"{headline}\n{where(read)}\n{lines(read, t)}"),
        *_asked(read),
        actions(
            _again(read, t) or button(t("Yes, save"), Action.SUBMISSION_CONFIRM, read.submission_id, style="primary"),
            button(t("Correct numbers"), Action.SUBMISSION_CORRECT, read.submission_id),
            button(t("Discard"), Action.SUBMISSION_DISCARD, read.submission_id),
        ),
    ]


def doubts(read: NumbersRead, headline: str, t: Texts) -> list[Block]:
    """Numbers that can be right but want a yes first: headings one by one, then all the rest together."""
    ways = [
        button(t("Correct numbers"), Action.SUBMISSION_CORRECT, read.submission_id),
        button(t("I'll send new ones"), Action.SUBMISSION_DISCARD, read.submission_id),
    ]
    if again := _again(read, t):
        ways.insert(0, again)
    elif not read.headings:
        said = t("Yes, the numbers are right")
        ways.insert(0, button(said, Action.SUBMISSION_CONFIRM, read.submission_id, style="primary"))
    asked = [block for field, question in read.headings for block in _heading(read.submission_id, field, question, t)]
    return [section(f"{headline}\n{where(read)}\n{lines(read, t)}"), *asked, *_asked(read), actions(*ways)]


def _again(read: NumbersRead, t: Texts) -> Block | None:
    if not read.type_again:
        return None
    return button(t("Type the number again"), Action.SUBMISSION_AGAIN, read.submission_id, style="primary")


def _heading(submission_id: int, field: str, question: str, t: Texts) -> list[Block]:
    value = f"{submission_id}:{field}"
    return [
        section(f"❓ {escape(question)}"),
        actions(
            button(t("Yes, it is the same"), Action.HEADING_YES, value, style="primary"),
            button(t("No, it is something else"), Action.HEADING_NO, value),
        ),
    ]


def _asked(read: NumbersRead) -> list[Block]:
    return [section("\n".join(f"❓ {escape(question)}" for question in read.questions))] if read.questions else []


def refused(
    said: str,
    problems: Sequence[str],
    assignment_id: int | None,
    t: Texts,
    *,
    note: str = "",
    good: int = 0,
    partial: str = "",
) -> list[Block]:
    """What is wrong with a file, and other ways to answer; ``partial`` keeps the ``good`` numbers in order."""
    blocks = [section(said), section("\n".join(f"• {escape(problem)}" for problem in problems))]
    if note:
        blocks.append(context(note))
    if assignment_id is not None:
        ways = [
            button(t("Enter numbers"), Action.ASSIGNMENT_ENTER, assignment_id),
            button(t("How to find the numbers"), RoundAction.ASSIGNMENT_GUIDE, assignment_id),
        ]
        if good:
            keep = t.n("Save the {n} that is in order", "Save the {n} that are in order", good)
            ways.append(button(keep, Action.SUBMISSION_PARTIAL, partial))
        blocks.append(actions(*ways))
    return blocks


def which(
    said: str, choices: Sequence[tuple[str, str]], t: Texts, action: str = ConversationAction.ASSIGNMENT_PICK
) -> list[Block]:
    """One line with a button for each thing the file can be about."""
    blocks = [section(said)]
    blocks += [section(name, button(t("This one"), action, value)) for value, name in choices]
    return blocks


def unclear(said: str, package: Package, assignment_id: int, t: Texts) -> list[Block]:
    """A typed answer that could not be understood, with an example."""
    hint = t("Write for instance “{example}”.", example=escape(example(package, t)))
    return [
        section(f"{said} {hint}"),
        actions(button(t("Enter numbers"), Action.ASSIGNMENT_ENTER, assignment_id, style="primary")),
    ]


def consent_needed(said: str, practice_id: int, t: Texts) -> list[Block]:
    """Why the numbers can't be taken, with the button that fixes it."""
    give = button(t("Give the consent"), MemberAction.PRACTICE_CONSENT, practice_id, style="primary")
    return [section(said), actions(give)]
