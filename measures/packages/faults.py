"""Mistakes in a package file, each with its line, told so that a coordinator can correct them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from measures.packages.lines import Path, line_of
from measures.packages.parts import BothLanguages
from measures.packages.shape import Model, example, keys_of, model_at, place_of
from measures.reading.headers import normal
from measures.texts import N_, Texts


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake: a stable code, where it stands in the file (line 0 until known), and facts for the sentence."""

    code: str
    path: Path = ()
    params: Mapping[str, object] = field(default_factory=dict)
    line: int = 0


SENTENCES: dict[str, str] = {
    "not_toml": N_("I can't read this line as TOML: {line_text}"),
    "not_text": N_("the file is not text in UTF-8. In Notepad: choose Save as, and UTF-8 under Encoding."),
    "other_file": N_(
        "this is another kind of file, such as a workbook, a table, a PDF or a web page. A package is plain text with "
        'lines such as id = "kol_2026"; `/klynge pakker` gives you one to begin with.'
    ),
    "no_lines": N_("there is nothing in the file but blank lines and comments. `/klynge pakker` gives you a package."),
    "too_large": N_("the file is larger than a package can be: at most {most},000 characters."),
    "too_deep": N_("brackets within brackets, or names joined by dots, may be at most {most} deep."),
    "word_long": N_("a name or a number is longer than {most} characters."),
    "too_much": N_("the file has too many lines and entries for a package: at most {most}."),
    "quotes_curly": N_('write straight quotation marks (") around text, as in name = "text". Now it says: {line_text}'),
    "decimal_comma": N_("write decimals with a point, such as 0.7. Now it says: {line_text}"),
    "colon_not_equals": N_("write = between the key and its value, not a colon. Now it says: {line_text}"),
    "yes_no_words": N_("write true or false, in small letters and without quotes. Now it says: {line_text}"),
    "day_written": N_("write days as year-month-day, such as 2026-11-01. Now it says: {line_text}"),
    "no_such_day": N_("there is no such day in the calendar: {line_text}"),
    "percent_written": N_("write a share instead of a percentage, so 0.7 for 70%. Now it says: {line_text}"),
    "zero_first": N_("a whole number may not begin with 0. Now it says: {line_text}"),
    "unseen": N_("there is an invisible character or an unusual space here. Type the line again: {line_text}"),
    "backslash": N_("a backslash in text must be written twice, as \\\\. Now it says: {line_text}"),
    "after_value": N_("only a comment after # may follow what the line says: {line_text}"),
    "comma_missing": N_("a comma is missing between two keys in curly brackets: {line_text}"),
    "quotes_open": N_("text in three quotation marks begins here and never ends: {line_text}"),
    "no_value": N_("the key needs a value after =. Now it says: {line_text}"),
    "letters_in_key": N_("keys have only a–z, 0–9, _ and -, without æ, ø, å and spaces. Now it says: {line_text}"),
    "no_quotes": N_('text must be in quotation marks, as in name = "text". Now it says: {line_text}'),
    "quote_open": N_("a quotation mark is missing on this line: {line_text}"),
    "one_line_table": N_("what is in curly brackets must be on one line, with its closing bracket: {line_text}"),
    "heading_open": N_("a heading needs as many brackets after it as before it: {line_text}"),
    "list_open": N_("a list needs a comma between its entries and ] at the end: {line_text}"),
    "comma_end": N_("there can be no comma before the closing bracket: {line_text}"),
    "quotes_inside": N_("quotation marks inside text must be of another kind, such as ' or »: {line_text}"),
    "no_equals": N_("every line is key = value, or a heading in brackets. Now it says: {line_text}"),
    "said_twice": N_(
        "this was already given under the same heading; every line belongs to the heading above it: {line_text}"
    ),
    "heading_twice": N_("this heading was used above. Where several can be, each has double brackets: [{line_text}]"),
    "missing": N_("“{key}” is missing in {place}. For example: {example}"),
    "unknown_key": N_("“{key}” is not a key in {place}. Known there: {expected}."),
    "misspelt_key": N_("“{key}” is not a key in {place}. Did you mean “{near}”?"),
    "misplaced_key": N_(
        "“{key}” is under {place} but belongs at the top, above the first heading in brackets. Every line belongs to "
        "the heading above it."
    ),
    "not_words": N_("“{key}” must be text in quotes. For example: {example}"),
    "not_number": N_("“{key}” must be a number without quotes. For example: {example}"),
    "not_whole_number": N_("“{key}” must be a whole number without quotes. For example: {example}"),
    "not_yes_no": N_("“{key}” must be true or false, without quotes."),
    "not_date": N_("“{key}” must be a date such as 2026-11-01, without quotes."),
    "not_list": N_("“{key}” must be a list in square brackets. For example: {example}"),
    "not_many": N_("“{key}” needs double brackets, and a heading for each: {example}"),
    "not_table": N_("“{key}” must be a table with keys of its own. For example: {example}"),
    "not_said": N_("“{key}” must be given in Danish and in English. For example: {example}"),
    "not_among": N_("“{key}” must be one of these: {expected}."),
    "bad_id": N_("“{key}” must begin with a small letter and hold only a–z, 0–9 and _, such as kol_2026."),
    "blank": N_("“{key}” is blank."),
    "mention": N_("“{key}” may not mention people or channels, or hold a link."),
    "too_long": N_("“{key}” is too long: at most {most} characters."),
    "too_small": N_("“{key}” is too small: at least {least}."),
    "not_above": N_("“{key}” must be greater than {least}."),
    "too_great": N_("“{key}” is too large: at most {most}."),
    "too_many": N_("“{key}” holds too many: at most {most}."),
    "too_few": N_("“{key}” is empty. There must be at least {least}. For example: {example}"),
    "wrong": N_("“{key}” can't be used as it is written. For example: {example}"),
    "same_id": N_("“{id}” is used twice. Every id must be unique."),
    "unknown_field": N_(
        "measure “{measure}” uses the field “{field}”, which is not among the fields. The fields are: {expected}."
    ),
    "unknown_measure": N_("measure “{measure}” builds on the measure “{other}”, which is not here or has no value."),
    "itself": N_("measure “{measure}” names itself in “{key}”. It must be another one."),
    "same_twice": N_("measure “{measure}” divides the field “{field}” by itself."),
    "unused_field": N_("no measure uses the field “{field}”. Ask for nothing that is not shown."),
    "decimals_of_count": N_("only a field of the kind “amount” can have decimals. This one is “{kind}”."),
    "package_needs": N_("a package of the kind “{kind}” needs “{key}”. For example: {example}"),
    "package_takes": N_("a package of the kind “{kind}” asks for no numbers, so it has no use for “{key}”."),
    "kind_needs": N_("a measure of the kind “{kind}” needs “{key}”."),
    "kind_takes_not": N_("a measure of the kind “{kind}” has no use for “{key}”."),
    "kind_per": N_("a measure of the kind “{kind}” is per {expected}."),
    "kind_few": N_("a measure of the kind “{kind}” needs at least {least} entries in “{key}”."),
    "two_sources": N_("agreement needs exactly two fields."),
    "scale_length": N_("each question needs as many answers as the scale has steps."),
    "no_value_mark": N_("“{key}” needs {mark} in both languages, and no other braces."),
    "stray_braces": N_("“{key}” may not hold braces."),
    "role_beside": N_("a companion or balancing measure must say which measure it goes “beside”."),
    "usual_order": N_("“low” must be less than “high”."),
    "not_share": N_("“{key}” is written as a plain share: 6 per 1,000 is 0.006, and 70% is 0.7."),
    "reference_share": N_(
        "a reference line is written as a share: 70% as 0.7, 350 per 1,000 as 0.35. {found} would be drawn as {drawn}."
    ),
    "review_order": N_("next_review must be after reviewed."),
    "no_guide": N_(
        "there must be at least one way to find the numbers. For example the heading [find.journal] and below it "
        'da = ["…"] and en = ["…"]'
    ),
    "unknown_route": N_("“{key}” is not a way that I know. Write [find.journal], or another of: {expected}."),
    "unknown_system": N_("“{key}” is not a record system that I know: {expected}. Or give the guide a name."),
    "uneven_steps": N_("“{key}” does not have the same number of steps in Danish and English."),
    "title_long": N_("the title is longer than {most} characters in one of the languages."),
    "request_long": N_("fields and their help are too long for one message: at most {most} characters."),
    "same_name": N_("the name “{name}” belongs to two fields, so a column heading could mean either."),
    "asks_personal": N_("“{name}” asks for something about individuals. Packages ask for counts only."),
    "names_owner": N_(
        "“{name}” is a column heading that says whose the numbers are, so no field can have it. I find the practice "
        "myself."
    ),
    "names_time": N_("“{name}” is a column heading that says when the numbers are from, so no field can have it."),
    "whose_is_when": N_("“{name}” says when numbers are from, so it can't say whose they are."),
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
    "int": "not_whole_number",
    "float": "not_number",
    "bool": "not_yes_no",
    "date": "not_date",
    "tuple": "not_list",
    "list": "not_list",
    "model": "not_table",
    "dict": "not_table",
    "greater": "too_small",
    "less": "too_great",
    "finite": "not_number",
}
TOP = N_("the top part of the file")
ECHOES = ("missing", "too_few", "not_many")
DANISH = {
    "taeller": "numerator",
    "naevner": "denominator",
    "retning": "direction",
    "felter": "fields",
    "felt": "fields",
    "maalepunkter": "measures",
    "maalepunkt": "measures",
    "navn": "label",
    "kort": "short",
    "hjaelp": "help",
    "hvorfor": "why",
    "kilde": "source",
    "ejer": "owner",
    "spoergsmaal": "questions",
    "forbehold": "cautions",
    "dagsorden": "agenda",
    "minutter": "minutes",
    "aar": "year",
    "vaerdi": "value",
    "min": "low",
    "max": "high",
    "dk": "da",
}
"""What people write in Danish, or from habit, for a key."""
MOST_GUESSES = 100
"""Unknown keys that are told of."""
FREE: dict[Path, str] = {("find",): "[find.journal]", ("guides",): "[guides.xmo]"}
"""Tables whose names are chosen freely among some."""
TYPE_NAMES = re.compile(r"^(function-|tuple\[|literal\[|\[key\]$)")


def from_schema(errors: Iterable[Mapping[str, Any]], root: Model) -> list[Fault]:
    """The mistakes that a schema found, each with what would have been right in its place.

    A key that is missing because it was misspelt, or stands under another heading, is told of once.
    """
    told = list(errors)
    absent = {error["loc"] for error in told if error["type"] == "missing"}
    found: list[Fault] = []
    settled: set[Path] = set()
    near = 0
    for error in told:
        if error["type"] == "extra_forbidden" and near < MOST_GUESSES:
            near += 1
            fault, meant = _stranger(_path(error), root, absent)
            settled |= {meant} if meant else set()
            found.append(fault)
    found += [_from_error(error, root) for error in told if error["type"] != "extra_forbidden"]
    return [each for each in found if each.code not in ECHOES or not _is_echo(each, found, settled)]


def _is_echo(fault: Fault, others: Sequence[Fault], settled: Collection[Path]) -> bool:
    """Whether a mistake is only what another one leads to: a list counts as empty when all in it is wrong."""
    if fault.code != "too_few":
        return fault.path in settled
    return any(len(each.path) > len(fault.path) and each.path[: len(fault.path)] == fault.path for each in others)


def _path(error: Mapping[str, Any]) -> Path:
    return tuple(part for part in error["loc"] if not (isinstance(part, str) and TYPE_NAMES.match(part)))


def _stranger(path: Path, root: Model, absent: Collection[Path]) -> tuple[Fault, Path | None]:
    """A key that its table does not have, and the path of the missing one that it stands for."""
    table, key = path[:-1], str(path[-1])
    here = keys_of(model_at(root, table))
    params: dict[str, object] = {"key": key, "place": place_of(table)}
    meant = DANISH.get(normal(key), "")
    if near := [meant] if meant in here else get_close_matches(key, here, 1, 0.75):
        return Fault("misspelt_key", path, params | {"near": near[0]}), (*table, near[0])
    if table and (key,) in absent:
        return Fault("misplaced_key", path, params), (key,)
    return Fault("unknown_key", path, params | {"expected": ", ".join(here)}), None


def _from_error(error: Mapping[str, Any], root: Model) -> Fault:
    path, kind, context = _path(error), str(error["type"]), error.get("ctx") or {}
    code = BY_TYPE.get(kind) or BY_START.get(kind.partition("_")[0], "wrong")
    place = max((at for at, part in enumerate(path) if isinstance(part, str)), default=0)
    table, key = path[:place], path[place] if path else ""
    model = model_at(root, table)
    params: dict[str, object] = {"key": key}
    if code == "not_table" and model_at(root, path) is BothLanguages:
        code = "not_said"
    if "{example}" in SENTENCES[code]:
        params["example"] = example(model, str(key), table) or FREE.get(table) or f'{key} = ["…"]'
    if code == "not_list" and str(params["example"]).startswith("[["):
        code = "not_many"
    if code == "missing":
        params["place"] = place_of(table)
    elif code == "not_among":
        params["expected"] = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    elif code in ("too_many", "too_long"):
        params["most"] = context.get("max_length")
    elif code == "too_few":
        params["least"] = context.get("min_length")
    elif code in ("too_small", "too_great"):
        code = "not_above" if kind == "greater_than" else code
        params |= {"least": _plain(context.get("ge", context.get("gt", 0))), "most": context.get("le")}
    return Fault(code, path, params)


def _plain(number: float) -> float:
    """A bound as people write it: 0, not 0.0."""
    return int(number) if float(number).is_integer() else number


def placed(faults: Iterable[Fault], lines: Mapping[Path, int]) -> tuple[Fault, ...]:
    """The faults with their lines, in the order of the file, each said once and none that only follows from another."""
    known, faults = dict(lines), list(faults)
    if any(each.path[:1] == ("measures",) for each in faults):  # what a broken measure uses can't be told
        faults = [each for each in faults if each.code != "unused_field"]
    meant = {(each.path[:-1], each.params["near"]) for each in faults if each.code == "misspelt_key"}
    faults = [each for each in faults if each.code != "kind_needs" or (each.path, each.params["key"]) not in meant]
    told = {
        (each.code, each.path, str(each.params)): replace(each, line=each.line or line_of(each.path, known))
        for each in faults
    }
    return tuple(sorted(told.values(), key=lambda fault: (fault.line, fault.code)))


def describe_fault(fault: Fault, t: Texts) -> str:
    """The mistake as a sentence in the reader's language, with its line in front."""
    said = t(SENTENCES[fault.code], **_filled(fault, t(TOP)))
    return t("Line {line}: {said}", line=fault.line, said=said)


def plain(fault: Fault) -> str:
    """The mistake in English, for logs and exceptions."""
    return f"line {fault.line}: {SENTENCES[fault.code].format(**_filled(fault, TOP))}"


def _filled(fault: Fault, top: str) -> dict[str, object]:
    return dict(fault.params) | ({"place": fault.params["place"] or top} if "place" in fault.params else {})
