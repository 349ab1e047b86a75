"""What is wrong with a line that is no TOML, in words that help whoever wrote it: read off the line itself."""

from __future__ import annotations

import re
import tomllib

from measures.packages.faults import Fault

LONGEST = 60
"""Of the line that is shown, in characters."""
LOOKED_AT = 400
"""Of a line, in characters: what is wrong stands there, or can't be told."""
STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
CURLY = re.compile("[\u201c\u201d\u201e\u201f\u00bb\u00ab\u2018\u2019]")
COMMA = re.compile(r"=\s*\d+,\d+\s*$")
COLON = re.compile(r"(?:^|[{,])\s*[\w.-]+\s*:")
YES_NO = re.compile(r"=\s*(?:True|False|TRUE|FALSE|ja|nej|Ja|Nej|yes|no|Yes|No)\s*$")
OTHER_DAY = re.compile(r"=\s*(?:\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{4}[./]\d{1,2}[./]\d{1,2}|\d{4}-\d{1,2}-\d{1,2})\s*$")
DAY_IN_WORDS = re.compile(r"=\s*\d{1,2}\.?\s+[^\W\d_]{3,}\.?\s+\d{4}\s*$")
A_DAY = re.compile(r"=\s*\d{4}-\d\d-\d\d\s*$")
PERCENT = re.compile(r"=\s*\d+(?:[.,]\d+)?\s*%")
ZERO_FIRST = re.compile(r"=\s*0\d+\s*$")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]")
ODD_BLANK = re.compile("[\xa0\xad\u2000-\u200f\u202a-\u202f\u2060\ufeff]")
"""Blanks that are none for TOML outside text; they come with what is copied from a document."""
AFTER = re.compile(r'=\s*(?:""|-?\d[\d.]*|true|false)(?:\s*[^\s\w\]},.:-]|\s+\w)|^\[+[\w.-]+\]+\s*[^\s\]]')
NO_COMMA = re.compile(r'(?:""|\d)\s+[\w-]+\s*=')
THREE = re.compile(r"\"{3}|'{3}")
UNQUOTED = re.compile(r"=\s*(?!true\b|false\b)[^\W\d_][^\"']*$")
KEY_ALONE = re.compile(r"^\s*[\w.-]+\s*(?:=\s*)?$")
LETTERS_IN_KEY = re.compile(r"^(?=[^\"'=#\]]*[=\]])[^\"'=#\]\u0080-\U0010ffff]*[^\x00-\x7f]")
COMMA_END = re.compile(r",\s*}")
QUOTES_INSIDE = re.compile(r'""\w')
SINGLE_HEADING = re.compile(r"\[[\w.]+\]")
TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Cannot redefine", "Duplicate")

OTHER_KINDS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
"""How workbooks, documents and pictures begin."""
OTHER_TEXT = re.compile(r"\s*(?:<[!?a-zA-Z]|[{\[]\s*[\"{])")
"""How web pages and JSON begin."""
TABLE = re.compile(r"[^=\[#\n]*[;\t|][^=\[\n]*(?:\n|$)")
"""A line of a table, with no key and no heading in it."""


def stranger(source: str) -> Fault | None:
    """A text that is no package at all: a web page, a table, nothing."""
    if not any(line.strip() and not line.lstrip().startswith("#") for line in source.split("\n")):
        return Fault("no_lines", line=1)
    is_other = OTHER_TEXT.match(source) or TABLE.match(source.lstrip())
    return Fault("other_file", line=1) if is_other else None


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
    if opened := _never_ends(lines, detail):
        return Fault("quotes_open", params={"line_text": _shown(lines[opened - 1])}, line=opened)
    while number > 1 and not lines[number - 1].strip():  # reading may stop below what is wrong
        number -= 1
    code = _usual(lines[number - 1], detail) or "not_toml"
    return Fault(code, params={"line_text": _shown(lines[number - 1])}, line=number)


def _usual(line: str, detail: str) -> str:
    """The code of the mistake that people usually make in such a line; "" when it is none of them."""
    bare = STRING.sub('""', line[:LOOKED_AT]).partition("#")[0].strip()
    if CONTROL.search(line) or ODD_BLANK.search(bare):
        return "unseen"
    if "Unclosed array" in detail:
        return "list_open"
    for code, shape in (
        ("quotes_curly", CURLY),
        ("no_such_day", A_DAY),
        ("day_written", DAY_IN_WORDS),
        ("percent_written", PERCENT),
        ("zero_first", ZERO_FIRST),
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
    if "\\" in line:
        return "backslash"
    if "{" in bare and NO_COMMA.search(bare):
        return "comma_missing"
    if AFTER.search(bare):
        return "after_value"
    if bare.count("{") != bare.count("}") or "inline table" in detail:
        return "one_line_table"
    if bare.startswith("[") and bare.count("[") != bare.count("]"):
        return "heading_open"
    return "no_equals" if "=" not in bare and not bare.startswith("[") else ""


def _never_ends(lines: list[str], detail: str) -> int:
    """The line, from 1, where text in three quotation marks begins that never ends; else 0."""
    marked = [number for number, line in enumerate(lines, 1) for _ in THREE.finditer(line)]
    return marked[-1] if "Unterminated" in detail and len(marked) % 2 else 0


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
