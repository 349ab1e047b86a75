"""Writes every sentence with its places filled, Danish beside English, to be read aloud: ``make phrasebook``.

One table a catalogue file, in the order of the file. What stands in a place is an example such as the program would
put there; of sentences that count, one and several are written.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "phrasebook.html"
PLACE = re.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")
ONE, SEVERAL = "1", "4"

SAME = {
    **{"name": "Anne Holm", "names": "Anne Holm, Bo Lind", "practice": "Lægehuset Nord", "practices": "12"},
    **{"team": "Klynge Nord", "letter": "F", "version": "1.2", "id": "kol", "package": "kol", "code": "DJ44"},
    **{"n": SEVERAL, "number": "1.580", "count": "3", "counted": "88", "found": "88", "total": "12", "answered": "9"},
    **{
        "contributing": "8",
        "present": "3",
        "held": "4",
        "there": "11",
        "listed": "1.580",
        "asked": "12",
        "ballots": "9",
        "yes": "7",
    },
    **{"most": "20", "least": "3", "longest": "150", "needed": "6", "enough": "30.000", "patients": "28.400"},
    **{"part": "88", "whole": "1.580", "low": "48", "high": "65", "mean": "38,6", "per": "1.000", "times": "2"},
    **{"before": "38", "after": "44", "guess": "50 %", "actual": "42 %", "shown": "4", "all": "6", "places": "2"},
    **{"first": "38", "last": "44", "second": "2025", "row": "7", "rows": "7, 9", "column": "C", "columns": "C, D"},
    **{"cell": "C7", "line": "12", "gt": "0", "ge": "1", "le": "100", "expected_n": "4", "minutes": "20"},
    **{"seconds": "95", "size": "120", "folder": "/data", "scopes": "files:write", "revision": "0016", "ours": "0015"},
    **{"link": "https://klynge.slack.com/archives/D1/p1", "file": "kol-2025.xlsx", "key": "title", "near": "title"},
    **{"line_text": "title = “KOL”", "mark": "{n}", "error": "not_in_channel"},
    **{"letters": "A, F", "year": "2026", "week": "13", "hour": "8", "other": "Bo Lind"},
    **{"value": "88", "values": "2024, 2025", "share": "85 %", "percent": "85 %", "rate": "56", "range": "20–90"},
    **{"usual": "20–90", "expected": "Lægehuset Nord", "example": "title = {da = …}", "whose": "Slack", "drawn": "70"},
    **{"pin": "4728", "kind": "share", "measure": "spirometri", "reference": "K7F2", "topics": "KOL, NSAID"},
    **{
        "barrier": "tid",
        "closes": "torsdag den 7. maj kl. 12.00",
        "how": "ja, anonymt",
        "shared": "7",
        "done": "10",
        "of": "23",
        "marks": "det tager for meget tid (4 eller flere)",
        "details": "begynder: personalet, næste uge",
        "kinds": "arbejdsdeling: 4",
        "head": "Efter *KOL*:",
    },
    **{"covered": "8", "done": "9", "fewest": "2", "no": "3", "next_holiday": "skærtorsdag", "month": "marts 2027"},
    **{"system": "XMO", "owner": "Klynge Nord", "titles": "læge, praktiserende læge"},
}
BY_LANGUAGE = {
    "cluster": ("Klynge Nord", "Cluster North"),
    "members": ("24 medlemmer", "24 members"),
    "their_practices": ("12 praksisser", "12 practices"),
    "topic": ("KOL", "COPD"),
    "request": ("*KOL*, frist torsdag den 19. marts kl. 12.00", "*COPD*, deadline Thursday 19 March at 12:00"),
    "author": ("redaktionen af klyngepakker", "the editors of packages"),
    "areas": ("RKKP: DrKOL", "RKKP: DrKOL"),
    "how": ("Færre kontroller uden indhold.", "Fewer controls without content."),
    "ago": ("for 14 måneder siden", "14 months ago"),
    "title": ("KOL", "COPD"),
    "meeting": ("KOL i praksis, torsdag den 26. marts kl. 16.30–19.00", "COPD, Thursday 26 March, 16:30–19:00"),
    "meetings": ("KOL i praksis, torsdag den 26. marts", "COPD, Thursday 26 March"),
    "subject": ("mødet »KOL i praksis«", "the meeting “COPD”"),
    "point": ("Nyt om vagten", "News from the out-of-hours service"),
    "round": ("KOL", "COPD"),
    "who": ("Anne Holm", "Anne Holm"),
    "moment": ("torsdag den 19. marts kl. 12.00", "Thursday 19 March at 12:00"),
    "deadline": ("torsdag den 19. marts kl. 12.00", "Thursday 19 March at 12:00"),
    "when": ("torsdag den 26. marts kl. 16.30–19.00", "Thursday 26 March, 16:30–19:00"),
    "day": ("torsdag den 26. marts", "Thursday 26 March"),
    "new_day": ("fredag den 27. marts", "Friday 27 March"),
    "days": ("torsdag den 26. marts og fredag den 27. marts", "Thursday 26 March and Friday 27 March"),
    "time": ("16.30", "16:30"),
    "times": ("uge 7 og uge 42", "weeks 7 and 42"),
    "weeks": ("uge 7", "week 7"),
    "start": ("16.30", "16:30"),
    "end": ("19.00", "19:00"),
    "period": ("2025", "2025"),
    "expected_from": ("1. januar 2025", "1 January 2025"),
    "expected_to": ("31. december 2025", "31 December 2025"),
    "as_of": ("Tal fra 9 praksisser", "Numbers from 9 practices"),
    "months": ("12 måneder", "12 months"),
    "holiday": ("skærtorsdag", "Maundy Thursday"),
    "place": ("Lægehuset Nord", "Lægehuset Nord"),
    "answer": ("Kommer", "Coming"),
    "thing": ("dit svar til KOL i praksis", "your answer to COPD"),
    "was": ("Kommer ikke", "Not coming"),
    "now": ("Kommer", "Coming"),
    "language": ("Dansk", "Dansk"),
    "status": ("Du har ikke svaret endnu.", "You have not answered yet."),
    "counts": ("9 kommer · 2 måske · 1 kommer ikke · 8 har ikke svaret", "9 are coming · 2 maybe · 1 not · 8 silent"),
    "standard": ("den nationale standard", "the national standard"),
    "reason": ("ferie", "on leave"),
    "why": ("navnet står to gange", "the name is there twice"),
    "what": ("mailadressen mangler", "the e-mail is missing"),
    "field": ("Patienter med KOL", "Patients with COPD"),
    "other_field": ("Tilmeldte patienter", "Listed patients"),
    "whole_field": ("Tilmeldte patienter", "Listed patients"),
    "heading": ("KOL i alt", "COPD in all"),
    "label": ("National standard", "National standard"),
    "population": ("Patienter på 35 år og derover", "Patients aged 35 and over"),
    "words": ("uge syv", "week seven"),
    "said": ("88 af 1.580", "88 of 1,580"),
    "role": ("koordinator", "coordinator"),
    "state": ("i brug", "in use"),
    "source": ("fil", "file"),
    "reviewed": ("gennemgået af nogen", "reviewed by somebody"),
    "problem": ("KLYNGE_KEEP_YEARS skal være et tal", "KLYNGE_KEEP_YEARS must be a number"),
    "meaning": ("lungesygdom", "lung disease"),
    "change": ("Vi måler alle én gang om året", "We measure everybody once a year"),
    "question": ("Har jeres praksis en fast aftale?", "Does your practice have an agreement?"),
    "diet": ("ingen nødder", "no nuts"),
    "diets": ("ingen nødder; vegetar", "no nuts; vegetarian"),
    "people": ("Anne Holm og Bo Lind", "Anne Holm and Bo Lind"),
    "sheets": ("»2024« og »2025«", "“2024” and “2025”"),
    "next": ("Svar på invitationen", "Answer the invitation"),
}


def example(place: str, danish: bool) -> str:
    """What stands in a place; the place itself when nobody has said."""
    if place in BY_LANGUAGE:
        return BY_LANGUAGE[place][0 if danish else 1]
    said = SAME.get(place)
    if said is None:
        return "{" + place + "}"
    is_number = re.fullmatch(r"\d{1,3}(\.\d{3})+|\d+,\d+", said) is not None
    return said if danish or not is_number else said.translate(str.maketrans(".,", ",."))


def filled(sentence: str, *, danish: bool, n: str = SEVERAL) -> str:
    """The sentence with an example in each place."""
    return PLACE.sub(lambda match: n if match[1] == "n" else example(match[1], danish), sentence)


def unknown(sentences: Iterator[str]) -> set[str]:
    """Places that no example stands for."""
    places = {place for sentence in sentences for place in PLACE.findall(sentence)}
    return places - SAME.keys() - BY_LANGUAGE.keys()


def phrases(catalogue: Path) -> Iterator[tuple[str, str]]:
    """English and Danish of each sentence of a catalogue, filled; a sentence that counts gives two."""
    with catalogue.open("rb") as file:
        for message in read_po(file, locale="da"):
            if not message.id:
                continue
            english = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
            danish = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            for n, one, other in zip((ONE, SEVERAL) if len(english) > 1 else (SEVERAL,), english, danish, strict=True):
                yield filled(one, danish=False, n=n), filled(other or "", danish=True, n=n)


def catalogues() -> list[Path]:
    """The Danish catalogues, one a room."""
    return sorted((ROOT / "locales" / "da").glob("*.po"))


def page() -> str:
    """All of it, as one page."""
    parts = ['<!doctype html><html lang="da"><meta charset="utf-8"><title>Klyngebot: alle sætninger</title>']
    parts.append(
        "<style>body{font:16px sans-serif}td{vertical-align:top;padding:4px 12px;white-space:pre-wrap}</style>"
    )
    for catalogue in catalogues():
        parts.append(f"<h2>{html.escape(catalogue.stem)}</h2><table>")
        for english, danish in phrases(catalogue):
            parts.append(f'<tr><td>{html.escape(danish)}<td lang="en">{html.escape(english)}')
        parts.append("</table>")
    return "\n".join(parts)


def main() -> int:
    """Write the page and say where it is."""
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(page(), encoding="utf-8")
    print(OUT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
