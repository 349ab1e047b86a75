"""The chart of a questionnaire: the cluster's answers where enough practices gave them, else the practice's own."""

from __future__ import annotations

from collections.abc import Sequence

from measures.charts.chart import About, Chart, frame_of
from measures.charts.graph import read_aloud
from measures.charts.shared import Shared
from measures.charts.words.finding import aside
from measures.disclosure.suppression import Groups
from measures.drawing.forms.likert import Likert, Question
from measures.packages.package import Measure, Package, text
from measures.packages.values import Answers
from measures.texts import Texts


def compose_answers(
    measure: Measure,
    package: Package,
    own: Answers,
    shared: Shared,
    contributors: int,
    about: About,
    t: Texts,
) -> Chart:
    """One bar a question. In a small practice everybody knows who answered what, so the cluster's answers are shown,
    in the groups that are known."""
    cluster = None if shared.is_small else shared.as_kind(Answers)
    groups = shared.groups if cluster is not None else ()
    scale = [text(said, t.lang) for said in measure.scale]
    questions, short = questions_of(measure, cluster or own, t, groups)
    headline = f"{text(measure.sentence, t.lang)}: {short}."
    who = t("The answers of the whole cluster.") if cluster is not None else t("The answers of your own practice.")
    finding = aside(measure, package, t, headline=headline, short=short, detail=who, alone=cluster is None)
    table = (
        (t("Measure"), text(measure.title, t.lang)),
        (t("Period"), about.period),
        *(answers_in_words(question, place, scale, groups, t) for place, question in enumerate(questions)),
        (t("Practices that answered"), t.number(contributors)),
    )
    count = (t.n("{n} practice", "{n} practices", contributors),)
    frame = frame_of(measure, finding, about, t, notes=(who, *joined_note(groups, t)), count=count)
    picture = Likert(frame, questions, (scale[0], scale[-1]))
    return Chart(headline, read_aloud(headline, table, who), table, picture, measure.id, finding)


def answers_in_words(
    question: Question, place: int, scale: Sequence[str], groups: Sequence[Groups], t: Texts
) -> tuple[str, ...]:
    """A question's row in the table: each answer, or answers known together, with its share."""
    if not question.shares:
        return question.label, question.count
    parts = groups[place] if groups else tuple((each,) for each in range(len(scale)))
    said = [f"{_named(part, scale)} {question.said[_shown_at(part, len(scale))]}" for part in parts]
    if not _cuts_middle(parts, scale):
        half = scale[upper_half(scale)]
        said.append(t("at least “{answer}” {share}", answer=half, share=t.percent(agreed(question))))
    return question.label, *said, question.count


def joined_note(groups: Sequence[Groups], t: Texts) -> tuple[str, ...]:
    """What the bars don't say: that an answer which few gave stands with its neighbour."""
    if all(len(part) == 1 for parts in groups for part in parts):
        return ()
    return (t("Answers that could point to a few people are counted together with those next to them."),)


def questions_of(
    measure: Measure, shown: Answers, t: Texts, groups: Sequence[Groups] = ()
) -> tuple[tuple[Question, ...], str]:
    """The bars, and the sentence about the statement that most agree with."""
    scale = [text(said, t.lang) for said in measure.scale]
    alone = tuple((each,) for each in range(len(scale)))
    parted = groups or [alone] * len(shown.items)
    questions = tuple(
        _question(text(item.label, t.lang), counts, parts, t)
        for item, counts, parts in zip(measure.items, shown.items, parted, strict=True)
    )
    clear = [
        question
        for question, parts in zip(questions, parted, strict=True)
        if question.shares and not _cuts_middle(parts, scale)
    ]
    if not clear:
        return questions, t("Too few answers to say where most of them lie")
    most = max(clear, key=agreed)
    short = t(
        "{share} answered at least “{answer}” to “{question}”",
        share=t.percent(agreed(most)),
        answer=scale[upper_half(scale)],
        question=most.label,
    )
    return questions, short


def _question(label: str, counts: Sequence[int], parts: Groups, t: Texts) -> Question:
    """A bar: answers known together stand at the mildest of them; no bar where nothing may be told apart."""
    if len(parts) == 1:
        return Question(label, (), (), t("too few answers to show"))
    total, shares = sum(counts), [0.0] * len(counts)
    for part in parts:
        shares[_shown_at(part, len(counts))] = sum(counts[place] for place in part) / max(1, total)
    said = tuple(t.percent(share) for share in shares)
    return Question(label, tuple(shares), said, t("n = {n}", n=t.number(total)))


def _shown_at(part: Sequence[int], width: int) -> int:
    """Where in the bar answers known together stand: never further out than they all are."""
    return min(part, key=lambda place: abs(place - (width - 1) / 2))


def _named(part: Sequence[int], scale: Sequence[str]) -> str:
    return scale[part[0]] if len(part) == 1 else f"{scale[part[0]]}–{scale[part[-1]]}"


def _cuts_middle(parts: Groups, scale: Sequence[str]) -> bool:
    """Whether answers below and above the middle are known together only, so that nobody can say who agrees."""
    return any(part[0] < upper_half(scale) <= part[-1] for part in parts)


def upper_half(scale: Sequence[object]) -> int:
    """The first answer above the middle of the scale."""
    return (len(scale) + 1) // 2


def agreed(question: Question) -> float:
    """The share of answers above the middle."""
    return sum(question.shares[upper_half(question.shares) :])
