"""Mistakes in a package file, each with its line, told so that a coordinator can mend them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from measures.package_lines import Path, line_of
from measures.texts import N_, Texts


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake: a stable code, where it stands in the file (line 0 until known), and facts for the sentence."""

    code: str
    path: Path = ()
    params: Mapping[str, object] = field(default_factory=dict)
    line: int = 0


SENTENCES: dict[str, str] = {
    "not_toml": N_("this is not valid TOML: {detail}"),
    "not_text": N_("the file is not text in UTF-8."),
    "too_large": N_("the file is larger than a package can be."),
    "missing": N_("“{key}” is missing."),
    "unknown_key": N_("“{key}” is not a key that we know."),
    "misspelt_key": N_("“{key}” is not a key that we know. Did you mean “{near}”?"),
    "not_words": N_("“{key}” must be text in quotes."),
    "not_number": N_("“{key}” must be a number without quotes."),
    "not_yes_no": N_("“{key}” must be true or false, without quotes."),
    "not_date": N_("“{key}” must be a date such as 2026-11-01, without quotes."),
    "not_list": N_("“{key}” must be a list in square brackets."),
    "not_table": N_("“{key}” must be a table with keys of its own."),
    "not_among": N_("“{key}” must be one of these: {expected}."),
    "bad_id": N_("“{key}” must begin with a small letter and hold only a–z, 0–9 and _."),
    "blank": N_("“{key}” is blank."),
    "mention": N_("“{key}” may not mention people or channels, or hold a link."),
    "too_long": N_("“{key}” is too long: at most {most} characters."),
    "too_small": N_("“{key}” is too small."),
    "too_many": N_("“{key}” holds too many: at most {most}."),
    "too_few": N_("“{key}” holds too few: at least {least}."),
    "wrong": N_("“{key}” can't be used as it is written: {detail}."),
    "same_id": N_("“{id}” is used twice. Every id must be its own."),
    "unknown_field": N_("measure “{measure}” uses the field “{field}”, which is not among the fields."),
    "unknown_measure": N_("measure “{measure}” builds on the measure “{other}”, which is not here or has no value."),
    "unused_field": N_("no measure uses the field “{field}”. Ask for nothing that is not shown."),
    "kind_needs": N_("a measure of the kind “{kind}” needs “{key}”."),
    "kind_takes_not": N_("a measure of the kind “{kind}” has no use for “{key}”."),
    "kind_per": N_("a measure of the kind “{kind}” is per {expected}."),
    "kind_few": N_("a measure of the kind “{kind}” needs at least {least} entries in “{key}”."),
    "two_sources": N_("agreement is between exactly two fields."),
    "scale_length": N_("each question needs as many answers as the scale has steps."),
    "no_value_mark": N_("“{key}” needs {mark} in both languages, and no other braces."),
    "stray_braces": N_("“{key}” may not hold braces."),
    "role_beside": N_("a companion or balancing measure must say which measure it stands “beside”."),
    "usual_order": N_("“low” must be less than “high”."),
    "not_share": N_("“{key}” is written as a plain share: 6 per 1,000 is 0.006, and 70 % is 0.7."),
    "review_order": N_("next_review must be after reviewed."),
    "no_guide": N_("there must be at least one way to find the numbers, under “find” or “guides”."),
    "unknown_route": N_("“{key}” is not a way that we know. Choose among: {expected}."),
    "uneven_steps": N_("“{key}” has not the same number of steps in Danish and English."),
    "title_long": N_("the title is longer than {most} characters in one of the languages."),
    "request_long": N_("fields and their help are too long for one message: at most {most} characters."),
    "same_name": N_("the name “{name}” belongs to two fields, so a heading could mean either."),
    "asks_personal": N_("“{name}” asks for something about persons. Packages ask for counts only."),
}

BY_TYPE = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "literal_error": "not_among",
    "string_pattern_mismatch": "bad_id",
    "string_too_long": "too_long",
    "string_too_short": "blank",
    "too_short": "too_few",
    "too_long": "too_many",
}
BY_START = {
    "string": "not_words",
    "int": "not_number",
    "float": "not_number",
    "bool": "not_yes_no",
    "date": "not_date",
    "tuple": "not_list",
    "list": "not_list",
    "model": "not_table",
    "dict": "not_table",
    "greater": "too_small",
}
TYPE_NAMES = re.compile(r"^(function-|tuple\[|literal\[|\[key\]$)")


def from_schema(errors: Iterable[Mapping[str, Any]], keys: Iterable[str]) -> list[Fault]:
    """The mistakes that the schema found. `keys` are all keys that exist, to guess what was meant."""
    names = sorted(keys)
    return [_from_error(error, names) for error in errors]


def _from_error(error: Mapping[str, Any], names: list[str]) -> Fault:
    path = tuple(part for part in error["loc"] if not (isinstance(part, str) and TYPE_NAMES.match(part)))
    kind, context = str(error["type"]), error.get("ctx") or {}
    code = BY_TYPE.get(kind) or BY_START.get(kind.partition("_")[0], "wrong")
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    params: dict[str, object] = {"key": key}
    if code == "unknown_key" and (near := get_close_matches(key, names, 1, 0.75)):
        code, params["near"] = "misspelt_key", near[0]
    elif code == "not_among":
        params["expected"] = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    elif code in ("too_many", "too_long"):
        params["most"] = context.get("max_length")
    elif code == "too_few":
        params["least"] = context.get("min_length")
    elif code == "wrong":
        params["detail"] = error["msg"]
    return Fault(code, path, params)


def all_keys(model: type[BaseModel]) -> set[str]:
    """Every key of a model and of the models inside it."""
    found: set[str] = set()

    def walk(schema: Any) -> None:
        if isinstance(schema, dict):
            found.update(schema.get("properties", {}))
            for value in schema.values():
                walk(value)
        elif isinstance(schema, list):
            for value in schema:
                walk(value)

    walk(model.model_json_schema())
    return found


def placed(faults: Iterable[Fault], lines: Mapping[Path, int]) -> tuple[Fault, ...]:
    """The faults with their lines, in the order of the file, each said once."""
    known = dict(lines)
    told = {
        (each.code, each.path, str(each.params)): Fault(
            each.code, each.path, each.params, each.line or line_of(each.path, known)
        )
        for each in faults
    }
    return tuple(sorted(told.values(), key=lambda fault: (fault.line, fault.code)))


def describe_fault(fault: Fault, t: Texts) -> str:
    """The mistake as a sentence in the reader's language, with its line in front."""
    said = t(SENTENCES[fault.code], **fault.params)
    return t("Line {line}: {said}", line=fault.line, said=said)


def plain(fault: Fault) -> str:
    """The mistake in English, for logs and exceptions."""
    return f"line {fault.line}: {SENTENCES[fault.code].format(**fault.params)}"
