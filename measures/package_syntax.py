"""What is wrong with a line that is no TOML, in words that help whoever wrote it: read off the line itself."""

from __future__ import annotations

import re
import tomllib

from measures.package_faults import Fault

LONGEST = 60
"""Of the line that is shown, in characters."""
LOOKED_AT = 400
"""Of a line, in characters: what is wrong stands there, or can't be told."""
STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
CURLY = re.compile("[\u201c\u201d\u201e\u201f\u00bb\u00ab\u2018\u2019]")
COMMA = re.compile(r"=\s*\d+,\d+\s*$")
COLON = re.compile(r"^\s*[\w.-]+\s*:")
YES_NO = re.compile(r"=\s*(?:True|False|TRUE|FALSE|ja|nej|Ja|Nej|yes|no|Yes|No)\s*$")
OTHER_DAY = re.compile(r"=\s*(?:\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{4}[./]\d{1,2}[./]\d{1,2}|\d{4}-\d{1,2}-\d{1,2})\s*$")
UNQUOTED = re.compile(r"=\s*(?!true\b|false\b)[^\W\d_][^\"']*$")
KEY_ALONE = re.compile(r"^\s*[\w.-]+\s*(?:=\s*)?$")
LETTERS_IN_KEY = re.compile(r"^\s*\[{0,2}[^\"'=#\]]*[^\x00-\x7f][^\"'=#\]]*[=\]]")
COMMA_END = re.compile(r",\s*}")
QUOTES_INSIDE = re.compile(r'""\w')
SINGLE_HEADING = re.compile(r"\[[\w.]+\]")
TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Cannot redefine", "Duplicate")


def syntax_fault(source: str, error: ValueError | RecursionError) -> Fault:
    """The one place where reading stopped, with the usual reason for such a line."""
    told = re.match(r"(.*) \(at (?:line (\d+)|end of document)", str(error))
    lines = source.split("\n")
    number = min(int(told[2]) if told and told[2] else len(lines), len(lines))
    detail = told[1] if told else ""
    if detail.startswith(TWICE) and (again := _twice(lines, number)) is not None:
        line = lines[again - 1].strip()
        code = "heading_twice" if SINGLE_HEADING.fullmatch(line) else "said_twice"
        return Fault(code, params={"line_text": _shown(line)}, line=again)
    while number > 1 and not lines[number - 1].strip():  # reading may stop below what is wrong
        number -= 1
    code = _usual(lines[number - 1], detail) or "not_toml"
    return Fault(code, params={"line_text": _shown(lines[number - 1])}, line=number)


def _usual(line: str, detail: str) -> str:
    """The code of the mistake that people usually make in such a line; "" when it is none of them."""
    bare = STRING.sub('""', line[:LOOKED_AT]).partition("#")[0].strip()
    if "Unclosed array" in detail:
        return "list_open"
    for code, shape in (
        ("quotes_curly", CURLY),
        ("decimal_comma", COMMA),
        ("colon_not_equals", COLON),
        ("yes_no_words", YES_NO),
        ("day_written", OTHER_DAY),
        ("no_value", KEY_ALONE),
        ("letters_in_key", LETTERS_IN_KEY),
        ("no_quotes", UNQUOTED),
        ("comma_end", COMMA_END),
        ("quotes_inside", QUOTES_INSIDE),
    ):
        if shape.search(bare):
            return code
    if bare.count('"') % 2:
        return "quote_open"
    if bare.count("{") != bare.count("}") or "inline table" in detail:
        return "one_line_table"
    if bare.startswith("[") and bare.count("[") != bare.count("]"):
        return "heading_open"
    return "no_equals" if "=" not in bare and not bare.startswith("[") else ""


def _twice(lines: list[str], number: int) -> int | None:
    """The line, from 1, at or just above the place that says a second time what stood before.

    Reading stops where the statement ends, which is the line after it for some.
    """
    for last in range(number, max(0, number - 3), -1):
        try:
            tomllib.loads("\n".join(lines[:last]))
        except ValueError:
            try:
                tomllib.loads("\n".join(lines[: last - 1]))
            except ValueError:
                continue
            return last
    return None


def _shown(line: str) -> str:
    said = " ".join(line.split())
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"
