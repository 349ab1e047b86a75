"""A PDF as a reader that is not ours (pypdf) gives it to whoever hears it: its parts in order, what each is called."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf), strict=True)


def parts(pdf: bytes) -> list[tuple[str, str]]:
    """The tags of the document in the order of reading, each with its title or what is said instead of it."""
    return list(_parts(opened(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"]))


def _parts(node: Any) -> Iterator[tuple[str, str]]:
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from _parts(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), str(node.get("/Alt", node.get("/T", "")))
        if "/K" in node:
            yield from _parts(node["/K"])


def words_of(pdf: bytes) -> list[str]:
    """What can be copied from each page."""
    return [" ".join(page.extract_text().split()) for page in opened(pdf).pages]


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    """What each bookmark is called, and the page it leads to."""
    reader = opened(pdf)
    return [(str(mark.title), reader.get_destination_page_number(mark)) for mark in reader.outline]
