"""Every routed function takes what the dispatcher gives; a misspelt argument is found here, not in the evening."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from handlers import TABLE
from handlers.feature import Command, Direct, Feature, Form, Kept, merge

SHAPES = {"turn": ["turn"], "rendering": ["r"], "step": ["uow", "owed", "tools"]}


def wrong_shape(function: Callable[..., Any], shape: str) -> str | None:
    """Why a routed function cannot be called as its kind is, or None."""
    if not inspect.iscoroutinefunction(function):
        return f"{function.__qualname__} is not a coroutine function"
    names = list(inspect.signature(function).parameters)
    expected = SHAPES[shape]
    return None if names == expected else f"{function.__qualname__} takes {names}, not {expected}"


def routed() -> list[tuple[str, Callable[..., Any], str]]:
    found: list[tuple[str, Callable[..., Any], str]] = []
    for table in (TABLE.commands, TABLE.actions, TABLE.events):
        for name, route in table.items():
            found.append((name, route.run, "turn"))
    for name, form in TABLE.forms.items():
        found.append((name, form.apply, "turn"))
        if form.check is not None:
            found.append((name, form.check, "turn"))
    found += [(name, notice.render, "rendering") for name, notice in TABLE.notices.items()]
    found += [(name, step.run, "step") for name, step in TABLE.steps.items()]
    return found


@pytest.mark.parametrize(("name", "function", "shape"), [pytest.param(*row, id=row[0]) for row in routed()])
def test_routed_function_has_its_shape(name: str, function: Callable[..., Any], shape: str):
    assert wrong_shape(function, shape) is None


def test_wrong_shape_notices_a_misspelt_argument():
    async def clicked(trun: object) -> None: ...

    def late(turn: object) -> None: ...

    assert wrong_shape(clicked, "turn") is not None
    assert wrong_shape(late, "turn") is not None


def test_the_same_name_twice_is_refused():
    async def one(turn: object) -> None: ...

    part = Feature(actions={"meeting.rsvp": Kept(one)}, commands=[Command(("x",), Direct(one))], forms={"f": Form(one)})
    with pytest.raises(ValueError, match="said twice"):
        merge([part, part])
