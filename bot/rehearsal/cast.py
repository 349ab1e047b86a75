"""The invented cluster: practices, doctors and what they counted. Nobody here exists.

Ydernumre start with 99, which no practice has; mail addresses end in ``.example``, which no network has.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

DOMAIN = "vestfjord.example"
FEWEST = 5
"""Charts are drawn of at least that many practices; fewer make no play."""
MOST = 60

_SURGERIES = (
    ("Lægehuset Havnegade", "XMO", ("Mette Lindholm", "Jens Brandt", "Sofie Krog")),
    ("Lægerne Møllertorvet", "EG Clinea", ("Anders Vinther", "Camilla Holst")),
    ("Lægeklinikken Mølleparken", "XMO", ("Birgit Østergaard", "Thomas Æbelø")),
    ("Lægerne ved Åen", "Novax", ("Peter Dalsgaard", "Louise Kjær")),
    ("Fjordens Lægehus", "WinPLC", ("Hanne Skovgaard", "Rasmus Toft", "Ida Munk")),
    ("Lægepraksis Kirkebakken", "Æskulap", ("Ole Fredslund",)),
    ("Lægerne Skovvej", "XMO", ("Karen Bisgaard", "Mikkel Juhl")),
    ("Strandvejens Lægeklinik", "EG Clinea", ("Nanna Ravn", "Søren Lauridsen")),
    ("Lægehuset Stationsparken", "MyClinic", ("Erik Thorup", "Julie Bang")),
    ("Lægerne Vesterled", "Novax", ("Lise Aagaard", "Kasper Winther")),
    ("Lægepraksis Søndergade", "XMO", ("Gitte Bach",)),
    ("Engparkens Lægehus", "EG Clinea", ("Morten Hede", "Pia Lykke")),
)
_LISTED = (5120, 3380, 3290, 3410, 5200, 1640, 3150, 3480, 3260, 3300, 1580, 3190)
_LAND = ("Ege", "Birke", "Linde", "Aske", "Elme", "Bøge", "Pile", "Hassel", "Røn", "Tjørne", "Kastanje", "Poppel")
_PLACE = ("gården", "bakken", "parken", "vænget", "lunden", "højen")
_FIRST = ("Anne", "Bo", "Dorte", "Finn", "Grethe", "Hans", "Inge", "Jakob", "Kirsten", "Lars", "Maja", "Niels")
_LAST = ("Agger", "Bruun", "Dahl", "Falk", "Gram", "Hede", "Iversen", "Just", "Kragh", "Lund", "Møller", "Nygaard")


@dataclass(frozen=True)
class Doctor:
    """A person of the play."""

    name: str
    email: str
    title: str = "ejerlæge"


@dataclass(frozen=True)
class Surgery:
    """A practice of the play and its true numbers by field of the package."""

    name: str
    ydernummer: str
    system: str
    list_size: int
    doctors: tuple[Doctor, ...]
    numbers: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Cast:
    """Everybody who plays."""

    surgeries: tuple[Surgery, ...]

    @property
    def doctors(self) -> list[Doctor]:
        """All doctors, practice by practice."""
        return [doctor for surgery in self.surgeries for doctor in surgery.doctors]

    @property
    def coordinator(self) -> Doctor:
        """The first doctor of the first practice."""
        return self.surgeries[0].doctors[0]

    @property
    def writer(self) -> Doctor:
        """Says yes to the meeting in words, and is not there after all."""
        return self.surgeries[1].doctors[0]

    @property
    def decliner(self) -> Doctor:
        """Says no to the meeting, and comes."""
        return self.surgeries[2].doctors[0]

    @property
    def waverer(self) -> Doctor:
        """Says perhaps, then yes."""
        return self.surgeries[3].doctors[0]

    @property
    def prompt(self) -> list[Doctor]:
        """Say yes at once: half of the others."""
        others = self._others()
        return others[: len(others) // 2]

    @property
    def silent(self) -> list[Doctor]:
        """Say nothing until they have been reminded."""
        others = self._others()
        return others[len(others) // 2 :]

    def _others(self) -> list[Doctor]:
        named = (self.coordinator, self.writer, self.decliner, self.waverer)
        return [doctor for doctor in self.doctors if doctor not in named]

    @property
    def unconfirmed(self) -> Doctor:
        """Does not answer the welcome; speaks for no practice, and sees no numbers of one."""
        return next(s.doctors[-1] for s in reversed(self.surgeries) if len(s.doctors) > 1)

    def confirmed(self, surgery: Surgery) -> list[Doctor]:
        """Those of a practice who see its numbers."""
        return [doctor for doctor in surgery.doctors if doctor != self.unconfirmed]

    @property
    def late(self) -> tuple[Surgery, ...]:
        """Gives its numbers at the meeting only; nobody in the smallest cluster, where each one is needed."""
        return self.surgeries[-1:] if len(self.surgeries) > FEWEST else ()

    @property
    def without_data(self) -> tuple[Surgery, ...]:
        """Has no data this time, if the cluster can do without."""
        return self.surgeries[-2:-1] if len(self.surgeries) > FEWEST + 1 else ()

    @property
    def contributing(self) -> tuple[Surgery, ...]:
        """Give their numbers before the deadline."""
        return self.surgeries[: len(self.surgeries) - len(self.late) - len(self.without_data)]

    @property
    def early(self) -> tuple[Surgery, ...]:
        """Give their numbers before anybody is reminded: each way of answering is tried by one of them."""
        return self.contributing[: max(FEWEST, len(self.contributing) * 7 // 10)]

    def roster_csv(self) -> bytes:
        """The member list as a coordinator's spreadsheet saves it: semicolons, Windows letters."""
        lines = ["Ydernummer;Praksis;Patienter;Lægesystem;Navn;E-mail;Titel;Rolle;Kontakt"]
        for surgery in self.surgeries:
            for doctor in surgery.doctors:
                role = "koordinator" if doctor == self.coordinator else "medlem"
                cells = (surgery.ydernummer, surgery.name, str(surgery.list_size), surgery.system)
                contact = "ja" if doctor == surgery.doctors[0] else ""
                lines.append(";".join((*cells, doctor.name, doctor.email, doctor.title, role, contact)))
        return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def vestfjord(seed: int) -> Cast:
    """Klynge Vestfjord: 12 practices, 24 doctors; the numbers follow the seed, the people do not."""
    dice = random.Random(seed)
    surgeries = []
    for index, (name, system, people) in enumerate(_SURGERIES):
        doctors = tuple(_doctor(person, second=place > 1) for place, person in enumerate(people))
        listed = _LISTED[index]
        surgeries.append(Surgery(name, f"99{index + 1:04d}", system, listed, doctors, _numbers(dice, listed)))
    return Cast(tuple(surgeries))


def company(numbers: Sequence[dict[str, int]], systems: Sequence[str] = ("XMO", "EG Clinea", "Novax")) -> Cast:
    """A cluster with these numbers (``listed`` among them) and invented names; a large one has fewer doctors each."""
    people = itertools.count()
    surgeries = []
    for index, counted in enumerate(numbers):
        name = f"Lægehuset {_LAND[index % len(_LAND)]}{_PLACE[index // len(_LAND) % len(_PLACE)]}"
        size = 2 if len(numbers) <= len(_SURGERIES) or index % 3 == 0 else 1
        doctors = tuple(_doctor(_invented(next(people)), second=place > 0) for place in range(size))
        system = systems[index % len(systems)]
        surgeries.append(Surgery(name, f"99{index + 1:04d}", system, counted["listed"], doctors, counted))
    return Cast(tuple(surgeries))


def _numbers(dice: random.Random, listed: int) -> dict[str, int]:
    """Plausible KOL numbers: 30–50 per 1,000 with the diagnosis, most with spirometry, fewer with a plan."""
    copd = round(listed * dice.uniform(0.030, 0.050))
    spirometry = round(copd * dice.uniform(0.45, 0.92))
    return {
        "listed": listed,
        "copd": copd,
        "spirometry": spirometry,
        "care_plan": round(copd * dice.uniform(0.20, 0.80)),
    }


def _invented(number: int) -> str:
    """A name of its own for each number below 144."""
    first, again = number % len(_FIRST), number // len(_FIRST)
    return f"{_FIRST[first]} {_LAST[(5 * first + again) % len(_LAST)]}"


def _doctor(name: str, *, second: bool) -> Doctor:
    plain = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa").replace(" ", ".")
    return Doctor(name, f"{plain}@{DOMAIN}", "ansat læge" if second else "ejerlæge")
