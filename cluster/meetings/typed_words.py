"""The words an answer to an invitation is made of, Danish and English, also without æ, ø and å.

Every word outside these lists makes a sentence doubtful: it is asked about, never acted upon.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

WAYS = {"æ": ("ae", "a", "e"), "ø": ("oe", "o"), "å": ("aa", "a")}
"""How people write the three letters on a keyboard without them, the longest way first."""


def folded(word: str) -> str:
    """A word as it is looked up: small letters, æ as ae, ø as oe, å as aa."""
    word = word.casefold().replace("´", "'").replace("`", "'").replace("’", "'")
    return "".join(WAYS[letter][0] if letter in WAYS else letter for letter in word)


def _ways(word: str) -> Iterator[str]:
    for letters in product(*(WAYS.get(letter, (letter,)) for letter in word)):
        yield "".join(letters)


def folded_set(text: str) -> frozenset[str]:
    """Words parted by blanks, each in every way it is written."""
    return frozenset(way for word in text.split() for way in _ways(word))


SUBJECT = folded_set("jeg vi i we i'm im i'll we're we'll")
COMING = folded_set(
    "kommer komme komer kommmer deltager deltage deltar deltaer coming come comming attend attending join participate"
)
DECLINED = folded_set("afbud forhindret framelder afmelder")
"""Words that decline by themselves."""
BE = folded_set("er være med be am there make it")
"""`er med`, `be there`, `make it`: coming without a verb of its own."""
REACH = folded_set("når nå")
ABLE = folded_set("kan can")
NOT = folded_set("ikke ik ikk aldrig not can't cant cannot won't wont don't dont never")
AUXILIARY = folded_set(
    "kan vil skal må bliver blevet nødt can can't cant cannot will would won't wont going gonna able have"
)
ROUND_ABOUT = folded_set(
    "gerne selvfølgelig naturligvis bestemt helt også alligevel desværre desvære dog så altså da jo nu her slet heller "
    "absolut overhovedet denne gang år til mødet møde møder klyngemødet klyngemøde at melde melder mig tilmelder "
    "tilmeld regn to this time the meeting cluster unfortunately sadly sorry definitely gladly for "
    "in count me desuden godt meget hermed"
)
"""What may stand around the verb and changes nothing."""
HEDGE = folded_set(
    "måske muligvis vist nok sandsynligvis formentlig formentligt formodentlig formodentligt tror håber regner prøver "
    "forsøger evt eventuelt hvis medmindre såfremt usikker tvivl sikker sikkert umiddelbart afhænger kunne ville burde "
    "probably likely unlikely perhaps maybe might may hope hopefully try trying think guess unless if unsure doubt "
    "possibly depends tentative næppe"
)
REGRET = folded_set("desværre desvære beklager unfortunately sadly sorry tak")
YES = folded_set("ja jo jep jeps jeppers yes yep yeah yup jada sure") | {"👍"}
NO = folded_set("nej næ niks no nope nah") | {"👎"}
FINE = folded_set("ok okay okey")
"""Yes to a question just asked, or no more than "I have read it"."""
RIGHT = folded_set("rigtigt rigtige passer gem korrekt stemmer correct right save")
AROUND_RIGHT = folded_set("det er de den dem tallene that's thats is are them it they")
POLITE = folded_set(
    "tak thanks thank you please hej hi hello hilsen mvh vh kh dav godmorgen beklager undskyld sorry desværre da gerne "
    "selvfølgelig naturligvis desværre glæder mig ses vi på forhånd kære alle klyngebot god fornøjelse"
)
THANKING = folded_set("mange tusind for invitationen invitation indkaldelsen indkaldelse mødeindkaldelsen beskeden the")
"""Beside "tak": it thanks for the letter and says nothing of the answer."""
PLEASED = folded_set(
    "super fint perfekt dejligt skønt lyder det godt spændende great perfect nice sounds good ok okay okey"
)
"""In front of an answer, and alone no more than "I have read it"."""
GREETING = folded_set("hilsen mvh vh kh venlig venligst bedste kærlig regards best")
"""A clause that begins so is the end of a letter."""
LATE = folded_set("senere sent sen forsinket late later")
AROUND_LATE = folded_set(
    "lidt for ca cirka omkring en et halv halvt time timer kvarter minutter minut min efter a bit little minutes mins "
    "half an hour running to tre fire fem seks syv otte ni ti femten tyve tredive par five ten fifteen twenty thirty"
)
BEING_LATE = folded_set("jeg vi bliver være vil er am will be i i'm i'll")
"""Around these they make a sentence of being late."""
LEAVING = folded_set("gå går køre kører smutte smutter leave leaving")
AROUND_LEAVING = folded_set(
    "skal må vil bliver nødt til at før tidligt tidligere lidt kl klokken efter have to early earlier at a bit"
)
"""Coming, and away again before the end."""
ABSENCE = folded_set(
    "ferie kursus kursusdag vagt vagter lægevagt syg sygdom sygt sygemeldt influenza feber barn børn bortrejst rejse "
    "rejser udlandet fødselsdag bryllup begravelse konfirmation kongres konference efteruddannelse optaget travlt "
    "arbejde arbejder aftale orlov barsel tandlæge koncert teater familie holiday vacation sick ill duty call abroad "
    "travelling traveling busy wedding funeral course conference child kid kids leave fri"
)
"""Why people stay away."""
BACK = folded_set(
    "fejl fejltagelse misforståelse fortryd fortryder annuller annullér forkert forkerte mistake undo wrong fejlsvar"
)
"""Taking back what was said."""
ELSEWHERE = folded_set(
    "graf grafer grafen graferne figur figuren fil filen filer filerne chart charts file files log logge login adgang "
    "åbne finde find se open link linket tal tallene tallet numbers data indtaste sende send knap knappen oplæg mail"
)
"""What sentences about something else than coming are about."""
ASKING = folded_set("hvornår hvor hvem hvad hvordan hvorfor hvilken when where who what how why which")
OTHERS = folded_set("du han hun de man nogen andre kollega kollegaen you he she they")
THINGS = OTHERS | folded_set("den det der de")
"""Who or what a sentence is about when it is not its writer."""
BUT = folded_set("men but undtagen except kun only")
CAUSE = folded_set("fordi da pga because since")
WEEKDAYS = {
    way: number
    for number, names in enumerate(
        (
            "mandag mandagen monday",
            "tirsdag tirsdagen tuesday",
            "onsdag onsdagen wednesday",
            "torsdag torsdagen thursday",
            "fredag fredagen friday",
            "lørdag lørdagen saturday",
            "søndag søndagen sunday",
        )
    )
    for way in folded_set(names)
}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan",
            "februar february feb",
            "marts march mar",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sep sept",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
NEAR = {"dag": 0, "aften": 0, "today": 0, "tonight": 0, "morgen": 1, "tomorrow": 1}
"""`i dag`, `i morgen`: days from today."""
