"""Whose name stands in a row of a list of members: put together, an address out of its cell, or nobody's. Pure."""

from __future__ import annotations

import re

VACANT = {"vakant", "vacant", "ledig", "ubesat", "nn", "n.n.", "n.n", "n n", "-", "–", "?", "ingen", "none"}
"""Said of a practice that has nobody yet."""
ADDRESS = re.compile(r"(?<![^\s<>()\[\],;:/\"'@])[^\s<>()\[\],;:/\"'@]+@[^\s<>()\[\],;:/\"'@]+")
SEVERAL = re.compile(r"\s(?:og|and|&|\+)\s|[/;&]", re.IGNORECASE)
"""Two people: "Kirsten Dahl og Bo Krogh"; "Dahl Hansen, Kirsten Marie" may be one."""
PRACTICE = re.compile(
    r"^læge(?:hus|rne|klinik|praksis|center)|(?:klinik|praksis)(?:ken|sen)?\b|^clinic|surgery\b", re.IGNORECASE
)
ENDED = (
    r"ophørt|fratrådt|stoppet|udmeldt|udgået|udgår|pensioneret|på pension|inaktiv|passiv|slettet|flyttet"
    r"|ended|inactive|retired|resigned"
)
ENDED_IN_NAME = re.compile(rf"[(,–-]\s?(?:{ENDED})\b", re.IGNORECASE)
ENDED_IN_STATUS = re.compile(rf"(?:{ENDED}|nej|no)\b", re.IGNORECASE)
NOTE = re.compile(
    r"\b(?:opdateret|rettet|revideret|ajourført|gældende|bemærk|listen|medlemslisten|side \d|updated)\b",
    re.IGNORECASE,
)
LONGEST = 200


def name_of(said: dict[str, str]) -> str:
    """A person's name from one column or three; empty for a place that nobody fills."""
    parts = (said.get("first_name"), said.get("middle_name"), said.get("last_name"))
    name = said.get("name") or " ".join(filter(None, parts))
    return "" if name.casefold() in VACANT else name


def address_of(cell: str) -> str:
    """The one address in a cell, without the name, "mailto:" or telephone number beside it; else the cell as it is."""
    found = ADDRESS.findall(cell[:LONGEST])
    return found[0].strip(".").casefold() if len(found) == 1 else cell


def is_nobody(said: dict[str, str]) -> str:
    """Why a row is no single person who belongs to the cluster: a code; empty when it may be one."""
    name = said["name"][:LONGEST]
    if NOTE.search(name) and not said["email"]:
        return "no_person"
    if ENDED_IN_NAME.search(name) or ENDED_IN_STATUS.match(said.get("status", "")):
        return "person_ended"
    if SEVERAL.search(name):
        return "people_in_one_cell"
    return "name_is_practice" if PRACTICE.search(name) else ""
