"""All templates in one net of words, walked from word to word: every way through it is found, in linear time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.words.slots import OPEN, UNKEPT
from handlers.words.templates import Choice, Piece, Row, Slot, WordPiece

Cost = tuple[int, int, int]
"""Letters that were put right, words of a slot that takes any, and words that were passed over: less is better."""
Filled = tuple[tuple[str, str], ...]
Readers = Mapping[str, Callable[[Sequence[str], int], Iterable[tuple[int, str]]]]
"""Slot → how many words it may take from a place on, and what they say."""


@dataclass(frozen=True)
class Passage:
    """A way through the net: what it leads to, what its slots hold, what it cost."""

    name: str
    slots: Filled
    cost: Cost


class Net:
    """Templates of many names, merged: those that begin alike share their beginning only in time, never in meaning."""

    def __init__(self) -> None:
        self._words: list[dict[str, list[int]]] = [{}]
        self._slots: list[list[tuple[str, int]]] = [[]]
        self._free: list[list[int]] = [[]]
        self._said: set[str] = set()
        """Every word of every template."""
        self._ends: dict[int, str] = {}
        self._closed: dict[int, tuple[int, ...]] = {}
        self._shared: dict[tuple[int, str], int] = {}

    def add(self, piece: Piece, name: str) -> None:
        """One more template of a name."""
        end = self._new()
        self._ends[end] = name
        self._lay(piece, 0, end)

    def ways(
        self, words: Sequence[str], readings: Sequence[Mapping[str, int]], idle: Sequence[bool], slots: Readers
    ) -> list[Passage]:
        """Every way on which all words are used up: each as one of its ``readings`` (with what that costs), in a slot,
        or passed over where it is ``idle``. Of one name the cheapest, by what its slots hold.
        """
        at: list[dict[tuple[int, Filled], Cost]] = [{} for _ in range(len(words) + 1)]
        self._enter(at[0], 0, (), (0, 0, 0))
        for place in range(len(words)):
            for (state, filled), (slips, loose, passed) in at[place].items():
                here = self._words[state]
                for reading, more in readings[place].items() if here else ():
                    for following in here.get(reading, ()):
                        self._enter(at[place + 1], following, filled, (slips + more, loose, passed))
                for name, following in self._slots[state]:
                    for length, said in slots[name](words, place):
                        if name in OPEN and not self._said.isdisjoint(words[place : place + length]):
                            continue  # a word that is known says what it means
                        cost = (slips, loose + length if name in OPEN else loose, passed)
                        kept = filled if name in UNKEPT else (*filled, (name, said))
                        self._enter(at[place + length], following, kept, cost)
                if idle[place]:
                    self._enter(at[place + 1], state, filled, (slips, loose, passed + 1))
        best: dict[tuple[str, Filled], Cost] = {}
        for (state, filled), cost in at[-1].items():
            if name := self._ends.get(state, ""):
                best[name, filled] = min(cost, best.get((name, filled), cost))
        return [Passage(name, filled, cost) for (name, filled), cost in best.items()]

    def _enter(self, into: dict[tuple[int, Filled], Cost], state: int, filled: Filled, cost: Cost) -> None:
        for each in self._reach(state):
            key = (each, filled)
            if key not in into or cost < into[key]:
                into[key] = cost

    def _reach(self, state: int) -> tuple[int, ...]:
        """The states that are reached without a word, and that lead on or end."""
        if (known := self._closed.get(state)) is not None:
            return known
        seen, waiting = {state}, [state]
        while waiting:
            new = set(self._free[waiting.pop()]) - seen
            seen |= new
            waiting += new
        found = tuple(each for each in seen if self._words[each] or self._slots[each] or each in self._ends)
        self._closed[state] = found
        return found

    def _lay(self, piece: Piece, start: int, end: int | None = None) -> int:
        """Lay a piece from a state on; the state that it leads to, which is ``end`` if one is given.

        Nothing leads back, so that several pieces may begin at one state; words that begin alike share their way.
        """
        match piece:
            case WordPiece(text):
                if end is None:
                    end = self._shared.get((start, text))
                    if end is not None:
                        return end
                    end = self._shared[start, text] = self._new()
                self._said.add(text)
                self._words[start].setdefault(text, []).append(end)
            case Slot(name):
                end = self._new() if end is None else end
                self._slots[start].append((name, end))
            case Row(parts):
                at = start
                for part in parts[:-1]:
                    at = self._lay(part, at)
                if parts:
                    return self._lay(parts[-1], at, end)
                if end is None:
                    return at
                self._free[at].append(end)
            case Choice(of):
                end = self._new() if end is None else end
                for each in of:
                    self._lay(each, start, end)
        return end

    def _new(self) -> int:
        self._words.append({})
        self._slots.append([])
        self._free.append([])
        return len(self._words) - 1
