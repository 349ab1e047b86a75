"""The invented cluster: practices, doctors and what they counted. Nobody here exists.

Ydernumre start with 99, which no practice has; mail addresses end in ``.example``, which no network has.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

DOMAIN = "vestfjord.example"
COORDINATOR = "Mette Lindholm"

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
    """A cluster with these numbers (``listed`` among them) and invented names: one doctor for about 1,800 patients."""
    surgeries = []
    for index, counted in enumerate(numbers):
        name = f"Lægehuset {_LAND[index % len(_LAND)]}{_PLACE[index // len(_LAND) % len(_PLACE)]}"
        size = max(1, min(3, round(counted["listed"] / 1800)))
        doctors = tuple(_doctor(_invented(index * 3 + place), second=place > 1) for place in range(size))
        surgeries.append(
            Surgery(name, f"99{index + 1:04d}", systems[index % len(systems)], counted["listed"], doctors, counted)
        )
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
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[number // len(_FIRST) % len(_LAST)]}" + (
        f" {number // 144 + 1}" if number >= 144 else ""
    )


def _doctor(name: str, *, second: bool) -> Doctor:
    plain = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa").replace(" ", ".")
    return Doctor(name, f"{plain}@{DOMAIN}", "ansat læge" if second else "ejerlæge")
