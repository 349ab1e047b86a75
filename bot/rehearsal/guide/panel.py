"""The panel beside the page: put together anew for whoever looks, and the buttons that do something by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.rehearsal.guide import company, jumps, steps
from bot.rehearsal.guide.openings import FIRST, OPENINGS, Opening, opening
from bot.rehearsal.guide.situation import StoryState, look_at
from bot.rehearsal.guide.steps import Before, Scene
from bot.rehearsal.play import Play
from bot.rehearsal.stage import Stage
from handlers import TABLE
from handlers.overview.views.logbook import sentence
from locales import N_, Texts, texts_for
from workspace.state.errors import Json, SlackError

STARTING = N_("The practice Slack, the bot and a database start on this machine")


@dataclass(frozen=True)
class Ready:
    """The stage as it was handed over."""

    stage: Stage
    before: Before


class Panel:
    """What the page asks for (``workspace.desk.story.Story``). It outlives every stage: after a reset it tells of the
    next one."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._run = 0
        self._opening: Opening = opening(FIRST)
        self._line, self._part, self._parts = STARTING, 0, 1
        self._ready: Ready | None = None
        self._leapt = ""
        self.wanted: asyncio.Future[str] = asyncio.Future()
        """Settled with the name of the opening that somebody wants to begin at."""

    def begin(self, chosen: Opening) -> None:
        """A stage is being built."""
        self._run += 1
        self._opening, self._ready, self._leapt = chosen, None, ""
        self._line, self._part, self._parts = STARTING, 0, len(chosen.acts) + 1
        self.wanted = asyncio.Future()

    async def play(self, stage: Stage) -> None:
        """Play the acts of the opening, telling each, and hand the stage over."""
        danish = texts_for("da")
        play = Play(stage)
        for place, act in enumerate(self._opening.acts, 1):
            self._line, self._part = act.line, place
            self._say(f"  {place}/{len(self._opening.acts)}  {danish(act.line)} …")
            stage.world.notes.tell("story")
            await act.play(play)
        stage.calendar.run()
        self._ready = Ready(stage, steps.before(stage, await look_at(stage, ())))
        stage.world.notes.tell("story")

    async def seen(self, person: str | None) -> Json:
        """Everything, in the person's language."""
        if self._ready is None:
            t = texts_for("da")
            going = {"line": t(self._line), "part": self._part, "parts": self._parts}
            return self._always(t) | {"preparing": going}
        stage = self._ready.stage
        seen = await look_at(stage, list(TABLE.log))
        t = texts_for(company.language_of(stage, seen, person))
        scene = Scene(stage, seen, self._ready.before, t)
        return self._always(t) | {
            "preparing": None,
            "you": company.introduced(seen, stage, person, t),
            "people": company.everybody(seen, t),
            "news": self._news(seen, t),
            "steps": steps.shown(scene, self._opening.name),
            "jumps": [
                {"deed": f"jump:{each.name}", "title": t(each.title), "when": t.moment(each.at)}
                for each in jumps.jumps(seen)
            ],
            "start": self._start(stage),
        }

    async def do(self, deed: str) -> Json:
        """``begin:…``, ``jump:…``, ``answers`` or ``numbers``."""
        what, _, name = deed.partition(":")
        if what == "begin":
            try:
                wanted = opening(name)
            except LookupError:
                raise SlackError("no_opening", detail=name) from None
            self._ready, self._line, self._part = None, STARTING, 0
            if not self.wanted.done():
                self.wanted.set_result(wanted.name)
            return {}
        if self._ready is None:
            raise SlackError("not_ready")
        stage = self._ready.stage
        if what == "jump":
            await self._jump(stage, name)
        elif what == "answers":
            await company.answer(stage, await look_at(stage, ()))
        elif what == "numbers":
            await company.give_numbers(stage, await look_at(stage, ()))
        else:
            raise SlackError("no_deed", detail=deed)
        stage.world.notes.tell("story")
        return {}

    async def _jump(self, stage: Stage, name: str) -> None:
        found = {each.name: each for each in jumps.jumps(await look_at(stage, ()))}
        if name not in found:
            raise SlackError("no_jump", detail=name)
        before = company.told(stage)
        await jumps.leap(stage, found[name].at)
        now = company.told(stage)
        self._leapt = str(sum(count > before.get(user, 0) for user, count in now.items()))

    def _always(self, t: Texts) -> dict[str, Any]:
        here = self._opening.name
        return {
            "run": self._run,
            "language": t.lang,
            "beginnings": [
                {
                    "deed": f"begin:{each.name}",
                    "title": t(each.title),
                    "about": t(each.about),
                    "here": each.name == here,
                }
                for each in OPENINGS
            ],
        }

    def _news(self, seen: StoryState, t: Texts) -> list[str]:
        lines = []
        if self._leapt:
            many = int(self._leapt)
            lines.append(
                t.n(
                    "You leapt in time. The bot wrote to {n} person.",
                    "You leapt in time. The bot wrote to {n} people.",
                    many,
                )
                if many
                else t("You leapt in time. Nothing had to be said.")
            )
        lines += [sentence(entry, TABLE.log, t) for entry in seen.log]
        return lines or [t("Nothing yet. Everybody is in the practice Slack, and the bot is not in the channel.")]

    def _start(self, stage: Stage) -> str:
        lead = stage.id_of(stage.cast.coordinator)
        if self._opening.acts:
            return f"#/{lead}/{stage.world.bot_user_id}/home"
        return f"#/{lead}/{stage.channel}"


def _beginning(each: Opening, t: Texts) -> Json:
    return {"deed": f"begin:{each.name}", "title": t(each.title), "about": t(each.about)}


def _leapt(many: int, t: Texts) -> str:
    if not many:
        return t("You leapt in time. Nothing had to be said.")
    return t.n(
        "You leapt in time. The bot wrote to {n} person.", "You leapt in time. The bot wrote to {n} people.", many
    )
