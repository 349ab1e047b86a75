"""The rules for tables and for data_visualization (slack.md 1.6 and 1.7)."""

from __future__ import annotations

from typing import Any

from workspace.blockkit.checks import Checks
from workspace.state.errors import Json

CHARTS = ("line", "bar", "area", "pie")


def check_table(block: Json, path: str, checks: Checks) -> None:
    """At most 100 rows of 20 columns."""
    for index, row in enumerate(checks.count(block.get("rows"), 1, 100, f"{path}/rows")):
        checks.count(row, 1, 20, f"{path}/rows/{index}")


def check_data_table(block: Json, path: str, checks: Checks) -> None:
    """2 to 201 rows of at most 20 columns, 20,000 characters in all."""
    length = 0
    for index, row in enumerate(checks.count(block.get("rows"), 2, 201, f"{path}/rows")):
        cells = checks.count(row, 1, 20, f"{path}/rows/{index}")
        length += sum(_length(cell) for cell in cells)
    if length > 20_000:
        checks.add("must be less than 20001 characters", f"{path}/rows")


def check_chart(block: Json, path: str, checks: Checks) -> None:
    """Title, series, categories and labels of a chart; pie values above 0."""
    checks.short(block.get("title"), 50, f"{path}/title", needed=True)
    chart = block.get("chart")
    if not isinstance(chart, dict) or chart.get("type") not in CHARTS:
        checks.add(f"must be one of {list(CHARTS)}", f"{path}/chart/type")
        return
    if chart["type"] == "pie":
        _pie(chart, f"{path}/chart", checks)
    else:
        _axes(chart, f"{path}/chart", checks)


def _pie(chart: Json, path: str, checks: Checks) -> None:
    for index, segment in enumerate(checks.count(chart.get("segments"), 1, 12, f"{path}/segments")):
        here = f"{path}/segments/{index}"
        checks.short(segment.get("label"), 20, f"{here}/label", needed=True)
        if not isinstance(segment.get("value"), int | float) or segment["value"] <= 0:
            checks.add("must be greater than 0", f"{here}/value")


def _axes(chart: Json, path: str, checks: Checks) -> None:
    axis = chart.get("axis_config") or {}
    for index, category in enumerate(checks.count(axis.get("categories"), 1, 20, f"{path}/axis_config/categories")):
        checks.short(category, 20, f"{path}/axis_config/categories/{index}", needed=True)
    for name in ("x_label", "y_label"):
        checks.short(axis.get(name), 50, f"{path}/axis_config/{name}")
    for index, series in enumerate(checks.count(chart.get("series"), 1, 12, f"{path}/series")):
        checks.short(series.get("name"), 20, f"{path}/series/{index}/name", needed=True)
        checks.count(series.get("data"), 1, 20, f"{path}/series/{index}/data")


def _length(cell: Any) -> int:
    if isinstance(cell, dict):
        return sum(_length(value) for key, value in cell.items() if key != "type")
    if isinstance(cell, list):
        return sum(_length(value) for value in cell)
    return len(cell) if isinstance(cell, str) else 0
