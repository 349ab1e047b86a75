"""Random files for all practices, read as a coordinator's would be, and as one practice's own."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handlers.submissions.gathering import BEYOND_US
from measures.bundles.bundle import Bundle, read_many
from measures.checking.validation import Verdict, check
from measures.reading.limits import Limits
from measures.reading.problems import Refused
from measures.reading.reader import read
from tests.bench.row import Row
from tests.measures.generator.cluster import Region, plain
from tests.measures.generator.many_decoys import DECOYS
from tests.measures.generator.many_harmless import HARMLESS
from tests.measures.generator.subjects import PERIOD, Truth
from tests.measures.generator.tally import Tally, wrong_in

ABOUT = "files for all practices"
Numbers = dict[str, int]


@dataclass(frozen=True)
class Trial:
    """A file with what was made of it for each practice; `own` is what one of them would get for it alone."""

    draft: Region
    data: bytes
    bundle: Bundle
    own: tuple[str, Verdict] | None

    @property
    def wrong(self) -> dict[str, Numbers]:
        """By practice, the numbers that were kept without a question and are not true."""
        found = {number: wrong_in(each, self.truth(number)) for number, each in self.silent.items()}
        return {number: wrong for number, wrong in found.items() if wrong}

    @property
    def wrong_alone(self) -> Numbers:
        """The same, where the file is one practice's own."""
        if self.own is None or not self.own[1].ok or self.own[1].questions:
            return {}
        return wrong_in(self.own[1], self.truth(self.own[0]))

    @property
    def silent(self) -> Mapping[str, Verdict]:
        """The verdicts that nobody is asked about: neither the sender of the file nor the practice."""
        asked = set(self.bundle.guessed.values())
        return {
            number: each for number, each in self.bundle.verdicts.items() if number not in asked and _is_silent(each)
        }

    @property
    def accepted(self) -> bool:
        """Whether every number of a clear file was kept without a question."""
        return not self.bundle.problems and set(self.silent) == set(self.draft.truth)

    def truth(self, number: str) -> Truth:
        """What may be kept of a practice."""
        return self.draft.truth[number]


def _is_silent(verdict: Verdict) -> bool:
    """Whether nothing is asked but what nobody here can answer: a number that the file doesn't show."""
    return verdict.ok and all(each.code in BEYOND_US and each.code != "name_guessed" for each in verdict.questions)


def draw(dice: random.Random) -> Region:
    """A random file: harmless things in it, and up to two decoys."""
    while True:
        region = plain(dice)
        changes = [*dice.sample(HARMLESS, dice.randint(0, 3)), *dice.sample(DECOYS, dice.choice((0, 1, 1, 1, 2)))]
        fits = True
        for change in changes:
            fits = fits and change(region)
            region.made.append(change.__name__)
        if fits:
            return region


def attempt(dice: random.Random) -> Trial:
    """One file, drawn and read both ways."""
    draft = draw(dice)
    data = draft.data()
    try:
        table = read(data, Limits())
    except Refused as refusal:
        return Trial(draft, data, Bundle(problems=(refusal.problem,)), None)
    package, practices = draft.subject.package, draft.practices
    bundle = read_many(table, package, practices, period=PERIOD)
    one = dice.choice(practices)
    if "namesake" in draft.made:
        return Trial(draft, data, bundle, None)  # of one practice nobody can say which town is the odd one
    return Trial(draft, data, bundle, (one.ydernummer, check(table, package, one, period=PERIOD)))


def run(n: int, seed: int) -> list[Row]:
    """This many files: what was kept and accepted of them, as files for all and as one practice's own."""
    return rows(*tally(range(n), seed))


def rows(many: Tally, alone: Tally) -> list[Row]:
    """The figures of `tally`."""
    return [*many.rows(ABOUT), *alone.rows(f"{ABOUT}, sent as one practice's own")]


def tally(numbers: Iterable[int], seed: int) -> tuple[Tally, Tally]:
    """The files of these numbers, as files for all and as one practice's own."""
    many, alone = Tally(), Tally()
    for number in numbers:
        trial = attempt(random.Random(f"{seed}/all/{number}"))
        clear = trial.draft.clear
        many += Tally(1, sum(map(len, trial.wrong.values())), clear, clear and trial.accepted)
        alone += Tally(1, len(trial.wrong_alone))
    return many, alone
