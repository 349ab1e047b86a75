"""What a clause says of coming: it is an answer only when every word of it is one of ours."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from cluster.meetings import typed_words as w
from cluster.meetings.typed_clauses import Clause, thanks

SIGNING_ON = (
    *("regn med mig", "tilmeld mig", "tilmeld mig gerne", "tilmelder mig", "jeg tilmelder mig"),
    *("jeg tilmelder mig gerne", "count me in"),
)
DANGLING = frozenset({"for", "to", "til", "i", "at", "the", "den", "d"})
"""With one of these at its end a clause was sent before it was done."""
_MAYBE = {"maaske", "maske", "muligvis", "maybe", "perhaps", "tentative", "usikker", "unsure"}


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
    if known & w.NO and known <= w.NO | w.REGRET | {"ikke", "denne", "gang"}:
        return "refuses"
    if known <= w.POLITE or words[0] in w.GREETING or _is_polite(words):
        return "polite"
    if maybe := _hedged(words):
        return maybe
    if coming := _coming(clause):
        return coming
    if known & w.LATE and known <= w.LATE | w.AROUND_LATE | w.BEING_LATE | _numbers(known):
        return "late"
    if known & w.LEAVING and known <= w.LEAVING | w.AROUND_LEAVING | w.SUBJECT | _numbers(known):
        return "late"
    if known & w.ABSENCE and not known & w.ELSEWHERE:
        return "doubt" if known & w.OTHERS else "away"
    return "doubt" if known & (w.COMING | w.DECLINED) else "other"


def _is_polite(words: Sequence[str]) -> bool:
    """Thanks for the letter, pleasure, and looking forward: nothing of them says whether somebody comes."""
    known = set(words)
    looking = "".join(words[:2]) in {"glaedermig", "lookingforward"} or "".join(words[:3]) == "jegglaedermig"
    if looking:
        return not known & (w.NOT | w.HEDGE | w.COMING - {"komme"} | w.NO)
    return thanks(words) or (known <= w.PLEASED and not known <= w.FINE | {"det"})


def _numbers(words: set[str]) -> set[str]:
    """Of minutes: `10`, `10-15`, `19.30`."""
    return {word for word in words if re.fullmatch(r"\d{1,3}|\d{1,2}[-.:]\d{1,2}", word)}


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
        return "yes" if _says(words, *SIGNING_ON) else ""
    late = known & w.LATE
    allowed = w.SUBJECT | w.COMING | w.DECLINED | w.BE | w.REACH | w.NOT | w.AUXILIARY | w.ROUND_ABOUT | w.YES | w.NO
    allowed = (allowed | {"det", "helt", "sikkert", "er"} | w.POLITE) - _out_of_place(words)
    if late:
        allowed = allowed | w.LATE | w.AROUND_LATE | _numbers(known)
    speaks_of_coming = is_verb or is_declined
    if not known <= allowed:
        return "doubt" if speaks_of_coming and not _is_elsewhere(known) else ""
    agreed = known & w.YES - ({"jo"} if words[0] != "jo" else set())
    negations = sum(word in w.NOT for word in words)
    if _asks(words) or negations > 1 or not _it_is_the_meeting(words) or (agreed and known & w.NO):
        return "doubt"
    if words[-1] in DANGLING or ("glaeder" in known and negations):
        return "doubt"
    if "alle" in known and not known & w.SUBJECT:
        return "doubt"
    if clause.days and not known & (w.SUBJECT | w.ABLE | w.DECLINED):
        return "doubt"
    if is_declined:
        return "doubt" if negations or late or agreed or not _own(words) else "no"
    if not speaks_of_coming:
        return "unable" if negations and not late else "doubt"
    if negations:
        return "doubt" if late or agreed else "no"
    return "doubt" if known & w.NO or known & w.REACH else "yes"


def _out_of_place(words: Sequence[str]) -> set[str]:
    """Words that are harmless in one place only: `på` forhånd, `of` course, `og` glæder mig, `nu` beside another."""
    loose = set()
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in {"paa", "pa"} and following not in {"forhaand", "forhand"}:
            loose.add(word)
    if set(words) & {"nu", "her"} and not set(words) & (w.NOT | {"alligevel"}):
        loose |= {"nu", "her"}
    return loose


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
        or _is_not_there(words)
    )


def _is_not_there(words: Sequence[str]) -> bool:
    """`jeg er desværre ikke med`; without regret or "this time" it may mean that somebody doesn't follow."""
    if not {"er", "med"} <= set(words) or words.index("er") > words.index("med"):
        return False
    between = set(words[words.index("er") + 1 : words.index("med")])
    return bool(between & w.NOT) and "helt" not in between and bool(set(words) & (w.REGRET | {"gang"}))


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
