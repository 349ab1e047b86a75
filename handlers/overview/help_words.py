"""What somebody who needs help is writing about, as far as a short answer needs to know. Nothing is done on it."""

from __future__ import annotations

from cluster.meetings import typed_words as w

THANKS = w.folded_set("tak thanks thank tusind mange ok okay super fint godt tip top perfekt great fine 👍")
FOR_IT = w.folded_set("for det the din jeres you hjælpen svaret svar")
HELLO = w.folded_set("hej hejsa hello hi godmorgen goddag dav mojn")
HELP = w.folded_set("hjælp help")
CHARTS = w.folded_set("graf grafer grafen graferne figur figuren figurer chart charts graph graphs diagram diagrammer")
TROUBLE = w.folded_set(
    "fil filen filer file files åbne åbner open log logge login logger adgang kodeord password link linket virker"
)
MEETING = w.folded_set("møde mødet møder mødes klyngemøde klyngemødet meet meeting meetings")
NUMBERS = w.folded_set("tal tallene tallet numbers data frist fristen deadline")
WHO = (
    "hvem kommer",
    "hvem mangler",
    "hvem har svaret",
    "hvor mange",
    "who is coming",
    "who's coming",
    "who has",
    "how many",
)
OWN = ("jeg svaret", "jeg svarede", "mit svar", "i answer", "my answer")
MOVE = w.folded_set("flyt flytte flyttes flytter ryk rykke udsæt udsætte aflys aflyse move postpone reschedule cancel")
REMIND = w.folded_set("påmindelse påmindelser påmind mind minde remind reminder reminders")
STOP = w.folded_set("stop stopp afmeld frameld unsubscribe")
ABOUT_ME = (
    *("ved du om mig", "har du om mig", "gemmer du om", "slet mig", "slet mine", "mine oplysninger"),
    *("know about me", "keep about me", "delete me", "delete my"),
)
SEES = (
    *("hvem kan se", "hvem ser", "kan andre se", "kan de andre se", "kan alle se", "kan koordinatoren se"),
    *("who can see", "who sees", "others see", "everybody see", "everyone see"),
)
TO_ME = w.folded_set("mig me please venligst tak nu")
MEANING = ("hvad betyder", "hvad er", "hvad står", "what does", "what is", "what are")
LEAVE = w.folded_set("ferie syg orlov barsel vacation holiday sick leave")
MOST = 400
"""Words; longer texts are about more than one thing."""


def is_question(words: str) -> bool:
    """Whether words begin as a question does."""
    first = w.folded(words.split(maxsplit=1)[0].strip(",.:!")) if words.split() else ""
    return first in w.ASKING


def topic_of(words: str) -> str:
    """thanks | hello | asked (for help) | who | move | about_me | sees | remind | stop | charts | trouble | numbers |
    meeting | leave | meaning | unknown."""
    said = words.split()[:MOST]
    known = {w.folded(word.strip(" .,;:!?()\"'»«")) for word in said} - {""}
    if known & HELP or any(phrase in words.casefold() for phrase in ("hvad kan du", "hvad kan jeg", "what can")):
        return "asked"
    if known & THANKS and known <= THANKS | FOR_IT:
        return "thanks"
    if known and known <= HELLO | {"alle", "der", "klyngebot"}:
        return "hello"
    text = " ".join(words.casefold().split())
    if any(phrase in text for phrase in WHO):
        return "who"
    if any(phrase in text for phrase in OWN):
        return "meeting"
    if known & MOVE and known & MEETING:
        return "move"
    if any(phrase in text for phrase in ABOUT_ME):
        return "about_me"
    if any(phrase in text for phrase in SEES):
        return "sees"
    if known & STOP and known <= STOP | TO_ME:
        return "stop"
    topics = (
        ("remind", REMIND),
        ("charts", CHARTS),
        ("trouble", TROUBLE),
        ("numbers", NUMBERS),
        ("meeting", MEETING),
        ("leave", LEAVE),
    )
    found = next((topic for topic, about in topics if known & about), "")
    return found or ("meaning" if text.startswith(MEANING) else "unknown")
