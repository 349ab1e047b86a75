"""What can go wrong between people and rules. Codes, no sentences: the sentence is made in the reader's language."""

from __future__ import annotations


class ClusterError(Exception):
    """A rule said no. ``code`` names the sentence, ``params`` fill it, ``field`` is where in a form it belongs."""

    def __init__(self, code: str, *, field: str | None = None, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.params = params
