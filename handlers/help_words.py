"""What somebody who needs help is writing about, as far as a short answer needs to know. Nothing is done on it."""

from __future__ import annotations

from cluster import reply_words as w

THANKS = w.folded_set("tak thanks thank tusind mange ok okay super fint godt tip top perfekt great fine 👍")
HELLO = w.folded_set("hej hejsa hello hi godmorgen goddag dav mojn")
HELP = w.folded_set("hjælp help")
CHARTS = w.folded_set("graf grafer grafen graferne figur figuren figurer chart charts graph graphs diagram diagrammer")
TROUBLE = w.folded_set(
    "fil filen filer file files åbne åbner open log logge login logger adgang kodeord password link linket virker"
)
MEETING = w.folded_set("møde mødet møder mødes klyngemøde klyngemødet meet meeting meetings")
NUMBERS = w.folded_set("tal tallene tallet numbers data frist fristen deadline")
LEAVE = w.folded_set("ferie syg orlov barsel vacation holiday sick leave")
MOST = 400
"""Words; longer texts are about more than one thing."""


def is_question(words: str) -> bool:
    """Whether words begin as a question does."""
    first = w.folded(words.split(maxsplit=1)[0].strip(",.:!")) if words.split() else ""
    return first in w.ASKING


def topic_of(words: str) -> str:
    """thanks | hello | asked (for help) | charts | trouble | numbers | meeting | leave | unknown."""
    said = words.split()[:MOST]
    known = {w.folded(word.strip(" .,;:!?()\"'»«")) for word in said} - {""}
    if known & HELP or any(phrase in words.casefold() for phrase in ("hvad kan du", "hvad kan jeg", "what can")):
        return "asked"
    if known and known <= THANKS | {"for", "det", "the"}:
        return "thanks"
    if known and known <= HELLO | {"alle", "der", "klyngebot"}:
        return "hello"
    topics = (("charts", CHARTS), ("trouble", TROUBLE), ("numbers", NUMBERS), ("meeting", MEETING), ("leave", LEAVE))
    return next((topic for topic, about in topics if known & about), "unknown")
