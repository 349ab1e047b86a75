"""An evaluation as it is asked, answered and told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cluster.evaluations.appraisals import Waiting
from cluster.evaluations.counting import (
    FEW,
    MARKS,
    QUESTIONS,
    SCALE,
    SKIPPED,
    Ballot,
    QuestionTold,
    ToldAnswers,
)
from handlers import blocks as b
from handlers.evaluations.ids import Action, View
from handlers.fitting import paragraphs
from handlers.meetings.views.words import titled
from handlers.message import Block
from locales import N_, Texts
from storage.models import Appraisal, Meeting
from storage.words import AppraisalState, Grade

ASKED = {
    "learning": N_("Was it relevant to your work, and did you learn something?"),
    "company": N_("Was it good company?"),
    "sparring": N_("Was there sparring and reflection?"),
    "speaker": N_("How was the speaker or facilitator?"),
    "data": N_("Could you use the numbers?"),
    "benefit": N_("How great was your benefit of the meeting, all in all?"),
}
NAMES = {
    "learning": N_("Relevance and learning"),
    "company": N_("Company"),
    "sparring": N_("Sparring and reflection"),
    "speaker": N_("Speaker or facilitator"),
    "data": N_("Usable numbers"),
    "benefit": N_("Benefit, all in all"),
}
DEGREES = {
    5: N_("to a very high degree"),
    4: N_("to a high degree"),
    3: N_("to some degree"),
    2: N_("to a lesser degree"),
    1: N_("not at all"),
}
BENEFITS = {5: N_("very great"), 4: N_("great"), 3: N_("medium"), 2: N_("small"), 1: N_("very small or none")}
CRITICAL = {
    "time": N_("It takes too much time"),
    "benefit": N_("I get too little out of it"),
    "few": N_("Too few carry the work"),
}
SHOWN = 10


@dataclass(frozen=True)
class ListedAppraisal:
    """An evaluation in a list: the meeting, how many have answered, what is told when it is over."""

    appraisal: Appraisal
    meeting: Meeting
    done: int
    of: int
    told: ToldAnswers | None


def word(question: str, answer: int, t: Texts) -> str:
    """An answer in words."""
    return t((BENEFITS if question == "benefit" else DEGREES)[min(max(answer, SCALE[0]), SCALE[-1])])


def asks(meeting: Meeting, grade: Grade, t: Texts) -> str:
    """The question."""
    said = t("How was {meeting}? It takes two minutes.", meeting=titled(meeting, t))
    return f"{said} {short_promise(grade, t)}"


def short_promise(grade: Grade, t: Texts) -> str:
    """Who may ever know, in a line."""
    if grade == Grade.ANONYMOUS:
        return t("🔒 Anonymous: nobody can see who answered what, not even whoever runs me.")
    return t("🔒 In confidence: only I know who answered what, and nobody in the cluster is told.")


def request(appraisal: Appraisal, meeting: Meeting, t: Texts) -> list[Block]:
    """The question with its button."""
    button = b.button(t("Answer"), Action.APPRAISAL_ANSWER, appraisal.id, style="primary")
    return [b.section(asks(meeting, appraisal.grade, t)), b.actions(button)]


def promise(appraisal: Appraisal, t: Texts) -> str:
    """The grade, as it is named before anything is answered."""
    closes = t.moment(appraisal.closes_at)
    if appraisal.grade == Grade.ANONYMOUS:
        return t(
            "*Anonymous.* Nobody can see who answered what, not even whoever runs me. I add answers together five or "
            "more at a time; until then yours is only in my memory. That is why it can't be changed. If I am "
            "restarted before, it is gone, and the question stands on your start page again. It closes on {closes}.",
            closes=closes,
        )
    return t(
        "*In confidence.* I know what you answer, so that you can change it until it closes on {closes}. Nobody in the "
        "cluster is told; whoever runs me could read it until then. After that it is deleted.",
        closes=closes,
    )


def form(appraisal: Appraisal, before: Ballot | None, t: Texts) -> dict[str, Any]:
    """Six questions, ticks for a critical voice, a line."""
    blocks: list[Block] = [b.section(promise(appraisal, t))]
    for question in QUESTIONS:
        choices = [(str(answer), _capital(word(question, answer, t))) for answer in reversed(SCALE)]
        choices.append((str(SKIPPED), t("Does not apply")))
        now = str(before.answers.get(question, SKIPPED)) if before is not None else None
        blocks.append(b.entry(t(ASKED[question]), b.select(question, choices, chosen=now), optional=True))
    ticks = [(mark, t(CRITICAL[mark])) for mark in MARKS]
    ticked = sorted(before.marks) if before is not None else ()
    blocks.append(b.entry(t("Tick what fits"), b.checkboxes("marks", ticks, chosen=ticked), optional=True))
    blocks.append(
        b.entry(
            t("What should be different? What was good?"),
            b.text_field("comment", initial=before.comment if before else "", multiline=True, limit=500),
            help_text=t(
                "Shown without a name and in no order, when ten or more have answered. How you write can give you "
                "away: keep it short. Never write about patients."
            ),
            optional=True,
        )
    )
    view = View.APPRAISAL_ANONYMOUS if appraisal.grade == Grade.ANONYMOUS else View.APPRAISAL_CONFIDENTIAL
    metadata = json.dumps({"appraisal": appraisal.id})
    return b.form(view, t("How was the meeting?"), t("Send"), t("Cancel"), blocks, metadata)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def open_form(found: Sequence[tuple[Meeting, int, datetime]], t: Texts, cluster_id: int) -> dict[str, Any]:
    """Which meeting, which grade, and who gets it when. ``found``: meeting, people, when it goes out."""
    choices = [(str(meeting.id), meeting.title or t("The meeting")) for meeting, _, _ in found[:SHOWN]]
    grades = [(Grade.ANONYMOUS, t("Anonymous")), (Grade.CONFIDENTIAL, t("In confidence"))]
    blocks: list[Block] = [
        b.entry(t("Which meeting?"), b.select("meeting", choices, chosen=choices[0][0])),
        b.entry(
            t("How is it answered?"),
            b.radio("grade", grades, chosen=Grade.ANONYMOUS),
            help_text=t(
                "Anonymous: nobody can see who answered what, and answers can't be changed. In confidence: I know, and "
                "they can be changed."
            ),
        ),
    ]
    for meeting, people, at in found[:3]:
        blocks.append(
            b.section(
                t(
                    "{meeting}: to the {people} who were there or said so, on {moment}. It is open for five workdays; "
                    "whoever has not answered is reminded once.",
                    meeting=titled(meeting, t),
                    people=people,
                    moment=t.moment(at),
                )
            )
        )
    blocks.append(
        b.context(
            t(
                "It looks like this: “How was the meeting? It takes two minutes.” with a button. What comes of it "
                "goes to everybody in the cluster when it is over: each question from five answers, comments from ten."
            )
        )
    )
    return b.form(
        View.APPRAISAL_OPEN,
        t("How was the meeting?"),
        t("Ask"),
        t("Cancel"),
        blocks,
        json.dumps({"cluster": cluster_id}),
    )


def result(meeting: Meeting, told: ToldAnswers | None, t: Texts) -> list[str]:
    """What came of it, line by line."""
    if told is None:
        return [t("{meeting} was evaluated by fewer than five, so nothing is told of it.", meeting=titled(meeting, t))]
    lines = [
        t(
            "How {meeting} was, as {n} answered without a name:",
            meeting=titled(meeting, t),
            n=t.number(told.ballots),
        )
    ]
    for question in QUESTIONS:
        found = told.questions.get(question)
        said = t("fewer than five answered") if found is None else _one(question, found, t)
        lines.append(f"• *{t(NAMES[question])}:* {said}")
    ticks = told.marks
    named = [
        t("{what} ({n} or more)", what=t(CRITICAL[mark]), n=ticks[mark]) for mark in MARKS if ticks.get(mark, 0) >= FEW
    ]
    if named:
        lines.append(t("Ticked by three or more: {marks}.", marks=t.listing(named)))
    lines += [f"> {b.escape(each)}" for each in told.comments]
    return lines


def result_message(meeting: Meeting, told: ToldAnswers | None, t: Texts) -> tuple[str, list[Block]]:
    """The same as a message."""
    lines = result(meeting, told, t)
    return "\n".join(lines), [b.section(each) for each in paragraphs(lines)][:45]


def _one(question: str, found: QuestionTold, t: Texts) -> str:
    if not found.counts:
        low, high = word(question, found.low, t), word(question, found.high, t)
        return t("between “{low}” and “{high}” on average", low=low, high=high)
    parts = [
        t("{answer}: {n}", answer=word(question, answer, t), n=found.counts[str(answer)])
        for answer in reversed(SCALE)
        if str(answer) in found.counts
    ]
    return ", ".join(parts)


def overview(
    found: Sequence[ListedAppraisal], waiting: Waiting | None, t: Texts, *, leads_in: int | None
) -> tuple[str, list[Block]]:
    """What waits for the reader, how the open ones stand for who leads, and what came of those that are over."""
    lines: list[str] = []
    for each in found[:SHOWN]:
        if each.appraisal.state == AppraisalState.OVER:
            lines += [*result(each.meeting, each.told, t), ""]
        elif leads_in is not None:
            lines.append(
                t(
                    "{meeting}: {done} of {of} answers are added up so far. It closes on {closes}.",
                    meeting=titled(each.meeting, t),
                    done=t.number(each.done),
                    of=t.number(each.of),
                    closes=t.moment(each.appraisal.closes_at),
                )
            )
    if not lines and waiting is None:
        lines = [t("No meeting has been evaluated yet.")]
    asked = request(*waiting, t) if waiting is not None else []
    blocks = [*asked, *(b.section(each) for each in paragraphs(lines) if each.strip())][:45]
    if leads_in is not None:
        blocks.append(b.actions(b.button(t("Evaluate a meeting"), Action.CLUSTER_APPRAISE, leads_in)))
    return "\n".join(lines) or t("An evaluation waits for you."), blocks
