"""A published table of many practices, one row each, as pandas reads it; for rehearsals on real numbers.

What practices send is read elsewhere, cell by cell and with evidence (`measures.reading.readers`): pandas guesses types
and takes a while to load. Here a column of text is all that is asked for, and nobody waits for an answer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from io import StringIO

DELIMITERS = ",;\t"
HEADING = 1
"""The line of the headings; numbered as an editor numbers them."""


@dataclass(frozen=True)
class Published:
    """The headings of the file, and of each row its line and the cells of the columns that were asked for."""

    columns: list[str]
    rows: list[tuple[int, dict[str, str]]]


def published(text: str, wanted: Collection[str]) -> Published:
    """The table in ``text``; cells are stripped, and empty where a row is short; rows with nothing in these columns are
    left out. No rows when a column is missing.

    The delimiter is the one that the headings have most of. Raises ValueError for what is no table, such as a quotation
    mark that is never closed.
    """
    import pandas as pd

    headings = text.partition("\n")[0]
    about = {"sep": max(DELIMITERS, key=headings.count), "dtype": str, "keep_default_na": False, "index_col": False}
    if not headings.strip():
        return Published([], [])
    columns = [str(name) for name in pd.read_csv(StringIO(text), nrows=0, **about).columns]
    if set(wanted) - set(columns):
        return Published(columns, [])
    frame = pd.read_csv(StringIO(text), usecols=list(wanted), skip_blank_lines=False, **about)
    cells = frame.fillna("").apply(lambda column: column.str.strip())
    cells = cells[(cells != "").any(axis=1)]
    lines = [int(place) + HEADING + 1 for place in cells.index]
    return Published(columns, list(zip(lines, cells.to_dict("records"), strict=True)))
