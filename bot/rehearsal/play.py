"""The play: acts on the stage, writes down what is seen, and holds it against what must happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.rehearsal.cast import Doctor
from bot.rehearsal.stage import Stage, label_of, options_of
from bot.rehearsal.transcript import Transcript
from cluster.clock import COPENHAGEN

Json = dict[str, Any]


def nobody(_line: str) -> None:
    """Writes nothing down: the opening of a demo is played without a transcript."""


@dataclass
class Play:
    """One performance. ``differences`` is empty when everything happened as it must."""

    stage: Stage
    write: Callable[[str], None] = nobody
    announce: Callable[[str], None] = nobody
    """Hears the title of each chapter as it begins."""
    differences: list[str] = field(default_factory=list)
    transcript: Transcript = field(init=False)
    _chapter: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.transcript = Transcript(self.stage, self.write)

    def chapter(self, title: str) -> None:
        """A new part of the story begins."""
        self._chapter += 1
        self.announce(title)
        self.transcript.chapter(self._chapter, title)

    def expect(self, what: str, seen: object, wanted: object) -> None:
        """Hold what is seen against what must be."""
        if seen != wanted:
            self.differences.append(f"{what}: {seen!r}, not {wanted!r}")
            self.write(f"    ✗ {self.differences[-1]}")

    async def at(self, day: str, hour: int, minute: int = 0) -> None:
        """Let a moment come (``2026-03-02``, Copenhagen) and write down what it brings."""
        moment = datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=COPENHAGEN)
        self.transcript.moment(moment)
        await self.stage.move_to(moment)
        await self.transcript.look()

    def does(self, who: Doctor | str, what: str) -> None:
        """Write down a deed."""
        self.transcript.deed(who if isinstance(who, str) else who.name, what)

    async def types(self, who: Doctor | str, line: str) -> Json:
        """Type a slash command."""
        self.does(who, f"skriver {line}")
        answer = await self.stage.command(who, line)
        self.transcript.answer(answer)
        await self._opened(who)
        await self.transcript.look()
        return answer

    async def presses(self, who: Doctor | str, action: str, **state: Any) -> None:
        """Press a button in the newest message that has it, or choose in its menu."""
        label = label_of(await self.stage.newest_with(who, action), action)
        self.does(who, f"vælger »{state['option']}« i {label}" if "option" in state else f"trykker på {label}")
        await self.stage.press(who, action, **state)
        await self._opened(who)
        await self.transcript.look()

    async def sends(self, who: Doctor | str, values: Json, what: str = "udfylder og sender") -> Json:
        """Send the window on top."""
        self.does(who, what)
        answer = await self.stage.send_form(who, values)
        self.transcript.answer(answer)
        for field_name, error in (answer.get("errors") or {}).items():
            self.transcript.fault(await self._label(who, field_name), error)
        await self.transcript.look()
        return answer

    async def says(self, who: Doctor | str, text: str) -> None:
        """Write to the bot."""
        self.does(who, f"skriver: »{text}«")
        await self.stage.say(who, text)
        await self.transcript.look()

    async def drops(self, who: Doctor | str, name: str, data: bytes, *, thread_of: str = "") -> None:
        """Send a file, in the thread of the message with an element if named."""
        self.does(who, f"sender filen {name}" + (" i tråden" if thread_of else ""))
        message = await self.stage.newest_with(who, thread_of) if thread_of else {}
        thread = message.get("thread_ts") or message.get("ts")
        await self.stage.send_file(who, name, data, thread_ts=thread)
        await self.transcript.look()

    async def _opened(self, who: Doctor | str) -> None:
        """Write down the window that came up, if one did."""
        if window := await self._window(who):
            self.transcript.window(str(window["title"]["text"]))

    async def option(self, who: Doctor | str, field_name: str, label: str) -> str:
        """The value of the choice with a label, in the window on top."""
        window = await self._window(who)
        element = (
            next(block["element"] for block in window["blocks"] if block.get("block_id") == field_name)
            if window
            else {}
        )
        return str(next(each["value"] for each in element["options"] if each["text"]["text"] == label))

    async def _window(self, who: Doctor | str) -> Json | None:
        top = await self.stage.desk.top_view(self.stage.id_of(who))
        return top["view"] if top else None

    async def _label(self, who: Doctor | str, field_name: str) -> str:
        window = await self._window(who)
        blocks = window["blocks"] if window else []
        found = (block["label"]["text"] for block in blocks if block.get("block_id") == field_name)
        return str(next(found, field_name))

    async def holders(self, action: str) -> list[str]:
        """Who has a message with this element in front of them."""
        found = []
        for name in self.stage.ids:
            try:
                await self.stage.newest_with(name, action)
            except LookupError:
                continue
            found.append(name)
        return found

    async def told(self, words: str) -> list[str]:
        """Who has been told something with these words."""
        found = []
        for name in self.stage.ids:
            if any(words in message["text"] for message in await self.stage.seen_by(name) if message.get("bot")):
                found.append(name)
        return found

    async def shown(self, words: str) -> list[str]:
        """Who has a message of the bot's with these words in front of them, wherever in it they stand."""
        found = []
        for name in self.stage.ids:
            if any(
                words in str(message.get("blocks")) for message in await self.stage.seen_by(name) if message.get("bot")
            ):
                found.append(name)
        return found

    async def words_to(self, who: Doctor | str) -> list[str]:
        """Everything that stands in the bot's messages to somebody, the oldest first."""
        return [str(each.get("blocks") or each["text"]) for each in await self.stage.seen_by(who) if each.get("bot")]

    async def labels(self, who: Doctor | str, action: str) -> list[str]:
        """What can be chosen in the newest menu or list of an action that somebody sees."""
        return options_of(await self.stage.newest_with(who, action), action)

    async def posted(self, kind: str) -> dict[str, int]:
        """How many messages of a kind stand in each person's conversation, by the mark the bot leaves in Slack."""
        people = {user: name for name, user in self.stage.ids.items()}
        counted: dict[str, int] = {}
        for conversation in (await self.stage.desk.everything())["channels"]:
            owner = next((people[user] for user in conversation["members"] if user in people), "")
            for message in conversation["messages"] if conversation["kind"] == "im" else ():
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("card") == kind and not message.get("deleted"):
                    counted[owner] = counted.get(owner, 0) + 1
        return counted
