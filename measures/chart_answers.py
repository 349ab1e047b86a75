"""The chart of a questionnaire: the cluster's answers where enough practices gave them, else the practice's own."""

from __future__ import annotations

from collections.abc import Sequence

from measures.chart import About, Chart, frame_of
from measures.finding import aside
from measures.forms.likert import Likert, Question
from measures.graph import read_aloud
from measures.kinds_values import Answers
from measures.package import Measure, Package, text
from measures.texts import Texts


def compose_answers(
    measure: Measure, package: Package, own: Answers, cluster: Answers | None, contributors: int, about: About, t: Texts
) -> Chart:
    """One bar a question. In a small practice everybody knows who answered what, so the cluster's answers are shown."""
    scale = [text(said, t.lang) for said in measure.scale]
    questions, short = questions_of(measure, cluster or own, t)
    headline = f"{text(measure.sentence, t.lang)}: {short}."
    who = t("The answers of the whole cluster.") if cluster is not None else t("The answers of your own practice.")
    finding = aside(measure, package, t, headline=headline, short=short, detail=who, alone=cluster is None)
    table = (
        (t("Measure"), text(measure.title, t.lang)),
        (t("Period"), about.period),
        *(
            (
                question.label,
                *(f"{answer} {said}" for answer, said in zip(scale, question.said, strict=True)),
                t("at least “{answer}” {share}", answer=scale[upper_half(scale)], share=t.percent(agreed(question))),
                question.count,
            )
            for question in questions
        ),
        (t("Practices that answered"), t.number(contributors)),
    )
    count = (t.n("{n} practice", "{n} practices", contributors),)
    frame = frame_of(measure, finding, about, t, notes=(who,), count=count)
    picture = Likert(frame, questions, (scale[0], scale[-1]))
    return Chart(headline, read_aloud(headline, table, who), table, picture, measure.id, finding)


def questions_of(measure: Measure, shown: Answers, t: Texts) -> tuple[tuple[Question, ...], str]:
    """The bars, and the sentence about the statement that most agree with."""
    scale = [text(said, t.lang) for said in measure.scale]
    questions = tuple(
        Question(
            text(item.label, t.lang),
            tuple(count / max(1, sum(counts)) for count in counts),
            tuple(t.percent(count / max(1, sum(counts))) for count in counts),
            t("n = {n}", n=t.number(sum(counts))),
        )
        for item, counts in zip(measure.items, shown.items, strict=True)
    )
    most = max(questions, key=agreed)
    short = t(
        "{share} answered at least “{answer}” to “{question}”",
        share=t.percent(agreed(most)),
        answer=scale[upper_half(scale)],
        question=most.label,
    )
    return questions, short


def upper_half(scale: Sequence[object]) -> int:
    """The first answer above the middle of the scale."""
    return (len(scale) + 1) // 2


def agreed(question: Question) -> float:
    """The share of answers above the middle."""
    return sum(question.shares[upper_half(question.shares) :])
