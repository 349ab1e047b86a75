"""The transcript: what people see, written down so that it can be read aloud. The same for many is written once."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.rehearsal.stage import Stage
from locales import texts_for

Json = dict[str, Any]
WIDTH = 110
MOST_LINES = 14
MOST_LINES_EDITED = 3
OWN_PRACTICE = "‹egen praksis›"
"""Stands for the reader's own practice, so that what is alike for many is written once."""
BOT = "Klyngebot"
_DATE = re.compile(r"<!date\^\d+\^[^|>]*\|([^>]*)>")
_LINK = re.compile(r"<([^|>]+)\|([^>]*)>")


class Transcript:
    """Writes down what is new since the last look, in an order that does not depend on who was served first."""

    def __init__(self, stage: Stage, write: Callable[[str], None]) -> None:
        self._stage = stage
        self._out = write
        self._moment = ""
        self._notes = stage.world.notes.subscribe(None)
        self._known: dict[tuple[str, str], str] = {}
        self._names = {user: name for name, user in stage.ids.items()}

    def chapter(self, number: int, title: str) -> None:
        """A new part of the story."""
        self._write("")
        self._write(f"━━━ {number}. {title} ━━━")

    def moment(self, now: datetime) -> None:
        """What the clock shows."""
        self._moment = f"\n⏱  {texts_for('da').moment(now)}"

    def _write(self, line: str) -> None:
        """A line, after the moment it happens at: days on which nothing happens are not mentioned."""
        if self._moment:
            moment, self._moment = self._moment, ""
            self._out(moment)
        self._out(line)

    def deed(self, who: str, what: str) -> None:
        """What somebody does."""
        self._write(f"\n▸ {who}: {what}")

    def remark(self, text: str) -> None:
        """What the reader should know."""
        self._write(textwrap.indent(textwrap.fill(text, WIDTH), "  "))

    def answer(self, body: Json) -> None:
        """The answer that only the person sees: of a command or of a form."""
        response = body.get("response")
        if isinstance(response, dict) and response.get("text"):
            self._lines(f"{BOT} (kun synlig for dig)", readable(response["text"]))
        for field, error in (body.get("errors") or {}).items():
            self._write(f"    ⚠ {field}: {error}")

    async def look(self) -> dict[str, list[Json]]:
        """Write down everything new or changed; returns the new messages by person."""
        fresh: dict[str, list[Json]] = {}
        if all(note["kind"] != "message" for note in self._notes.drain()):
            return fresh  # most days nothing is said
        groups: dict[str, list[str]] = {}
        for surgery in self._stage.cast.surgeries:
            for name in (doctor.name for doctor in surgery.doctors):
                for message in await self._stage.seen_by(name):
                    if change := self._change(name, message):
                        fresh.setdefault(name, []).append(message)
                        alike = self._shown(message).replace(surgery.name, OWN_PRACTICE)
                        groups.setdefault(change + alike, []).append(name)
        anybody = self._stage.cast.coordinator
        room = await self._stage.desk.messages(self._stage.id_of(anybody), self._stage.channel)
        for message in room:
            if change := self._change("#", message):
                groups.setdefault(change + self._shown(message), []).append(f"#{CHANNEL_NAME}")
        for shown, names in groups.items():
            mark, text = shown[0], shown[1:]
            if mark == "~":
                self._lines(f"{BOT} retter beskeden til {_listing(names)}", text, MOST_LINES_EDITED)
            else:
                self._lines(f"{BOT} til {_listing(names)}", text)
        return fresh

    def _change(self, place: str, message: Json) -> str:
        """``+`` for new, ``~`` for edited since, nothing for known or not the bot's."""
        if not message.get("bot") or message.get("ephemeral"):
            return ""
        shown = self._shown(message)
        before = self._known.get((place, message["ts"]))
        self._known[place, message["ts"]] = shown
        if before is None:
            return "+"
        return "~" if before != shown else ""

    def _shown(self, message: Json) -> str:
        return readable(message["text"]) + "".join(f"\n{line}" for line in _extras(message))

    def _lines(self, who: str, text: str, most: int = MOST_LINES) -> None:
        lines = [part for line in text.splitlines() for part in (textwrap.wrap(line, WIDTH) or [""])]
        if len(lines) > most:
            lines = [*lines[: most - 1], f"… ({len(lines) - most + 1} linjer til)"]
        self._write(f"  ◂ {who}")
        for line in lines:
            self._write(f"      {line}")


CHANNEL_NAME = "klynge-vestfjord"


def readable(text: str) -> str:
    """Slack's markup as a person reads it."""
    text = _DATE.sub(r"\1", text)
    text = _LINK.sub(r"\2", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("*", "")


def _extras(message: Json) -> list[str]:
    """Buttons, pictures and files, each as a line."""
    lines = []
    buttons = [
        element["text"]["text"]
        for block in message.get("blocks") or []
        for element in [*(block.get("elements", []) if block["type"] == "actions" else []), block.get("accessory", {})]
        if element.get("type") == "button"
    ]
    for block in message.get("blocks") or []:
        if block["type"] == "image":
            lines.append(f"[billede] {block['alt_text'].splitlines()[0]}")
    lines += [f"[fil] {file['name']}" for file in message.get("files") or []]
    if buttons:
        lines.append(" ".join(f"[{label}]" for label in buttons))
    return lines


def _listing(names: list[str]) -> str:
    if len(names) <= 2:
        return " og ".join(names)
    return (
        f"{names[0]}, {names[1]} og {len(names) - 2} andre"
        if len(names) > 3
        else f"{', '.join(names[:2])} og {names[2]}"
    )
