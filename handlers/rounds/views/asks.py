"""What a practice that is asked for numbers sees: the card, the reminders, the guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.blocks import actions, button, context, escape, header, section, window
from handlers.message import Block
from handlers.reminders.views.snoozing import later_menu
from handlers.rounds.ids import Action, View
from handlers.submissions.ids import Action as SubmissionAction
from locales import Texts
from measures.packages.package import Guide, Package, text
from measures.packages.systems import OTHER, SYSTEMS
from storage.models import Heading, Submission
from storage.words import Source, SubmissionState

STEPS_SHOWN = 2


@dataclass(frozen=True)
class Ask:
    """One practice's part of a round, ready to be shown."""

    assignment_id: int
    package: Package
    practice: str
    system: str
    period: str
    deadline: datetime
    minutes: int
    """The agreed cap on preparation; 0 when there is none."""


def period_text(start: str, end: str) -> str:
    """The period as it is written everywhere."""
    return f"{start} – {end}"


def example(package: Package, t: Texts) -> str:
    """How a typed answer looks, with made-up numbers."""
    asked = [item for item in package.fields if not item.from_practice][:2]
    return ", ".join(f"{text(item.short, t.lang)} {number}" for item, number in zip(asked, (130, 96), strict=False))


def title(package: Package, t: Texts) -> str:
    """The package's short name: what stands before the colon."""
    return text(package.title, t.lang).partition(":")[0]


def request(ask: Ask, t: Texts) -> list[Block]:
    """The whole request: what, why, until when, where to find it, and how to answer."""
    package, practice = ask.package, escape(ask.practice)
    wanted = "\n".join(
        f"• *{escape(text(item.label, t.lang))}* – {escape(text(item.help, t.lang))}" for item in package.fields
    )
    blocks = [
        header(t("Numbers for the cluster: {title}", title=title(package, t))),
        section(
            t(
                "*{practice}* – the cluster asks for {count} numbers from {period}.\nDeadline: *{deadline}*.",
                practice=practice,
                count=len(package.fields),
                period=ask.period,
                deadline=t.moment(ask.deadline),
            )
        ),
        section(escape(text(package.why, t.lang))),
        section(wanted),
        section(_first_steps(ask, t)),
        context(
            t(
                "Answer in the way that suits you: drop the filled-in template here, press *Enter numbers*, "
                "or just write “{example}”. Only counts – never names or CPR numbers.",
                example=escape(example(package, t)),
            )
        ),
    ]
    if ask.minutes:
        blocks.append(
            context(
                t.n(
                    "Your cluster has agreed on at most {n} minute of preparation.",
                    "Your cluster has agreed on at most {n} minutes of preparation.",
                    ask.minutes,
                )
            )
        )
    return blocks


def _first_steps(ask: Ask, t: Texts) -> str:
    guide = ask.package.guide(ask.system)
    steps = _steps(guide, t)[:STEPS_SHOWN]
    lines = "\n".join(f"{number}. {escape(step)}" for number, step in enumerate(steps, start=1))
    return f"*{escape(_route(ask.system, ask.package, t))}*\n{lines}"


def _steps(guide: Guide, t: Texts) -> tuple[str, ...]:
    return guide.steps["da" if t.lang == "da" else "en"]


def _route(system: str, package: Package, t: Texts) -> str:
    own = package.guide(system)
    if own.name:
        return text(own.name, t.lang)
    names = {each.id: each.name for each in SYSTEMS if each.id != OTHER}
    if system in names and system in package.guides:
        return t("How to find the numbers in {system}", system=names[system])
    return t("How to find the numbers in your record system")


def answer_buttons(assignment_id: int, t: Texts, *, later: bool = True) -> Block:
    """The ways to answer without a file."""
    elements = [
        button(t("Enter numbers"), SubmissionAction.ASSIGNMENT_ENTER, assignment_id, style="primary"),
        button(t("No data"), SubmissionAction.ASSIGNMENT_NONE, assignment_id),
        button(t("How to find the numbers"), Action.ASSIGNMENT_GUIDE, assignment_id),
    ]
    if later:
        elements.append(later_menu(Action.ASSIGNMENT_LATER, assignment_id, t, capital=True))
    return actions(*elements)


def answered_buttons(assignment_id: int, t: Texts) -> Block:
    """What can still be done once an answer is there."""
    return actions(
        button(t("Change numbers"), SubmissionAction.ASSIGNMENT_ENTER, assignment_id),
        button(t("History"), Action.ASSIGNMENT_HISTORY, assignment_id),
    )


def guide_window(ask: Ask, t: Texts) -> dict[str, object]:
    """The whole guide for the practice's own system, and the route that is the same in all."""
    blocks: list[Block] = [section(f"*{escape(ask.practice)}* · {ask.period}")]
    blocks.append(section(escape(text(ask.package.population, t.lang))))
    shared = [(text(way.name, t.lang), way) for way in ask.package.other_ways(ask.system) if way.name]
    for name, guide in [(_route(ask.system, ask.package, t), ask.package.guide(ask.system)), *shared]:
        steps = "\n".join(f"{number}. {escape(step)}" for number, step in enumerate(_steps(guide, t), start=1))
        blocks.append(section(f"*{escape(name)}*\n{steps}"))
        if not guide.verified:
            blocks.append(
                context(
                    t(
                        "Not yet tried in every version. Tell your coordinator if a step is wrong, and it will be "
                        "corrected."
                    )
                )
            )
    blocks.append(section(t("*What counts*") + "\n" + _definitions(ask.package, t)))
    return window(View.ASSIGNMENT_GUIDE, t("How to find the numbers"), t("Close"), blocks)


def _definitions(package: Package, t: Texts) -> str:
    return "\n".join(
        f"• *{escape(text(item.label, t.lang))}*: {escape(text(item.help, t.lang))}" for item in package.fields
    )


def version_line(package: Package, version: Submission, name: str, when: datetime, t: Texts) -> str:
    """One version of an answer: number, when, by whom, how, what became of it, and the numbers."""
    states = {
        SubmissionState.DRAFT: t("waiting for a yes"),
        SubmissionState.ACCEPTED: t("counts"),
        SubmissionState.REPLACED: t("replaced"),
        SubmissionState.WITHDRAWN: t("withdrawn"),
        SubmissionState.DROPPED: t("not used"),
    }
    sources = {
        Source.FILE: t("file"),
        Source.FORM: t("typed in the form"),
        Source.REPLY: t("message"),
        Source.BUNDLE: t("the coordinator's file for all practices"),
        Source.NONE: t("No data"),
    }
    head = t(
        "*Version {number}* · {moment} · {name} · {source} · _{state}_",
        number=version.version,
        moment=t.moment(when),
        name=escape(name),
        source=sources.get(version.source, version.source),
        state=states.get(version.state, version.state),
    )
    if version.source == Source.NONE:
        return f"{head}\n{escape(version.reason)}" if version.reason else head
    return f"{head}\n{number_list(package, version.numbers, t)}"


def number_list(package: Package, numbers: Mapping[str, float | None], t: Texts) -> str:
    """Short names with their numbers on one line."""
    parts = []
    for item in package.fields:
        value = numbers.get(item.id)
        parts.append(f"{escape(text(item.short, t.lang))}: *{'–' if value is None else t.given(value)}*")
    return " · ".join(parts)


def heading_line(package: Package, heading: Heading, t: Texts) -> str:
    """What a heading of the practice's own files means, as a click once said."""
    meant = next((item for item in package.fields if item.id == heading.field), None)
    if meant is None:
        return t("“{heading}” is not one of the numbers", heading=escape(heading.heading))
    return t("“{heading}” is “{field}”", heading=escape(heading.heading), field=escape(text(meant.label, t.lang)))


def history_window(
    lines: Sequence[str], period: str, t: Texts, *, remembered: Sequence[tuple[int, str]] = ()
) -> dict[str, object]:
    """The versions of a practice's answer, the newest first; below them the headings that are remembered."""
    blocks = [context(t("Period: {period}", period=period))]
    blocks += [section(line) for line in lines[:40]]
    if not lines:
        blocks.append(section(t("Nothing has been sent yet.")))
    if remembered:
        blocks.append(section(t("*Column headings I know from your own files*")))
    blocks += [
        section(said, button(t("Forget"), SubmissionAction.HEADING_FORGET, heading_id))
        for heading_id, said in remembered[:40]
    ]
    return window(View.ASSIGNMENT_HISTORY, t("History"), t("Close"), blocks)
