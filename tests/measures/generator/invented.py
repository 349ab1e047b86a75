"""Packages that nobody wrote: other topics, fields of every kind, names near to each other."""

from __future__ import annotations

import random
from typing import Any

from measures.packages.package import Package, load

MOST = 60
"""This many different ones are made."""
TOPICS = (
    ("Astma", "Asthma"),
    ("Gigt", "Arthritis"),
    ("Depression", "Depression"),
    ("Forhøjet blodtryk", "Hypertension"),
    ("Migræne", "Migraine"),
    ("Epilepsi", "Epilepsy"),
    ("Overvægt", "Obesity"),
    ("Stofskifte", "Thyroid disease"),
)
CHECKS = (
    ("med årskontrol", "with a yearly check"),
    ("med blodprøve", "with a blood test"),
    ("uden kontrol", "without a check"),
    ("i behandling", "in treatment"),
    ("med ny recept", "with a new prescription"),
    ("kvinder", "women"),
    ("65+", "65+"),
    ("henvist", "referred"),
    ("ikke fremmødt", "who did not attend"),
)
AMOUNTS = (
    ("DDD", "DDD"),
    ("Udgift i kr.", "Cost in kr."),
    ("Minutter", "Minutes"),
    ("Sengedage", "Bed days"),
)
GUESSES = (("Gæt i procent", "Guess in per cent"), ("Jeres skøn (%)", "Your estimate (%)"))


def package(dice: random.Random) -> Package:
    """A package about a topic: its people, some of them, amounts, a guess; with and without the list size."""
    base = load("kol")
    topic = dice.choice(TOPICS)
    fields: list[dict[str, Any]] = []
    measures: list[dict[str, Any]] = []
    has_list = dice.random() < 0.7
    if has_list:
        fields.append(_field("listed", ("Tilmeldte patienter", "Listed patients"), from_practice=True))
    people = (f"Patienter med {topic[0].lower()}", f"Patients with {topic[1].lower()}")
    fields.append(_field("people", people, topic))
    if has_list:
        measures.append(_measure(base, "known", "proportion", "people", "listed", 1000))
    for number, words in enumerate(dice.sample(CHECKS, dice.randint(1, 3))):
        label = (f"{topic[0]} {words[0]}", f"{topic[1]} {words[1]}")
        fields.append(_field(f"part_{number}", label))
        measures.append(_measure(base, f"share_{number}", "proportion", f"part_{number}", "people", 100))
    for number, words in enumerate(dice.sample(AMOUNTS, dice.choice((0, 1, 1, 2)))):
        fields.append(_field(f"amount_{number}", words, kind="amount"))
        whole = "listed" if has_list else "people"
        measures.append(_measure(base, f"use_{number}", "amount", f"amount_{number}", whole, 1))
    if dice.random() < 0.4:
        fields.append(_field("guess", dice.choice(GUESSES), kind="percent"))
        guessed = _measure(base, "guessed", "estimate", "", "", 1) | {"guess": "guess", "actual": "share_0"}
        measures.append({key: value for key, value in guessed.items() if key not in ("numerator", "denominator")})
    changed = {"id": f"made_{dice.randint(100, 999)}", "version": "1", "fields": fields, "measures": measures}
    whole_package = base.model_dump() | changed | {"codes": (), "companions": (), "guideline": ()}
    return Package.model_validate(whole_package)


def _field(
    name: str, label: tuple[str, str], short: tuple[str, str] | None = None, *, kind: str = "count", **more: object
) -> dict[str, Any]:
    said = {"da": label[0], "en": label[1]}
    brief = {"da": (short or label)[0], "en": (short or label)[1]}
    return {"id": name, "label": said, "short": brief, "help": said, "kind": kind, **more}


def _measure(base: Package, name: str, kind: str, part: str, whole: str, per: int) -> dict[str, Any]:
    words = base.measures[1].model_dump(include={"title", "sentence", "definition", "caution"})
    if kind == "estimate":
        words |= {"sentence": words["title"]}
    return words | {"id": name, "kind": kind, "numerator": part, "denominator": whole, "per": per}
