"""What people mean when they write their answer instead of clicking: "jeg kommer", "nej desværre, ferie", "maybe".

Only a sentence whose every word is understood is an answer. Whatever else speaks of coming is a doubtful one, which is
asked about; the rest is no answer at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cluster.meetings import typed_words as w
from cluster.meetings.typed_clauses import QUOTES, TOKEN, Clause, clauses_of
from cluster.meetings.typed_meanings import meaning_of
from measures.checking.chat import EMOJI, plain

LONGEST = 300
"""Characters; whoever writes more than this writes about something else, or about much else too."""
TONES = dict.fromkeys(range(0x1F3FB, 0x1F400))
"""Colours of a thumb."""
STRIPPED = " ,.;:!–-\n👍👎🙂😊"
WEEK = 7
LONGEST_NAME = 2
CROSSES = ("❌", "🚫", "🙅", "⛔", ":x:", ":no_entry", ":no_good", ":negative_")
TICKS = ("✅", "✔", ":white_check_mark:", ":heavy_check_mark:", ":ballot_box_with_check:")
AGAINST = {"yes": CROSSES, "no": TICKS, "maybe": CROSSES + TICKS}
"""Signs that say the opposite of the words beside them."""


@dataclass(frozen=True)
class Reply:
    """An answer in words. ``explicit``: it speaks of coming, so that it cannot be a plain "yes" to something else."""

    answer: str
    """yes | maybe | no; the one that is nearest when it is not ``sure``."""
    reason: str
    explicit: bool
    sure: bool = True
    """Every word was understood, and nothing speaks against it. What is not sure is asked about, never kept."""
    days: tuple[str, ...] = ()
    """The days that were named: ``weekday:3``, ``in:1`` (days from today), ``date:26.3``, ``date:26``."""
    takes_back: bool = False
    """What was said before was a mistake."""
    nods: bool = False
    """No more than "ok" or "det er rigtigt": a yes to what was just asked, or only "I have read it"."""


def read_answer(text: str) -> Reply | None:
    """The answer that a short message gives, with the rest as its reason; None when it is about something else."""
    shown = plain(text)
    text = EMOJI.sub(" ", shown).translate(TONES)
    said = "\n".join(" ".join(line.split()) for line in text.splitlines() if not line.lstrip().startswith(">")).strip()
    if not said or len(said) > LONGEST:
        return None
    tokens = [(found.group(), found.start(), found.end()) for found in TOKEN.finditer(said)]
    words = [w.folded(token) for token, _, _ in tokens]
    known = set(words)
    if "?" in known or not known or words[0] in w.ASKING:
        return None
    if known & w.BACK and not known & w.ELSEWHERE and not any(each.isdigit() for each in known):
        return Reply("", "", explicit=False, sure=False, takes_back=True)
    clauses = clauses_of(tokens)
    for clause in clauses:
        clause.meant = meaning_of(clause)
    reply = _together(clauses, said)
    if reply is not None and reply.sure and (known & QUOTES or any(sign in shown for sign in AGAINST[reply.answer])):
        return Reply(reply.answer, reply.reason, reply.explicit, sure=False)
    return reply


def fits(days: Sequence[str], meeting: date, today: date) -> bool:
    """Whether every day that was named is the meeting's: "på torsdag" is the coming one, unless a date says which."""
    is_dated = any(day.startswith("date:") for day in days)
    return all(_is(day, meeting, meeting if is_dated and day.startswith("weekday:") else today) for day in days)


def _is(day: str, meeting: date, today: date) -> bool:
    kind, _, value = day.partition(":")
    if kind == "weekday":
        return meeting.weekday() == int(value) and timedelta(0) <= meeting - today <= timedelta(days=WEEK)
    if kind == "in":
        return meeting - today == timedelta(days=int(value))
    number, month, year, *_ = [*value.split("."), "", ""]
    return (
        meeting.day == int(number)
        and (not month or meeting.month == int(month))
        and (not year or meeting.year == int(year))
    )


def _together(clauses: Sequence[Clause], said: str) -> Reply | None:
    """One answer of all clauses."""
    if {"yes", "no", "maybe"} & {clause.meant for clause in clauses}:
        _put_aside(clauses)
    meant = [clause.meant for clause in clauses]
    if not set(meant) & {"yes", "no", "maybe", "agrees", "refuses", "fine", "unable", "away", "doubt", "late"}:
        return None
    spoken = {each for each in meant if each in {"yes", "no", "maybe"}}
    answers = spoken | {{"agrees": "yes", "refuses": "no"}[each] for each in meant if each in {"agrees", "refuses"}}
    days = tuple(day for clause in clauses for day in clause.days)
    nearest = "no" if "no" in answers or (not answers and {"unable", "away"} & set(meant)) else "yes"
    if "maybe" in answers:
        nearest = "maybe"
    doubtful = Reply(nearest, "", explicit=bool(spoken), sure=False, days=days)
    if not spoken and "fine" in meant and answers <= {"yes"}:
        return replace(doubtful, nods=True) if set(meant) <= {"fine", "polite", "agrees"} else None
    if any(any(sign.isdigit() for sign in word) for c in clauses if c.meant == "other" for word in c.words):
        return doubtful if spoken else None
    if any(clause.meant != "polite" and set(clause.words) & w.ELSEWHERE for clause in clauses):
        return doubtful if spoken else None
    if "doubt" in meant or "fine" in meant:
        return doubtful
    if "unable" in meant:
        return _unable(clauses, said, doubtful)
    if len(answers) != 1:
        return doubtful
    first = next(n for n, each in enumerate(meant) if each in (spoken or {"agrees", "refuses"}))
    if not _rest_fits(clauses, first, nearest, explicit=bool(spoken)):
        return doubtful
    return Reply(nearest, _reason(clauses, first, said), explicit=bool(spoken), days=days)


def _put_aside(clauses: Sequence[Clause]) -> None:
    """Beside an answer "ok" is only kind, and so is what stands below the greeting: names, and where they work."""
    is_signed = False
    for clause in clauses:
        if (is_signed and clause.meant == "other") or (clause.words and set(clause.words) <= w.FINE):
            clause.meant = "polite"
        is_signed = is_signed or (clause.words != [] and clause.words[0] in w.GREETING)


def _unable(clauses: Sequence[Clause], said: str, doubtful: Reply) -> Reply:
    """`jeg kan ikke` is an answer beside a no, with regret, or with a reason that keeps people away."""
    meant = [clause.meant for clause in clauses]
    place = meant.index("unable")
    regret = set(clauses[place].words) & {"desvaerre", "desvaere", "unfortunately", "sadly", "sorry"}
    can = set(clauses[place].words) & (w.ABLE | {"can't", "cant", "cannot"})
    sure = "refuses" in meant or "away" in meant or (regret and can)
    fitting = set(meant) <= {"unable", "refuses", "away", "polite"} or (sure and _only_reasons(clauses, place))
    if not sure or not fitting or doubtful.days or any(clause.but for clause in clauses):
        return doubtful
    return Reply("no", _reason(clauses, place, said), explicit=True)


def _only_reasons(clauses: Sequence[Clause], place: int) -> bool:
    return "refuses" in [each.meant for each in clauses[:place]] and all(
        each.meant in {"away", "polite"} or (each.meant == "other" and not set(each.words) & w.THINGS)
        for each in clauses[place + 1 :]
    )


def _rest_fits(clauses: Sequence[Clause], first: int, answer: str, *, explicit: bool) -> bool:
    """Whether what stands around the answer may be its greeting or its reason."""
    before = {"polite", "agrees", "refuses"} | {"yes": {"late"}, "no": {"away"}}.get(answer, set())
    if any(each.meant not in before for each in clauses[:first]):
        return False
    for clause in clauses[first + 1 :]:
        known = set(clause.words)
        if clause.meant == "polite":
            fitting = True
        elif clause.meant in {"yes", "no", "maybe", "agrees", "refuses"}:
            fitting = not clause.but or answer == "yes"
        elif clause.meant == "late":
            fitting = answer == "yes"
        elif clauses[first].meant == "no" and not set(clauses[first].words) & w.SUBJECT and _is_name(clause):
            fitting = False  # "afbud: Lise"
        elif clause.but or (clause.split and answer != "no") or known & (w.OTHERS | w.ASKING):
            fitting = False
        elif clause.meant == "away":
            fitting = answer != "yes"
        elif known & (w.YES | w.NO | w.COMING):
            fitting = False
        else:
            fitting = explicit and not (answer == "yes" and known & (w.NOT | w.HEDGE))
        if not fitting:
            return False
    return True


def _is_name(clause: Clause) -> bool:
    """Whether it may be no more than somebody's name."""
    return clause.meant == "other" and len(clause.words) <= LONGEST_NAME


def _reason(clauses: Sequence[Clause], first: int, said: str) -> str:
    """What was said beside the answer, without thanks and greetings."""
    rest = list(clauses[first + 1 :])
    while rest and rest[0].meant == "polite" and rest[0].words[0] not in w.GREETING:
        rest.pop(0)
    ending = next((clause.start for clause in rest if clause.words[:1] and clause.words[0] in w.GREETING), len(said))
    begins = (
        clauses[first].core_end if len(rest) == len(clauses) - first - 1 else (rest[0].start if rest else len(said))
    )
    words = said[begins:ending].strip(STRIPPED)
    for opener in ("men", "desværre", "fordi", "da jeg", "pga.", "pga", "på grund af", "because", "sorry"):
        if words.lower().startswith(opener + " ") or words.lower() == opener:
            words = words[len(opener) :].strip(STRIPPED)
    return words
