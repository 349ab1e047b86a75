"""Stories of rounds, by the thousand: run as a program it prints what the attacker finds under which rule.

python -m tests.measures.disclosure.stories [how many]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable

from measures.disclosure.hiding import published
from measures.disclosure.privacy import DisclosureRules, Openness
from tests.bench.row import Row
from tests.measures.disclosure.attack import Found, Policy, Round, States, attack

DEEDS = ("answer", "answer", "answer", "correct", "correct", "leave", "back", "divide", "point", "renew")


def everything(releases: States, beside: States) -> States:
    """No rule at all: every answer is drawn at once."""
    return releases


def after_three(releases: States, beside: States) -> States:
    """A rule that looks right: renew when three answers are new, whatever they are and whoever else went."""
    states: list = []
    for release in releases:
        new = [key for key, pair in release.items() if not states or states[-1].get(key) != pair]
        if not states or len(new) >= 3:
            states.append(release)
    return states


RULES: dict[str, Policy] = {
    "draw every answer at once": everything,
    "renew after any three new answers": after_three,
    "renew when everybody is hidden": published,
}


NAMING = ("choose", "choose", "choose", "hide")


def story(
    seed: int,
    policy: Policy = published,
    *,
    carelessly: bool = False,
    names: bool = False,
    careless: bool = False,
    over_time: bool = False,
) -> Round:
    """A round as it may go: some answer in time, charts are sent, and then anything happens. The same for a seed.

    `over_time`: after all that happens everybody looks back at it, as from the charts of a later round.
    """
    chance = random.Random(seed)
    per, least, most = chance.choice([(100, 0.3, 0.9), (1000, 0.005, 0.035)])
    cluster = chance.choice([chance.randint(3, 9), chance.randint(8, 20), chance.randint(15, 45)])

    def numbers() -> tuple[int, int]:
        size = chance.randint(1500, 9000)
        return int(size * chance.uniform(least, most)), size

    rules = DisclosureRules(openness=Openness.CHOSEN) if names else DisclosureRules()
    round_ = Round(rules, per=per, policy=policy, careless=careless)
    for practice in range(chance.randint(3, cluster)):
        round_.answer(practice, numbers())
    round_.renew()
    for _ in range(chance.randint(3, 18)):
        deed, practice = chance.choice(DEEDS + NAMING * 3 if names else DEEDS), chance.randrange(cluster)
        if deed == "answer" and (missing := [key for key in range(cluster) if key not in round_.answers]):
            round_.answer(chance.choice(missing), numbers())
        elif deed == "correct" and practice in round_.answers:
            events, size = round_.answers[practice]
            moved = events + chance.randint(-2 * size // per, 2 * size // per)
            round_.answer(practice, (min(max(moved, 0), size), size))
        elif deed == "leave" and practice in round_.answers:
            round_.gone.add(practice)
        elif deed == "back":
            round_.gone.discard(practice)
        elif deed in {"choose", "hide"}:
            round_.choose(practice, name=deed == "choose")
        elif names and deed in {"divide", "point"}:
            continue
        elif deed == "divide":
            line = chance.randint(2, cluster)
            group = {key for key in round_.answers if (key * 7) % cluster < line}
            round_.divide(group, carelessly=carelessly)
        elif deed == "point":
            round_.point_out()
        else:
            round_.renew()
        if over_time:
            round_.look_back()
    return round_


def leaks(found: list[Found]) -> list[Found]:
    """What was found that is not by design for one attacker."""
    return [each for each in found if each.why == "leak"]


def rows(stories: int) -> list[Row]:
    """What one member finds by our rules, with and without names; and by no rule, on a tenth: the attacker works."""
    few = max(20, stories // 10)
    late = _found(story(seed) for seed in range(stories))
    named = _found(story(seed, names=True) for seed in range(stories))
    careless = _found(story(seed, everything) for seed in range(few))
    return [
        Row("others' numbers found, late answers and corrections", f"{late} of {stories} rounds", "0", late == 0),
        Row("others' numbers found, names that come and go", f"{named} of {stories} rounds", "0", named == 0),
        Row("others' numbers found, all drawn at once", f"{careless} of {few} rounds", "finds some", careless > 0),
    ]


def _found(rounds: Iterable[Round]) -> int:
    """In how many rounds one member, chosen at random, finds another's number."""
    chance = random.Random(1)
    return sum(bool(leaks(attack(each, [chance.choice(sorted(each.answers))]))) for each in rounds)


def main(stories: int) -> None:
    """The table of docs/privacy.md."""
    print(f"{stories} rounds; in each, three members attack alone and two together")
    for name, policy in RULES.items():
        charts, renewed, alone, together = 0, 0, 0, 0
        for seed in range(stories):
            round_ = story(seed, policy)
            members = sorted(round_.answers)
            charts, renewed = charts + len(round_.views), renewed + (len(round_.states) > 1)
            lone = (members[0], members[len(members) // 2], members[-1])
            alone += any(leaks(attack(round_, [member])) for member in lone)
            together += bool(leaks(attack(round_, members[-2:])))
        print(f"{name}: {charts} charts, {renewed} rounds renewed; leaks in {alone} to one, in {together} to two")
    for name, careless in (("name whoever wants it", True), ("name whom it gives nobody away (ours)", False)):
        charts, shown, alone = 0, 0, 0
        for seed in range(stories):
            round_ = story(seed, names=True, careless=careless)
            members = sorted(round_.answers)
            charts, shown = charts + len(round_.views), shown + bool(round_.told)
            lone = (members[0], members[len(members) // 2], members[-1])
            alone += any(leaks(attack(round_, [member])) for member in lone)
        print(f"{name}: {charts} charts, names in {shown} rounds; leaks in {alone} to one")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
