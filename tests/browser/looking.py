"""Looks at a page with axe-core, as somebody with a screen reader, a keyboard or weak eyes would have to.

axe comes with the package axe-playwright-python, pinned in the lock; where it is missing the tests say so and are
skipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.async_api import Page


async def violations(page: Page, **options: Any) -> list[str]:
    """What axe finds wrong on the page as it is now, every rule of its own asked; one line a rule and element."""
    library = pytest.importorskip(
        "axe_playwright_python.async_playwright", reason="axe-playwright-python is not installed: axe is not asked"
    )
    found = await library.Axe().run(page, options={"resultTypes": ["violations"], **options})
    return [line for rule in found.response["violations"] for line in _lines(rule)]


def _lines(rule: Mapping[str, Any]) -> list[str]:
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {' '.join(node['failureSummary'].split())}"
        for node in rule["nodes"]
    ]
