"""The electronic record systems (lægesystemer) that Danish practices use, as data that may be extended.

No share of the market is known, so the order is only the order in a menu; free text is kept as "andet".
"""

from __future__ import annotations

from dataclasses import dataclass

OTHER = "andet"


@dataclass(frozen=True, slots=True)
class System:
    """One lægesystem: the id that packages key their guides by, its name, and other spellings people write."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


SYSTEMS: tuple[System, ...] = (
    System("xmo", "XMO", ("cgm xmo", "xmo cgm")),
    System("clinea", "EG Clinea", ("clinea",)),
    System("novax", "Novax", ("eg novax",)),
    System("winplc", "WinPLC", ("win plc", "plc")),
    System("aeskulap", "Æskulap", ("aeskulap", "cgm æskulap", "cgm aeskulap")),
    System("multimed", "MultiMed Web", ("multimed", "multi med web")),
    System("myclinic", "MyClinic/Ganglion", ("myclinic", "ganglion", "my clinic")),
    System("adata", "A-Data", ("a data", "adata")),
    System(OTHER, "Andet", ("anden", "other")),
)


def find_system(written: str) -> System:
    """The system a person meant by what they wrote; unknown names are "andet"."""
    wanted = " ".join(written.casefold().replace("-", " ").split())
    for system in SYSTEMS:
        names = (system.id, system.name, *system.aliases)
        if wanted in {" ".join(name.casefold().replace("-", " ").split()) for name in names}:
            return system
    return SYSTEMS[-1]
