"""What belongs where in a package file: the keys of each table, and how a line with each of them looks.

Read off the schema itself, so that what is told of a mistake is what would be accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from measures.packages.lines import Path
from measures.packages.parts import BothLanguages

Model = type[BaseModel]

USUAL = {"id": '"kol_2026"', "version": '"1.0"', "next_review": "2027-11-01", "year": "2026", "minutes": "20"}
"""Values that show more than their kind does."""


def model_at(root: Model, path: Path) -> Model | None:
    """The table that a path leads to, entries of lists and free names passed over; None beyond the schema."""
    model: Model | None = root
    waiting: Any = None
    for part in path:
        if isinstance(part, int):
            continue
        if waiting is not None:  # a name that is free, such as that of a guide
            model, waiting = _model_in(waiting), None
            continue
        known = model.model_fields.get(part) if model is not None else None
        if known is None:
            return None
        kind = _bare(known.annotation)
        if get_origin(kind) is dict:
            waiting = get_args(kind)[1]
        else:
            model = _model_in(kind)
    return None if waiting is not None else model


def place_of(path: Path) -> str:
    """How a table is headed in the file: `[[fields]]`, `[measures.title]`; "" for the top of it."""
    names = ".".join(str(part) for part in path if isinstance(part, str))
    if not names:
        return ""
    return f"[[{names}]]" if isinstance(path[-1], int) else f"[{names}]"


def keys_of(model: Model | None) -> list[str]:
    """The keys of a table, as its schema has them."""
    return list(model.model_fields) if model is not None else []


def example(model: Model | None, key: str, table: Path) -> str:
    """A line, or the heading, that a key could be written as in that table; "" when there is no such key."""
    known = model.model_fields.get(key) if model is not None else None
    return "" if known is None else _line(key, _bare(known.annotation), ".".join(_names(table)))


def _line(key: str, kind: Any, around: str) -> str:
    if kind is BothLanguages:
        return f'{key} = {{ da = "…", en = "…" }}'
    origin, inside = get_origin(kind), get_args(kind)
    if origin is tuple:
        item = _bare(inside[0])
        if item is BothLanguages:
            return f'{key} = [{{ da = "…", en = "…" }}]'
        if isinstance(item, type) and issubclass(item, BaseModel):
            return f"[[{around}.{key}]]" if around else f"[[{key}]]"
        return f'{key} = ["{_first(item)}"]'
    if origin is dict:
        return {"find": "[find.journal]", "guides": "[guides.xmo]"}.get(key, f'{key} = {{ da = ["…"], en = ["…"] }}')
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"[{around}.{key}]" if around else f"[{key}]"
    return f"{key} = {USUAL.get(key) or _value(kind)}"


def _value(kind: Any) -> str:
    if get_origin(kind) is Literal:
        first = get_args(kind)[0]
        return f'"{first}"' if isinstance(first, str) else str(first)
    return {int: "14", float: "0.7", bool: "false", date: "2026-11-01"}.get(kind, '"…"')


def _first(kind: Any) -> str:
    return str(get_args(kind)[0]) if get_origin(kind) is Literal else "…"


def _names(path: Path) -> Iterator[str]:
    return (part for part in path if isinstance(part, str))


def _bare(kind: Any) -> Any:
    """A type without its marks and without "or nothing"."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _bare(next(each for each in get_args(kind) if each is not NoneType))
    return kind


def _model_in(kind: Any) -> Model | None:
    kind = _bare(kind)
    if get_origin(kind) is tuple:
        kind = _bare(get_args(kind)[0])
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None
