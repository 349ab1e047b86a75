"""Headings that say whose a row is in a file for all practices, besides those of every practice's own file."""

from __future__ import annotations

from collections.abc import Collection

from measures.reading.headers import is_practice, is_ydernummer, normal

NUMBERS = frozenset(
    map(
        normal,
        (
            "yder nr",
            "yder nummer",
            "yder id",
            "yderkode",
            "yder no",
            "praksisnummer",
            "praksisnr",
            "praksis nr",
            "praksis id",
            "praksiskode",
            "kliniknummer",
            "kliniknr",
            "klinik nr",
            "klinik id",
            "provider no",
            "provider id",
            "provider code",
            "practice no",
            "practice id",
            "practice code",
            "practicecode",
            "practiceid",
            "gp code",
            "organisation code",
            "org code",
        ),
    )
)
NAMES = frozenset(
    map(
        normal,
        (
            "yder navn",
            "praksis navn",
            "klinikkens navn",
            "navn på klinik",
            "lægeklinikkens navn",
            "practicename",
            "provider name",
            "clinic name",
            "organisation name",
            "hospital name",
        ),
    )
)
AREAS = frozenset(
    map(
        normal,
        (
            "område",
            "områder",
            "kommune",
            "kommuner",
            "kommunenavn",
            "kommunekode",
            "kommunenr",
            "bydel",
            "region",
            "regions",
            "area",
            "area name",
            "area code",
            "municipality",
            "kommun",
            "kommunkod",
            "enhed",
            "afdeling",
            "sted",
            "navn",
            "name",
            "code",
            "kode",
            "nr",
            "id",
            "location",
            "geography",
            "unit",
        ),
    )
)
"""What others put there. Such a heading is believed only when the cells below name practices of the cluster."""


def says_number(heading: object) -> bool:
    """Whether practice numbers stand under it."""
    return is_ydernummer(heading) or (isinstance(heading, str) and normal(heading) in NUMBERS)


def says_name(heading: object) -> bool:
    """Whether names of practices stand under it."""
    return is_practice(heading) or (isinstance(heading, str) and normal(heading) in NAMES)


def may_say_whose(heading: object, own: Collection[str] = ()) -> bool:
    """Whether a heading may announce whose a row is; `own` are the normal headings that a package names for it."""
    return isinstance(heading, str) and (
        says_number(heading) or says_name(heading) or normal(heading) in AREAS or normal(heading) in own
    )
