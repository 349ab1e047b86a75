"""What is wrong with a setting, in the reader's language; never its value, which may be a secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from locales import N_, Texts

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

REASONS = {
    "greater_than_equal": N_("should be at least {ge}"),
    "greater_than": N_("should be more than {gt}"),
    "less_than_equal": N_("should be at most {le}"),
    "literal_error": N_("should be one of {expected}"),
    "int_parsing": N_("should be a whole number"),
    "float_parsing": N_("should be a number"),
    "bool_parsing": N_("should be true or false"),
}
OTHERWISE = N_("cannot be used")


@dataclass(frozen=True)
class BadSetting:
    """One variable, and a sentence that is translated when it is said."""

    variable: str
    reason: str
    named: Mapping[str, object] = field(default_factory=dict)

    def said(self, t: Texts) -> str:
        """As a line."""
        return f"{self.variable}: {t(self.reason, **self.named)}"


def from_fault(variable: str, fault: ErrorDetails) -> BadSetting:
    """What the reader of settings found, in our words."""
    context: dict[str, Any] = dict(fault.get("ctx", {}))
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace(" or ", ", ")
    numbers = {name: f"{value:g}" if isinstance(value, float) else value for name, value in context.items()}
    return BadSetting(variable, REASONS.get(fault["type"], OTHERWISE), numbers)
