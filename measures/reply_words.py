"""Words around a typed number: those that say nothing, and those that say that it is only about right."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FILLERS = _words(
    "vi har er i alt ialt antal med vores mine tal hej så stk the we have is are "
    "forkert forkerte rettelse ret rettet fejl ups hov undskyld beklager nej det skulle skal være jeg mente mener nu "
    "altså rigtige nye ny sorry correction wrong oops should be meant nope actually"
)
"""Left out wherever they stand: greetings, helping words, and the words that announce a correction."""
ABOUT = _words("ca cirka circa omkring omtrent about around approximately approx roughly")
"""The number after it may be the right one: it is asked whether it is."""
OPPOSITE = _words(
    "ikke ingen uden mangler mangle manglede manglende aflyst aflyste udebliver udeblevet minus undtagen aldrig "
    "not no none without missing cancelled canceled except lack lacks never"
)
"""Beside a number without a field of its own they turn the number before them round."""
ALTERNATIVE = _words("eller or til to fra from versus vs")
"""Between two numbers they leave open which of them is meant."""
ENDINGS = _words("er erne en et r s ne ens e n t")
"""Endings of a known name that change nothing: `forløbsplaner`, `spirometrierne`, `plans`."""
