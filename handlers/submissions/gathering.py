"""What a file for all practices says, as it is kept until the coordinator decides: never a cell's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cluster.submissions.bundles import BundleRow, Gathered
from handlers.submissions import troubles
from handlers.submissions.views import bundles as views
from measures.bundles.bundle import Bundle
from measures.bundles.grouped import is_plain_label
from measures.checking.validation import Verdict
from measures.reading.problems import Level, Problem, Where

OF_THE_FILE = frozenset(
    {
        "heading_guessed",
        "heading_unclear",
        "period_differs",
        "period_lump",
        "title_doubt",
        "sheet_doubt",
        "total_row",
        "part_row",
        "hidden_row",
        "hidden_column",
        "other_time",
        "heading_beside",
        "point_thousands",
        "column_rounded",
        "unit_left_out",
        "ratio_left_out",
    }
)
"""Questions that whoever sent the file can answer, and that show no practice's number."""
BEYOND_US = frozenset({"not_shown", "missing_field", "missing_value", "name_guessed"})
"""What neither a practice nor a coordinator can add to a file from others: taken as it is."""


def gather(bundle: Bundle, ids: dict[str, int]) -> Gathered:
    """What is kept of a file until the coordinator decides."""
    unasked = set(list(bundle.guessed.values())[views.NAMES_ASKED :])
    rows = [_row(ids[number], verdict) for number, verdict in bundle.verdicts.items() if number not in unasked]
    asked = [each for verdict in bundle.verdicts.values() for each in verdict.questions if each.code in OF_THE_FILE]
    once = {(each.code, each.found, str(each.params)): each for each in asked}
    said = {str(note.params["id"]): note.found or "" for note in bundle.notes if note.code == "name_guessed"}
    names = [
        (alias, ids[number], said.get(number, alias))
        for alias, number in bundle.guessed.items()
        if number not in unasked
    ]
    told = troubles.kept(_told_of_columns(bundle, asked))
    return Gathered(rows, names, troubles.kept(once.values()), bundle.strangers, told)


def _told_of_columns(bundle: Bundle, asked: Sequence[Problem]) -> list[Problem]:
    """The columns whose numbers were rounded a little, where nothing is asked about that."""
    known = {each.params["id"] for each in asked if each.code == "column_rounded"}
    notes = [note for verdict in bundle.verdicts.values() for note in verdict.notes if note.code == "rounded"]
    found: dict[object, Problem] = {}
    for note in notes:
        name, where = note.params["id"], note.where or Where()
        params = {"id": name, "field": note.params["field"]}
        place = Where(where.sheet, None, where.column)
        found.setdefault(name, Problem("column_rounded_little", Level.INFO, place, params=params))
    return [each for name, each in found.items() if name not in known]


def _row(practice_id: int, verdict: Verdict) -> BundleRow:
    if not verdict.ok:
        kept = zip(troubles.kept(verdict.problems), verdict.problems, strict=True)
        bare = [each | {"found": None, "params": _told(problem)} for each, problem in kept]
        return BundleRow(practice_id, None, (), bare)
    asked = [each for each in verdict.questions if each.code not in OF_THE_FILE | BEYOND_US]
    return BundleRow(practice_id, verdict.values, troubles.kept(asked), sources=troubles.sources(verdict))


def _told(problem: Problem) -> dict[str, Any]:
    """The columns that leave a choice, with those of their words that can be nobody's name."""
    if problem.code == "named_twice":
        columns = [f"{each.where.column} »{each.said}«" for each in problem.options]
        return {"columns": ", ".join(columns)} if columns else {}
    if problem.code != "rows_apart":
        return {}
    params = problem.params
    known = [value for value in str(params["values"]).split(", ") if is_plain_label(value)]
    return {"column": params["column"], "heading": params["heading"], "values": ", ".join(known)}
