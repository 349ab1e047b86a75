"""Compares what is in Slack with what was asked for: nothing missing, nothing twice, nothing out of order."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import func, select

from storage.database import Database
from storage.models import Audit, Outbox
from storage.outbox import is_aside
from tests.crash.little_bot import PICTURE
from tests.crash.people import Person
from tests.crash.tally import CARD, FILE, TEXT, Tally
from workspace import Desk

Json = dict[str, Any]


async def settle_account(desk: Desk, database: Database, people: list[Person]) -> Tally:
    """The whole account, once everything has come to rest."""
    tally = Tally()
    traffic = await desk.traffic()
    for person in people:
        messages = await desk.dm(person.user)
        _count_answers(tally, person, messages)
        _check_order(tally, person, messages, _taken(traffic), await _stepped_aside(database, person))
        await _count_clicks(tally, person, await person.cards(desk), database)
        _check_card(tally, person, messages, traffic)
    async with database.read() as session:
        dead = (await session.scalars(select(Outbox).where(Outbox.state.in_(("dead", "missed"))))).all()
    tally.kinds[TEXT].lost += [f"{row.state}: {row.kind} {row.error}" for row in dead]
    return tally


def _count_answers(tally: Tally, person: Person, messages: list[Json]) -> None:
    texts = Counter(message["text"] for message in messages)
    files = Counter(file["name"] for message in messages for file in message.get("files") or [])
    for word in person.said:
        has_picture = word.startswith(PICTURE)
        tally.add(FILE if has_picture else TEXT, f"answer to {word}", texts[f"svar: {word}"], 1, 1)
        if has_picture:
            tally.add(FILE, f"file of {word}", files[_file(word)], 1, 1)


def _file(word: str) -> str:
    return f"{word.replace(' ', '-')}.csv"


def _taken(traffic: list[Json]) -> dict[str, int]:
    """When the bot acknowledged what was said, by the words: a place in the record of the wire."""
    taken: dict[str, int] = {}
    for row in traffic:
        if row["direction"] == "out" and row["ok"] and row["method"] == "message":
            taken.setdefault(str(row["request"]["payload"]["event"].get("text")), row["seq"])
    return taken


async def _stepped_aside(database: Database, person: Person) -> set[str]:
    """What of a person's words is answered by a message that had trouble with its files: it lets the others pass."""
    async with database.read() as session:
        rows = await session.scalars(select(Outbox).where(Outbox.member_id == person.member_id))
        return {row.params["words"] for row in rows if is_aside(row.lane) and "words" in row.params}


def _check_order(
    tally: Tally, person: Person, messages: list[Json], taken: dict[str, int], stepped_aside: set[str]
) -> None:
    """What the bot had taken before the next thing was said is answered before it, unless it stepped aside; a file
    follows its message.
    """
    places = {message["text"]: float(message["ts"]) for message in messages}
    files = {file["name"]: float(message["ts"]) for message in messages for file in message.get("files") or []}
    for number, word in enumerate(person.said):
        kind = FILE if word.startswith(PICTURE) else TEXT
        here = places.get(f"svar: {word}")
        if here is None:
            continue
        before = person.heard_before[number]
        earlier = [
            each for each in person.said[:number] if taken.get(each, before + 1) <= before and each not in stepped_aside
        ]
        latest = max((places.get(f"svar: {each}", 0.0) for each in earlier), default=0.0)
        tally.in_order(kind, f"answer to {word}", [latest, here])
        if _file(word) in files:
            tally.in_order(FILE, f"file of {word}", [here, files[_file(word)]])


async def _count_clicks(tally: Tally, person: Person, cards: list[Json], database: Database) -> None:
    subject = f"member:{person.member_id}"
    async with database.read() as session:
        counted = select(func.count()).select_from(Audit).where(Audit.subject == subject)
        clicks = int(await session.scalar(counted) or 0)
    taken, unsure = person.clicks_taken, person.clicks_unsure
    tally.add(CARD, f"clicks of {subject}", clicks, taken, taken + unsure)
    tally.kinds[CARD].messages += max(0, taken - 1)  # each click is a promise of its own
    tally.add(CARD, f"card of {subject}", len(cards), 1, 1)
    if cards[:1] and cards[0]["text"] != f"klik: {clicks}":
        tally.kinds[CARD].lost.append(f"{cards[0]['text']} on the card instead of {clicks}")


def _check_card(tally: Tally, person: Person, messages: list[Json], traffic: list[Json]) -> None:
    """The number on a card never goes back."""
    own = {message["ts"] for message in messages}
    edits = [row["request"] for row in traffic if row["method"] == "chat.update" and row["ok"]]
    shown = [int(edit["text"].rpartition(" ")[2]) for edit in edits if edit.get("ts") in own]
    tally.in_order(CARD, f"card of member:{person.member_id}", shown)
