"""The transcript: what people see, written down so that it can be read aloud. The same for many is written once."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.rehearsal.cast import Doctor, Surgery
from bot.rehearsal.stage import CHANNEL, Stage
from locales import texts_for

Json = dict[str, Any]
WIDTH = 110
MOST_LINES = 14
MOST_LINES_EDITED = 3
OWN_PRACTICE = "‹egen praksis›"
OWN_NAME = "‹fornavn›"
"""Stand for the reader's own practice and name, so that what is alike for many is written once."""
BOT = "Klyngebot"
_DATE = re.compile(r"<!date\^\d+\^[^|>]*\|([^>]*)>")
_LINK = re.compile(r"<([^|<>]+)\|([^<>]*)>")


class Transcript:
    """Writes down what is new since the last look, in an order that does not depend on who was served first."""

    def __init__(self, stage: Stage, write: Callable[[str], None]) -> None:
        self._stage = stage
        self._out = write
        self._moment = ""
        self._notes = stage.world.notes.subscribe(None)
        self._known: dict[tuple[str, str], str] = {}

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

    def window(self, title: str) -> None:
        """A window came up."""
        self._write(f"  ◂ Vinduet »{title}« åbner")

    def fault(self, label: str, error: str) -> None:
        """What is said to be wrong at a field of a window."""
        self._write(textwrap.fill(f"⚠ {label}: {error}", WIDTH, initial_indent="    ", subsequent_indent="      "))

    def answer(self, body: Json) -> None:
        """The answer of a command that only the person sees."""
        response = body.get("response")
        if isinstance(response, dict) and response.get("text"):
            self._lines(f"{BOT} (kun synlig for dig)", in_full(response))

    async def look(self) -> None:
        """Write down everything new or changed since the last look; most days that is nothing."""
        conversations = {note["channel"] for note in self._notes.drain() if note["kind"] == "message"}
        groups: dict[str, list[str]] = {}
        for surgery, doctor in self._told_in(conversations - {self._stage.channel}):
            for message in await self._stage.seen_by(doctor):
                if change := self._change(doctor.name, message):
                    shown = change + self._alike(message, doctor.name, surgery.name)
                    groups.setdefault(shown, []).append(doctor.name)
        if self._stage.channel in conversations:
            lead = self._stage.id_of(self._stage.cast.coordinator)
            for message in await self._stage.desk.messages(lead, self._stage.channel):
                if change := self._change("#", message):
                    groups.setdefault(change + self._shown(message), []).append(f"#{CHANNEL}")
        for shown, names in groups.items():
            mark, text = shown[0], shown[1:]
            if mark == "~":
                self._lines(f"{BOT} retter beskeden til {_listing(names)}", text, MOST_LINES_EDITED)
            else:
                self._lines(f"{BOT} til {_listing(names)}", text)

    def _told_in(self, conversations: set[str]) -> list[tuple[Surgery, Doctor]]:
        """The people of some direct messages, practice by practice."""
        people = {
            member
            for conversation in conversations
            for member in self._stage.world.conversations.get(conversation).members
        }
        cast = self._stage.cast
        everybody = [(surgery, doctor) for surgery in cast.surgeries for doctor in surgery.doctors]
        return [(surgery, doctor) for surgery, doctor in everybody if self._stage.id_of(doctor) in people]

    def _alike(self, message: Json, name: str, practice: str) -> str:
        """The message without what is the reader's own: many get the same, and it is written once."""
        first_name = name.partition(" ")[0]
        shown = self._shown(message).replace(practice, OWN_PRACTICE)
        return shown.replace(f"Hej {first_name}!", f"Hej {OWN_NAME}!")

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
        words = [readable(message["text"])] if message["text"] else []
        return "\n".join([*words, *_extras(message)])

    def _lines(self, who: str, text: str, most: int = MOST_LINES) -> None:
        lines = [part for line in text.splitlines() for part in (textwrap.wrap(line, WIDTH) or [""])]
        if len(lines) > most:
            lines = [*lines[: most - 1], f"… ({len(lines) - most + 1} linjer til)"]
        self._write(f"  ◂ {who}")
        for line in lines:
            self._write(f"      {line}")


def readable(text: str) -> str:
    """Slack's markup as a person reads it."""
    text = _DATE.sub(r"\1", text)
    text = _LINK.sub(r"\2", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("*", "")


def in_full(message: Json) -> str:
    """A message as it stands on the screen: its blocks, or its text when it has none."""
    lines = []
    for block in message.get("blocks") or []:
        parts = [block["text"], *block.get("fields", [])] if "text" in block else block.get("elements", [])
        if block["type"] in {"section", "header", "context"}:
            lines.append(readable(" ".join(str(part.get("text", "")) for part in parts)))
    if not lines:
        lines = [readable(message.get("text") or "")]
    return "\n".join([*lines, *_extras(message)])


def _extras(message: Json) -> list[str]:
    """Buttons, menus, pictures and files, each as a line."""
    lines, buttons = [], []
    for block in message.get("blocks") or []:
        if block["type"] == "image":
            lines.append(f"[billede] {textwrap.shorten(block['alt_text'], WIDTH - 10, placeholder=' …')}")
        offered = [*(block.get("elements", []) if block["type"] == "actions" else []), block.get("accessory", {})]
        for element in offered:
            label = (element.get("text") or element.get("placeholder") or {}).get("text")
            if element.get("type") == "button":
                buttons.append(f"[{label}]")
            elif str(element.get("type")).endswith("select"):
                buttons.append(f"[{label} ▾]")
    lines += [f"[fil] {file['name']}" for file in message.get("files") or []]
    return [*lines, " ".join(buttons)] if buttons else lines


def _listing(names: list[str]) -> str:
    if len(names) > 3:
        return f"{names[0]}, {names[1]} og {len(names) - 2} andre"
    return " og ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
