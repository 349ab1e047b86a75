"""Ids that look like Slack's and come out the same for the same seed."""

from __future__ import annotations

import random
import string

ALPHABET = string.ascii_uppercase + string.digits


class Ids:
    """Hands out ids, hashes and secrets; never the same one twice."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._given: set[str] = set()

    def fresh(self, prefix: str, length: int = 10) -> str:
        """An id such as `U0K4MZ2A81B`: the prefix and `length` capitals and digits."""
        while True:
            made = prefix + "".join(self._random.choices(ALPHABET, k=length))
            if made not in self._given:
                self._given.add(made)
                return made

    def secret(self, length: int = 32) -> str:
        """Lower-case hex, for tokens, hashes and tickets."""
        return f"{self._random.getrandbits(4 * length):0{length}x}"

    def number(self, digits: int = 13) -> str:
        """Decimal digits, as in trigger ids."""
        return f"{self._random.randrange(10 ** (digits - 1), 10**digits)}"
