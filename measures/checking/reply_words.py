"""Words around a typed number: those that say nothing, and those that say that it is another number than asked for."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FILLERS = _words(
    "vi har er i alt ialt antal med vores mine tal tallene hej så stk the we have is are her hermed de "
    "rettelse ret rettet hov undskyld beklager nej det skulle skal være jeg mente mener nu tak thanks "
    "altså sorry correction oops should be meant nope actually here"
)
"""Left out wherever they stand: greetings, helping words, and the words that announce a correction."""
ANNOUNCING = _words("forkert forkerte fejl wrong ups")
"""Left out in front of a number: "forkert! KOL 88". Behind one they speak against it: "KOL 88 er forkert"."""
ABOUT = _words("ca cirka circa omkring omtrent about around approximately approx roughly")
"""The number after it may be the right one: it is asked whether it is."""
OPPOSITE = ANNOUNCING | _words(
    "ikke ingen uden mangler mangle manglede manglende aflyst aflyste udebliver udeblevet minus undtagen aldrig "
    "not no none without missing cancelled canceled except lack lacks never"
)
"""Beside a number without a field of its own they turn the number before them round."""
ALTERNATIVE = _words("eller el or til to fra from versus vs af ud of out per pr")
"""Between two numbers they leave open which of them is meant, or make a share of them."""
ARTICLES = _words("de dem vores alle the our all")
UNITS = _words("stk patienter patient pt ptt pat personer recepter gange patients people prescriptions")
"""Said behind a number they change nothing."""
ENDINGS = _words("er erne en et r s ne ens e n t")
"""Endings of a known name that change nothing: `forløbsplaner`, `spirometrierne`, `plans`."""
HEADS = FILLERS | _words(
    "kommer følger følgende data opgørelse numre svar status som aftalt til for fra klyngen klyngebot os mit vort "
    "numbers figures answer follows following our my"
)
"""Before a colon they say no more than that numbers follow."""
NEW_NUMBERS = re.compile(
    r"\b(?:nye?|rigtige?|rettede|korrekte?|new|right|correct) (?=(?:tal|numre|numbers|figures)\b)", re.I
)
SIGNED = re.compile(
    r"(?:^|(?<=[\s,.!]))(?:mvh|vh|kh|(?:venlig |bedste |kærlig )?hilsen|(?:best |kind )?regards)\b", re.I
)
"""What follows is a name, often of a practice."""
GOES_ON = re.compile(r"\bp\.? ?s\b|\b(?:er|var|kun|ikke|forkerte?|is|are|was|were|only|not|wrong)\b", re.I)
"""Words in no name: whoever writes them below the greeting says something more, perhaps of the numbers."""
ORDINAL = re.compile(r"\b[1-4]\. ?(?:kvartal|kvt|kv|halvår)\b|\b(?:K|Q)[1-4]\b", re.I)
OTHER_TIME = re.compile(
    r"\b(?:sidste? (?:års?|gangs?|runde|måling|kvartal|måned|forår|efterår)|i fjor|fjor|forrige|forgangne"
    r"|last (?:year|time|round|quarter|month)|previous)\b|\b(?:før|tidligere|sidst|before|earlier)\b(?=\s?[:=]?\s?\d)",
    re.I,
)
OTHER_NUMBERS = re.compile(
    r"\b(?:klyngens|klyngetal|regionens?|region|landets|landsgennemsnit\w*|gennemsnit\w*|gns|snit|average|mean"
    r"|nabo\w*|(?:en |den )?(?:anden|andre) (?:praksis|klinik|læge)\w*|another practice|the other practice"
    r"|mål|målet|målsætning\w*|target|goal"
    r"|eksempel\w*|f\.? ?eks|fx|e\.? ?g|for instance|example"
    r"|slet|slettes|fjern\w*|glem|ignorer|delete|remove|forget|ignore)\b",
    re.I,
)
"""Of others, wished for, made up, or to be taken away: none of these is the practice's own number."""
BEFORE_ANY = re.compile(
    r"^\W*(?:hvad|hvorfor|hvordan|hvem|hvor|hvornår|er|skal|bør|what|why|how|when|who|which|is|are|should)\b"
    r"|\b(?:hvis|såfremt|medmindre|if|unless|skrev|skriver|står|stod|sagde|siger|wrote|says|said)\b",
    re.I,
)
"""Questions, conditions and what somebody else said, when they stand before the first number."""
YEARS = range(2000, 2040)
