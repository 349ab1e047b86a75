"""The ways to numbers that many packages share: how they begin and end, whatever is searched for in between."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from measures.packages.parts import BothLanguages, Guide, PackagePart, Steps
from measures.packages.systems import OTHER, SYSTEMS

JOURNAL = "journal"
"""The search in the practice's own lægesystem: one guide for each system comes from it."""


class Route(PackagePart):
    """One way: its name, and the steps before and after what is particular to the package."""

    name: BothLanguages
    before: Steps
    after: Steps
    verified: bool


@cache
def _routes() -> dict[str, Route]:
    written = tomllib.loads(Path(__file__).with_name("routes.toml").read_text(encoding="utf-8"))
    return {name: Route.model_validate(route) for name, route in written.items()}


ROUTES = _routes()


def guides_from(find: Mapping[str, Steps]) -> dict[str, Guide]:
    """The guides for the routes a package uses, by lægesystem for its own search and by the route's name otherwise."""
    guides: dict[str, Guide] = {}
    for name, steps in find.items():
        route = ROUTES.get(name)
        if route is None:
            continue
        if name != JOURNAL:
            guides[name] = _guide(route, steps, named=True)
            continue
        for system in SYSTEMS:
            if system.id == OTHER:
                guides[OTHER] = _guide(route, steps, named=False, system=("lægesystemet", "your record system"))
            else:
                guides[system.id] = _guide(route, steps, named=False, system=(system.name, system.name))
    return guides


def _guide(route: Route, steps: Steps, *, named: bool, system: tuple[str, str] = ("", "")) -> Guide:
    whole = {
        lang: tuple(step.replace("{system}", system[place]) for step in (*before, *own, *after))
        for place, (lang, before, own, after) in enumerate(
            (
                ("da", route.before.da, steps.da, route.after.da),
                ("en", route.before.en, steps.en, route.after.en),
            )
        )
    }
    return Guide.model_validate(
        {"steps": whole, "verified": route.verified, "name": route.name.model_dump() if named else None}
    )
