"""What people mean when they write their answer instead of clicking: "jeg kommer", "nej desværre, ferie", "maybe"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NO = (
    r"jeg (?:kan|kommer|deltager|når) (?:desværre |alligevel |nok )*(?:ikke|intet)",
    r"(?:kan|kommer|deltager) (?:desværre |alligevel |nok )*ikke",
    r"(?:jeg )?(?:må |bliver nødt til at )?meld(?:e|er)? (?:desværre |nok )*afbud",
    r"afbud",
    r"jeg er (?:desværre )?forhindret",
    r"forhindret",
    r"(?:i|i'm|i am) (?:can't|cannot|can not|won't|will not|not)(?: able to)?(?: make it| com(?:e|ing)| attend)?",
    r"(?:can't|cannot|can not|won't)(?: make it| come| attend)",
    r"not (?:coming|attending)",
)
_MAYBE = (
    r"(?:jeg )?(?:kommer |deltager )?(?:måske|muligvis)(?: kommer jeg| deltager jeg)?",
    r"(?:jeg )?(?:ved|véd) (?:det )?(?:endnu )?ikke(?: endnu)?",
    r"(?:jeg er )?(?:usikker|i tvivl)",
    r"maybe|perhaps|not sure|tentative",
)
_YES = (
    r"(?:jeg )?(?:kommer|deltager)(?: gerne| selvfølgelig| også| alligevel)*",
    r"jeg (?:er med|vil gerne (?:komme|deltage|med))",
    r"regn med mig|tilmeld(?:er)? mig|tilmelder",
    r"(?:i'm|i am|i'll be|i will be) (?:coming|there|in|attending)",
    r"(?:i )?(?:will |can )?(?:come|attend)|coming|attending|count me in",
)
_BARE = {
    "no": r"nej(?: tak)?(?: desværre)?|næ|no(?: sorry)?|nope|desværre(?: ikke)?|👎",
    "yes": r"ja(?: tak)?|jo(?: tak)?|jep|jeps|yes|yep|ok|okay|👍",
}
_END = r"(?=$|[\s,.;:!?–-])"


@dataclass(frozen=True)
class Reply:
    """An answer in words. ``explicit``: it speaks of coming, so that it cannot be a plain "yes" to something else."""

    answer: str
    reason: str
    explicit: bool


def read_answer(text: str) -> Reply | None:
    """The answer that a short message gives, with the rest as its reason; None when it is about something else."""
    said = " ".join(text.replace("’", "'").split())
    if not said or len(said) > 200 or said.endswith("?"):
        return None
    bare = _bare(said)
    rest = said[bare[1] :].lstrip(" ,.;:!–-") if bare else said
    spoken = _spoken(rest)
    if spoken and not (bare and bare[0] == "yes" and spoken[0] == "no"):
        return Reply(spoken[0], _reason(rest[spoken[1] :]), explicit=True)
    if spoken or bare is None:
        return None
    if bare[0] == "yes" and rest.strip(" .!🙂😊👍"):
        return None if len(rest) > 60 or any(sign.isdigit() for sign in rest) else Reply("yes", _reason(rest), False)
    return Reply(bare[0], _reason(rest), explicit=False)


def _bare(said: str) -> tuple[str, int] | None:
    for answer, words in _BARE.items():
        if found := re.match(f"(?:{words}){_END}", said, re.IGNORECASE):
            return answer, found.end()
    return None


def _spoken(said: str) -> tuple[str, int] | None:
    for answer, phrases in (("no", _NO), ("maybe", _MAYBE), ("yes", _YES)):
        for phrase in phrases:
            if found := re.match(f"(?:{phrase}){_END}", said, re.IGNORECASE):
                return answer, found.end()
    return None


def _reason(rest: str) -> str:
    words = rest.strip(" ,.;:!–-👍👎🙂😊")
    for opener in ("desværre", "fordi", "da jeg", "pga.", "pga", "på grund af", "because", "sorry"):
        if words.lower().startswith(opener + " ") or words.lower() == opener:
            words = words[len(opener) :].strip(" ,.;:!–-")
    return words
