"""Charts of two values of one thing: a guess and what it was, two sources that counted the same."""

from __future__ import annotations

from measures.charts.chart import About, Chart, frame_of, value_scale
from measures.charts.graph import read_aloud
from measures.charts.shared import Shared
from measures.charts.words.amounts import amount_text, value_text
from measures.charts.words.finding import aside
from measures.charts.words.standing import interval
from measures.drawing.forms.dumbbell import Dumbbell, End, Pair
from measures.drawing.forms.frame import Scale, axis
from measures.packages.package import Measure, Package, text
from measures.packages.values import GuessAndActual, TwoSources
from measures.texts import Texts


def compose_estimate(measure: Measure, package: Package, own: GuessAndActual, about: About, t: Texts) -> Chart:
    """A guess over against what it was. The guess is the practice's alone, so nobody else is on the chart."""
    truth = package.measure(measure.actual)
    guess, actual = value_text(own.guess, truth, t), amount_text(own.actual.share, truth, t)
    limits = interval(truth, (own.actual.numerator, own.actual.denominator))
    if limits is not None and limits[0] <= own.guess <= limits[1]:
        short = t("Well guessed: {guess} – it was {actual}", guess=guess, actual=actual)
    else:
        short = t("You guessed {guess} – it was {actual}", guess=guess, actual=actual)
    headline = f"{text(measure.sentence, t.lang)}: {short}."
    whole, part = t.given(own.actual.denominator), t.given(own.actual.numerator)
    counted = t("{part} of {whole}", part=part, whole=whole)
    detail = t("The number is {counted}.", counted=counted)
    finding = aside(measure, package, t, headline=headline, short=short, detail=detail)
    table = (
        (t("Measure"), text(measure.title, t.lang)),
        (t("Period"), about.period),
        (t("Practice"), about.practice),
        (t("Your guess"), guess),
        (t("Your number"), actual),
        (t("Counted"), counted),
        (t("Your numbers were sent"), about.submitted),
    )
    low, high = limits or (None, None)
    pair = Pair(
        text(truth.title, t.lang),
        End(own.guess, guess),
        End(own.actual.share, value_text(own.actual.share, truth, t), low, high),
    )
    marks = [own.guess, own.actual.share, *(limits or ())]
    picture = Dumbbell(
        frame_of(measure, finding, about, t, count=(counted,)),
        (pair,),
        (t("The guess"), t("The number")),
        value_scale(truth, marks, t, from_zero=True),
    )
    return Chart(headline, read_aloud(headline, table), table, picture, measure.id, finding)


def compose_agreement(
    measure: Measure,
    package: Package,
    own: TwoSources,
    shared: Shared,
    contributors: int,
    about: About,
    t: Texts,
) -> Chart:
    """The same thing counted by two sources, at the practice and in the cluster as a whole.

    The cluster's mean is over those it is made from; `contributors` may be one more, who answered late.
    """
    cluster = shared.as_kind(TwoSources)
    names = [text(package.field(name).short, t.lang) for name in measure.parts]
    first, second = t.number(own.first), t.number(own.second)
    if own.first == own.second:
        short = t("Both sources count {value}", value=first)
    else:
        short = t("{first} versus {second}", first=first, second=second)
    headline = f"{text(measure.sentence, t.lang)}: {short}."
    detail = t("The smaller number is {share} of the larger.", share=t.percent(own.share))
    finding = aside(measure, package, t, headline=headline, short=short, detail=detail, alone=cluster is None)
    own_pair = Pair(t("You"), End(float(own.first), first), End(float(own.second), second))
    pairs = [own_pair]
    table: list[tuple[str, ...]] = [
        (t("Measure"), text(measure.title, t.lang)),
        (t("Period"), about.period),
        (t("Practice"), about.practice),
        (names[0], first),
        (names[1], second),
    ]
    if cluster is not None:
        per_practice = [count / len(shared.practices) for count in (cluster.first, cluster.second)]
        said = [t.number(value) for value in per_practice]
        ends = [End(value, words) for value, words in zip(per_practice, said, strict=True)]
        pairs.append(Pair(t("The cluster, per practice"), ends[0], ends[1], own=False))
        table.append((t("The cluster, per practice"), *said))
    low, high, ticks = axis(0.0, max(max(pair.first.value, pair.second.value) for pair in pairs), 1, None)
    scale = Scale(tuple((tick, t.number(tick)) for tick in ticks), low, high)
    table += [
        (t("Practices that answered"), t.number(contributors)),
        (t("Your numbers were sent"), about.submitted),
    ]
    count = (t.n("{n} practice", "{n} practices", contributors),)
    frame = frame_of(measure, finding, about, t, notes=(detail,), count=count)
    picture = Dumbbell(frame, tuple(pairs), (names[0], names[1]), scale)
    return Chart(headline, read_aloud(headline, tuple(table), detail), tuple(table), picture, measure.id, finding)
