"""Of several cells that name the same field, the one that fits, or a question with all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from measures.packages.package import Package
from measures.reading.problems import Level, Option, Problem
from measures.tables.chosen import Wanted
from measures.tables.evidence import Evidence, choose
from measures.tables.heading_matcher import Match
from measures.tables.period import Span, nearest, overlaps, written


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place (a column, or a row of a tall table) that names a field, with its meaning and its cell."""

    place: int
    match: Match
    source: Evidence


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """What was chosen of each field, with all other candidates; or the question that must be answered first."""

    chosen: tuple[NamedPlace, ...] = ()
    sources: tuple[Evidence, ...] = ()
    doubts: tuple[Problem, ...] = ()
    problem: Problem | None = None


def picked(found: Mapping[int, NamedPlace], hidden: Collection[int], package: Package, wanted: Wanted) -> PlaceChoice:
    """One cell for each field. Another time, a part or a rate is never taken for the field; an exact heading beats a
    guessed one; what is hidden is used only when asked about."""
    chosen: dict[str, NamedPlace] = {}
    doubts: list[Problem] = []
    for number, item in enumerate(package.fields):
        named = [each for each in found.values() if each.match.field_id == item.id and each.match.counts]
        left = in_time(_surest(named), wanted.period)
        one = _one(left, number, item.short.model_dump(), wanted)
        if isinstance(one, Problem):
            return PlaceChoice(problem=one)
        if one is None:
            continue
        chosen[item.id] = one
        if one.place in hidden:
            params = {"id": item.id, "field": item.label.model_dump()}
            doubts.append(Problem("hidden_column", Level.WARN, one.source.where, params=params))
    kept, late = _one_time(chosen, package, wanted.period)
    sources = tuple(
        replace(one.source, others=tuple(e.source for e in found.values() if _is_other(e, one))) for one in kept
    )
    return PlaceChoice(tuple(kept), sources, (*doubts, *late))


def _is_other(each: NamedPlace, one: NamedPlace) -> bool:
    return each.match.field_id == one.match.field_id and each.place != one.place


def _surest(named: list[NamedPlace]) -> list[NamedPlace]:
    return [each for each in named if each.match.is_sure] or named


def in_time(named: list[NamedPlace], period: Span | None) -> list[NamedPlace]:
    """Those that can be from the period: what says so and what says nothing; what says another time only alone."""
    if period is None:
        return named
    dated = {place: each.match.span for place, each in enumerate(named) if each.match.span}
    near = nearest(dated, period)
    left = (each for place, each in enumerate(named) if place in near or place not in dated)
    return sorted(left, key=lambda each: each.place) or named


def _one(left: list[NamedPlace], number: int, field: dict[str, str], wanted: Wanted) -> NamedPlace | Problem | None:
    """The only one, the first of several that say the same, the one that the sender chose, or the question."""
    different: dict[object, NamedPlace] = {}
    for each in left:
        different.setdefault(each.source.cell, each)
    if len(different) < 2:
        return next(iter(different.values()), None)
    kind = f"f{number}"
    options = {e.place: Option(f"{kind}.{e.place}", e.source.where, e.source.heading) for e in different.values()}
    answer = choose("named_twice", kind, options, wanted.answers, left[1].source.where, field=field)
    return answer if isinstance(answer, Problem) else next(e for e in left if e.place == answer)


def _one_time(
    chosen: Mapping[str, NamedPlace], package: Package, period: Span | None
) -> tuple[list[NamedPlace], tuple[Problem, ...]]:
    """Without fields from another time than the rest: those are missing, and asked about. When all that say a time
    say another, they are kept, for the file is then refused as one."""
    if period is None:
        return list(chosen.values()), ()
    late = {name: one for name, one in chosen.items() if one.match.span and not overlaps(one.match.span, period)}
    rest = [one for name, one in chosen.items() if name not in late and not package.field(name).from_practice]
    if not late or not (rest or any(one.match.span for name, one in chosen.items() if name not in late)):
        return list(chosen.values()), ()
    doubts = tuple(
        Problem(
            "other_time",
            Level.WARN,
            one.source.where,
            written(one.match.span) if one.match.span else "",
            params={"id": name, "field": package.field(name).label.model_dump()},
        )
        for name, one in late.items()
    )
    return [one for name, one in chosen.items() if name not in late], doubts
