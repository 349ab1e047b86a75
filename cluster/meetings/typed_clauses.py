"""A message taken apart into clauses, and what each of them says of coming: every word must be one of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cluster.meetings import typed_words as w

TOKEN = re.compile(
    r"(?<!\d)\d{1,2}/\d{1,2}(?:[-/](?:20)?\d\d)?(?![\d/])|(?<!\d)\d{1,2}[.-]\d{1,2}(?:[.-](?:20)?\d\d)?(?![\d/])|[^\W_]+(?:['´`’][^\W_]+)*|[👍👎]|[,.;:!?()–—…/~>@#\"“”»«\n-]"
)
DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](?:20)?(\d\d))?")
QUOTES = frozenset('"“”»«~@#/')
SIGNING = w.folded_set("mvh vh kh hilsen regards")
DOTTED = (["d"], ["den"], ["kl"], ["ca"], ["min"])
"""What may have a dot that ends nothing."""
STOPS = frozenset(",.;:!()–—…\n-")
Token = tuple[str, int, int]
"""A word or a mark, and where it stands."""


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
            is_of_date = sign == "." and (following in w.MONTHS or made[-1].words[-1:] in DOTTED)
            if not is_of_date:
                cut()
            continue
        if sign in QUOTES or sign == ">":
            continue
        if word in w.BUT:
            cut(but=True)
            continue
        if _joins(word, following):
            cut()
            continue
        if word in SIGNING and made[-1].words[-1:] != ["med"] and not set(made[-1].words[-1:]) & w.GREETING:
            cut()
        clause = made[-1]
        has_verb = bool(set(clause.words) & (w.COMING | w.ABLE | w.BE | w.NOT | w.DECLINED))
        begins = word in {"jeg", "vi"} and has_verb and not _is_inverted(clause.words)
        if begins or (clause.words and _opens(clause.words, word)):
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


def _joins(word: str, following: str) -> bool:
    """Whether a word only ties two clauses together: `fordi`, `for` jeg, `og` glæder mig, `med` venlig hilsen."""
    if word in w.CAUSE:
        return word != "da" or following in w.SUBJECT
    ties = {"for": {"jeg", "vi"}, "og": {"glaeder"}, "med": w.GREETING - {"hilsen"}}
    return following in ties.get(word, ())


def _opens(words: Sequence[str], following: str) -> bool:
    """`ja` | jeg …, `ok` | jeg …, `nej desværre` | har …: what stands before is an answer, or pleased, by itself."""
    said = set(words)
    if following in w.SUBJECT:
        return (
            said <= w.YES | w.NO | w.FINE
            or (said <= w.PLEASED and ("det" not in said or "lyder" in said))
            or thanks(words)
        )
    return bool(said & w.NO) and said <= w.NO | w.REGRET and following in {"har", "er", "skal"}


def thanks(words: Sequence[str]) -> bool:
    """`tak for invitationen`: about the letter, not about coming."""
    known = set(words)
    return bool(known & {"tak", "thanks", "thank"}) and known <= w.POLITE | w.THANKING


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
        elif dated := _date(word, kept):
            clause.days.append(dated)
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


def _date(word: str, before: Sequence[str]) -> str:
    """`26/3`, `d. 26.3`, `26-03-2026`; a dot or a dash without a year may be a time or a range: it needs a "den"."""
    found = DATE.fullmatch(word)
    if found is None or not ("/" in word or found[3] or before[-1:] in (["den"], ["d"])):
        return ""
    return f"date:{int(found[1])}.{int(found[2])}" + (f".20{found[3]}" if found[3] else "")


def _drop(words: list[str], *last: str) -> None:
    if words and words[-1] in last:
        words.pop()
