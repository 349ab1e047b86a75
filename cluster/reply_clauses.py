"""A message taken apart into clauses, and what each of them says of coming: every word must be one of ours."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cluster import reply_words as w

TOKEN = re.compile(r"(?<!\d)\d{1,2}/\d{1,2}(?![\d/])|[^\W_]+(?:['´`’][^\W_]+)*|[👍👎]|[,.;:!?()–—…/~>@#\"“”»«\n-]")
QUOTES = frozenset('"“”»«~@#')
STOPS = frozenset(",.;:!()–—…\n-")
Token = tuple[str, int, int]
"""A word or a mark, and where it stands."""
_MAYBE = {"maaske", "maske", "muligvis", "maybe", "perhaps", "tentative", "usikker", "unsure"}


@dataclass
class Clause:
    words: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0
    but: bool = False
    """It began with "but"."""
    split: bool = False
    """Nothing but a new subject parts it from what stands before."""
    days: list[str] = field(default_factory=list)
    core_end: int = 0
    """Where the words about coming end: what follows is the reason."""
    meant: str = ""


def clauses_of(tokens: Sequence[Token]) -> list[Clause]:
    """Cut at marks, at "but" and "because", and where a new sentence begins without a mark."""
    made = [Clause()]

    def cut(*, but: bool = False, split: bool = False) -> None:
        if made[-1].words or made[-1].days:
            made.append(Clause(but=but, split=split))
        else:
            made[-1].but = made[-1].but or but

    for place, (sign, start, end) in enumerate(tokens):
        word = w.folded(sign)
        following = w.folded(tokens[place + 1][0]) if place + 1 < len(tokens) else ""
        if sign in STOPS:
            is_of_date = sign == "." and (following in w.MONTHS or made[-1].words[-1:] in (["d"], ["den"]))
            if not is_of_date:
                cut()
            continue
        if sign in QUOTES or sign in {"/", ">"}:
            continue
        if word in w.BUT:
            cut(but=True)
            continue
        if word in w.CAUSE and (word != "da" or following in w.SUBJECT):
            cut()
            continue
        clause = made[-1]
        has_verb = bool(set(clause.words) & (w.COMING | w.ABLE | w.BE | w.NOT | w.DECLINED))
        begins = word in {"jeg", "vi"} and has_verb and not _is_inverted(clause.words)
        if begins or (clause.words and all(each in w.YES | w.NO for each in clause.words) and word in w.SUBJECT):
            cut(split=True)
            clause = made[-1]
        if not clause.words:
            clause.start = start
        clause.words.append(word)
        clause.end = end
        if word not in w.LATE | w.AROUND_LATE and not word.isdigit():
            clause.core_end = end
    for clause in made:
        _name_days(clause)
    return [clause for clause in made if clause.words or clause.days]


def _is_inverted(words: Sequence[str]) -> bool:
    """`desværre kommer` | jeg …: the verb has just been said and waits for its subject."""
    return words[-1] in w.COMING | w.ABLE | w.AUXILIARY | w.REACH and not set(words) & w.SUBJECT


def _name_days(clause: Clause) -> None:
    """Take the days out of a clause's words."""
    words, place = clause.words, 0
    kept: list[str] = []
    while place < len(words):
        word, following = words[place], words[place + 1] if place + 1 < len(words) else ""
        if word in w.WEEKDAYS:
            clause.days.append(f"weekday:{w.WEEKDAYS[word]}")
            _drop(kept, "paa", "pa", "on")
        elif word == "i" and following in {"dag", "aften", "morgen"}:
            clause.days.append(f"in:{w.NEAR[following]}")
            place += 1
        elif word in {"today", "tonight", "tomorrow"}:
            clause.days.append(f"in:{w.NEAR[word]}")
        elif "/" in word:
            day, _, month = word.partition("/")
            clause.days.append(f"date:{int(day)}.{int(month)}")
            _drop(kept, "den", "d")
            _drop(kept, "paa", "pa", "on")
        elif word.isdigit() and 0 < int(word[:3]) <= 31 and (following in w.MONTHS or kept[-1:] in (["den"], ["d"])):
            month = f".{w.MONTHS[following]}" if following in w.MONTHS else ""
            clause.days.append(f"date:{int(word[:3])}{month}")
            place += bool(month)
            _drop(kept, "den", "d")
            _drop(kept, "paa", "pa", "on")
        else:
            kept.append(word)
        place += 1
    clause.words = kept


def _drop(words: list[str], *last: str) -> None:
    if words and words[-1] in last:
        words.pop()


def meaning_of(clause: Clause) -> str:
    """yes | no | maybe | agrees | refuses | fine | unable | late | away | polite | doubt (speaks of coming) | other."""
    words = clause.words
    known = set(words)
    if not words:
        return "other"
    if known & (w.FINE | w.RIGHT) and known <= w.FINE | w.POLITE | w.RIGHT | w.AROUND_RIGHT | w.YES:
        return "fine"
    if known & w.YES and known <= w.YES | w.POLITE:
        return "fine" if known & w.YES == {"👍"} and len(known) > 1 else "agrees"
    if known <= w.NO | w.POLITE | {"ikke"} and (known & w.NO or _says(words, "desvaerre ikke")):
        return "refuses"
    if known <= w.POLITE or words[0] in w.GREETING:
        return "polite"
    if maybe := _hedged(words):
        return maybe
    if coming := _coming(clause):
        return coming
    if known & w.LATE and known <= w.LATE | w.AROUND_LATE | w.SUBJECT | {"er", "am"} | _numbers(known):
        return "late"
    if known & w.ABSENCE and not known & w.ELSEWHERE:
        return "doubt" if known & w.OTHERS else "away"
    return "doubt" if known & (w.COMING | w.DECLINED) else "other"


def _numbers(words: set[str]) -> set[str]:
    return {word for word in words if word.isdigit() and len(word) < 4}


def _says(words: Sequence[str], *phrases: str) -> bool:
    return " ".join(words) in phrases


def _hedged(words: Sequence[str]) -> str:
    if _says(words, "not sure", "i'm not sure", "i am not sure", "jeg er usikker", "jeg er i tvivl", "i tvivl"):
        return "maybe"
    known = set(words)
    sure = [known - {"sikkert", "helt"}] if _pair(words, "helt", "sikkert") else [known]
    if not sure[0] & w.HEDGE:
        if "ved" in known and known & w.NOT:
            return "maybe" if "endnu" in known and known <= {"jeg", "ved", "det", "endnu", "ikke"} else "doubt"
        return ""
    if known <= {"jeg", "kommer", "deltager"} | w.HEDGE and not known & {"hvis", "if"} and len(known & w.HEDGE) == 1:
        return "maybe" if known & _MAYBE else "doubt"
    return "doubt" if known & (w.COMING | w.DECLINED | w.ABLE | w.REACH | {"med"}) else "other"


def _pair(words: Sequence[str], first: str, second: str) -> bool:
    return any(one == first and two == second for one, two in itertools.pairwise(words))


def _coming(clause: Clause) -> str:
    """What a clause says of coming when every word of it is one of ours; `doubt` when it nearly is."""
    words = clause.words
    known = set(words)
    is_verb = bool(known & w.COMING) or _is_there(words)
    is_declined = bool(known & w.DECLINED)
    can = bool(known & (w.ABLE | w.REACH | {"can't", "cant", "cannot"}))
    if not is_verb and not is_declined and not can:
        return "yes" if _says(words, "regn med mig", "tilmeld mig", "jeg tilmelder mig", "count me in") else ""
    late = known & w.LATE
    allowed = w.SUBJECT | w.COMING | w.DECLINED | w.BE | w.REACH | w.NOT | w.AUXILIARY | w.ROUND_ABOUT | w.YES | w.NO
    allowed = allowed | {"det", "helt", "sikkert", "er"} | w.POLITE
    if late:
        allowed = allowed | w.LATE | w.AROUND_LATE | _numbers(known)
    speaks_of_coming = is_verb or is_declined
    if not known <= allowed:
        return "doubt" if speaks_of_coming and not _is_elsewhere(known) else ""
    negations = sum(word in w.NOT for word in words)
    if _asks(words) or negations > 1 or not _it_is_the_meeting(words) or (known & w.YES and known & w.NO):
        return "doubt"
    if clause.days and not known & w.SUBJECT:
        return "doubt"
    if is_declined:
        return "doubt" if negations or late or known & w.YES or not _own(words) else "no"
    if not speaks_of_coming:
        return "unable" if negations and not late else "doubt"
    if negations:
        return "doubt" if late or known & w.YES else "no"
    return "doubt" if known & w.NO or known & w.REACH else "yes"


def _is_elsewhere(known: set[str]) -> bool:
    return bool(known & w.ELSEWHERE) and not known & (w.COMING | w.DECLINED)


def _is_there(words: Sequence[str]) -> bool:
    return (
        _pair(words, "er", "med")
        or _pair(words, "vaere", "med")
        or _pair(words, "be", "there")
        or _pair(words, "make", "it")
        or _says(words, "i'm in", "im in", "i am in")
        or (_pair(words, "gerne", "med") and "jeg" in words)
    )


def _own(words: Sequence[str]) -> bool:
    return bool(set(words) & (w.SUBJECT | {"afbud"})) or len(words) <= 2


def _asks(words: Sequence[str]) -> bool:
    """`kan jeg …`, `kommer du …`: a question without its mark."""
    return len(words) > 1 and words[0] in w.COMING | w.AUXILIARY | {"er", "am"} and words[1] in w.SUBJECT | w.OTHERS


def _it_is_the_meeting(words: Sequence[str]) -> bool:
    """`det` is the meeting after `når` and `til`; otherwise it may be anything."""
    for place, word in enumerate(words):
        if word == "det" and (place == 0 or words[place - 1] not in w.REACH | {"til", "kan"}):
            return False
        if word == "it" and (place == 0 or words[place - 1] != "make"):
            return False
    return True
