"""The recall run: what is found once a wrong number was corrected after the charts had gone out, by what is done then.

python -m tests.measures.disclosure.recall_run [how many stories]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace

from measures.charts.recalling import is_gross, may_leave_out
from measures.disclosure.hiding import Recalled, published
from measures.disclosure.privacy import DisclosureRules, Pair
from measures.packages.package import load
from tests.bench.row import Row
from tests.measures.disclosure.attack import Found, Policy, Round, attack
from tests.measures.disclosure.stories import everything

FULL = 200
LATER = 3
"""Every so manieth round goes on after the practice was left out: those take the longest."""
SIZES = (6, 8, 10, 14, 20, 28, 36)
COPD = load("kol").measure("prevalence")
DEEDS = ("answer", "answer", "answer", "answer", "correct", "correct", "leave", "renew")
ERRED = 0
"""The practice whose number was wrong."""


def rows(stories: int = FULL) -> list[Row]:
    """Figures with their marks; at full size in less than a minute on one core."""
    begun = [made for seed in range(stories) if (made := story(seed)) is not None]
    return [*_left_out(begun), *_at_once(begun), *_called_back(begun), *_small(stories)]


def _left_out(begun: list[Round]) -> Iterator[Row]:
    right, others, wrong, later, pairs = [0] * 5
    for number, first in enumerate(begun):
        made = drawn_without(first)
        attacker, second = random.Random(number).sample(range(1, len(first.answers)), 2)
        alone, both = attack(made, [attacker]), attack(made, [attacker, second])
        right += (ERRED, 1) in _elements(alone)
        others += any(each.why == "leak" and each.element[0] != ERRED for each in alone)
        wrong += (ERRED, 0) in _elements(alone)
        pairs += any(each.element == (ERRED, 1) or (each.why == "leak" and each.element[0] != ERRED) for each in both)
        if number % LATER:
            continue
        goes_on(made, random.Random(number))
        later += any(each.why == "leak" and each.element != (ERRED, 0) for each in attack(made, [attacker]))
    of = f"of {len(begun)} rounds"
    yield Row("left out: the corrected number found", f"{right} {of}", "0", right == 0)
    yield Row("left out: another practice's number found", f"{others} {of}", "0", others == 0)
    yield Row("left out: either found by two together", f"{pairs} {of}", "0", pairs == 0)
    on = f"{later} of {len(begun[::LATER])} rounds"
    yield Row("left out: anything found whatever is answered later", on, "0", later == 0)
    yield Row("left out: the wrong number found, which the question says", f"{wrong} {of}", "–", True)


def _at_once(begun: list[Round]) -> Iterator[Row]:
    """Guards the attacker: drawn at once with the corrected number, it must be found."""
    found = sum((ERRED, 1) in _elements(attack(drawn_at_once(each), [1])) for each in begun)
    figure, holds = f"{found} of {len(begun)} rounds", 2 * found > len(begun)
    yield Row("drawn at once: the corrected number found", figure, "finds most", holds)


def _called_back(begun: list[Round]) -> Iterator[Row]:
    """Nothing but own charts follows, so what is known is what the first charts told."""
    found = sum((ERRED, 1) in _elements(attack(corrected(each), [1])) for each in begun)
    yield Row("recalled: the corrected number found", f"{found} of {len(begun)} rounds", "0", found == 0)


def _small(stories: int) -> Iterator[Row]:
    drawn = 0
    for seed in range(stories):
        chance = random.Random(f"small:{seed}")
        answers = _answers(chance.choice(SIZES), chance)
        events, size = answers[ERRED]
        near = chance.randint(events // 2 + 1, 2 * events - 1)
        wrong = {**answers, ERRED: (near, size)}
        drawn += may_leave_out(COPD, [_as_numbers(wrong)], {ERRED: _numbers(answers[ERRED])}, DisclosureRules())
    yield Row("small corrections: the practice left out", f"{drawn} of {stories} rounds", "0", drawn == 0)


def story(seed: int) -> Round | None:
    """Charts with a gross error in them, and its correction; None where nothing would be recalled for it, or the
    practice could not be left out."""
    chance = random.Random(seed)
    right = _answers(chance.choice(SIZES), chance)
    events, size = right[ERRED]
    doubled = int(str(events)[0] + str(events))
    wrong = chance.choice([10 * events, doubled, events // 10, 4 * events, 3 * events])
    round_ = Round(DisclosureRules(), per=1000, gross={ERRED})
    for practice, pair in {**right, ERRED: (min(wrong, size), size)}.items():
        round_.answer(practice, pair)
    sent, now = [_as_numbers(round_.answers)], _numbers(right[ERRED])
    if not is_gross(COPD, sent, ERRED, now, {COPD.id: COPD}) or not may_leave_out(
        COPD, sent, {ERRED: now}, DisclosureRules()
    ):
        return None
    round_.renew()
    round_.answers[ERRED] = right[ERRED]
    round_.versions[ERRED].append(right[ERRED])
    return round_


def corrected(first: Round, policy: Policy = published) -> Round:
    """The same round, to go on with by itself."""
    lists = {name: list(getattr(first, name)) for name in ("releases", "views")}
    versions = {key: list(each) for key, each in first.versions.items()}
    return replace(first, policy=policy, answers=dict(first.answers), versions=versions, gone=set(), **lists)


def drawn_without(first: Round) -> Round:
    """Drawn again without the practice that erred, which gets a chart of its own like any late one."""
    recall = Recalled(1, 1, frozenset({ERRED}))
    made = corrected(first, lambda releases, beside: published(releases, beside, recalls=[recall]))
    for viewer in sorted(made.answers):
        made.show(viewer, made.states[-1])
    return made


def drawn_at_once(first: Round) -> Round:
    """Drawn again with the corrected number alone."""
    made = corrected(first, everything)
    made.renew()
    return made


def goes_on(made: Round, chance: random.Random) -> None:
    """Whatever is answered later: newcomers, small corrections, departures."""
    for _ in range(8):
        deed, practice = chance.choice(DEEDS), chance.randrange(1, len(made.answers))
        if deed == "answer":
            made.answer(len(made.answers), _answers(1, chance)[0])
        elif deed == "correct":
            events, size = made.answers[practice]
            made.answer(practice, (max(1, events + chance.randint(-size // 400, size // 400)), size))
        elif deed == "leave":
            made.gone.add(practice)
        else:
            made.renew()


def _answers(practices: int, chance: random.Random) -> dict[int, Pair]:
    """Danish list sizes, and COPD as unlike as it is among English practices."""
    found = {}
    for practice in range(practices):
        size = round(min(12_000, max(900, chance.lognormvariate(8.07, 0.5))))
        found[practice] = (max(4, round(size * 0.035 * chance.lognormvariate(0, 0.4))), size)
    return found


def _numbers(pair: Pair) -> dict[str, int | None]:
    return {COPD.numerator: pair[0], COPD.denominator: pair[1]}


def _as_numbers(answers: dict[int, Pair]) -> dict[int, dict[str, int | None]]:
    return {key: _numbers(pair) for key, pair in answers.items()}


def _elements(found: list[Found]) -> set[tuple[int, int]]:
    return {each.element for each in found}


def main(stories: int) -> None:
    """The table."""
    for row in rows(stories):
        print(f"{row.name}: {row.figure} (mark {row.mark}) {'holds' if row.holds else 'FAILS'}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FULL)
