"""A cluster's spring as people walk it on the page: the steps that the test checks and the README shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from playwright.async_api import Locator, expect

from bot.rehearsal.cast import Surgery
from bot.rehearsal.files import own_csv
from bot.rehearsal.numbers_act import enter_numbers
from bot.rehearsal.play import Play
from bot.rehearsal.stage import CHANNEL, Stage
from cluster.clock import COPENHAGEN

TOPIC = "KOL: finder vi dem, og følger vi dem op?"
REMINDED_AT = datetime(2026, 3, 25, 16, 0, tzinfo=COPENHAGEN)
BOT = "Klyngebot"

See = Callable[[str, Any], Awaitable[None]]


async def nobody(_name: str, _walker: Any) -> None:
    """Takes no picture."""


@dataclass
class Walk:
    """Somebody at a browser, who is first the coordinator and then others. ``see`` is told what there is to look at."""

    stage: Stage
    walker: Any
    see: See = nobody

    @property
    def surgery(self) -> Surgery:
        """The practice whose files and charts are looked at."""
        return self.stage.cast.surgeries[1]

    async def plan_a_meeting(self) -> Locator:
        """`/klynge møde`, the window filled in; the coordinator's card."""
        walker = self.walker
        await walker.say("/klynge møde")
        window = await walker.modal("Planlæg et møde")
        for label, value in (
            ("Emne", TOPIC),
            ("Dato", "2026-04-23"),
            ("Fra", "16:30"),
            ("Til", "19:00"),
            ("Sted", "Sundhedshuset, mødelokale 2"),
            ("Svar senest", "2026-04-09"),
        ):
            await walker.fill(label, value)
        await window.get_by_text("Mødetype").scroll_into_view_if_needed()
        await self.see("moede", walker)
        await walker.submit()
        card: Locator = await walker.message("Svar for en anden")
        return card

    async def answer(self, name: str, answer: str) -> None:
        """Press an answer on the invitation; the button then says that it is chosen."""
        await self.walker.become(name)
        await self.walker.press(answer)
        await self.walker.page.get_by_role("button", name=f"✔ {answer}", exact=True).last.wait_for()
        await self.see(f"svar-{answer.replace(' ', '-').lower()}", self.walker)

    async def ask_for_numbers(self) -> Locator:
        """`/klynge data` as the coordinator; what is answered."""
        await self.walker.become(self.stage.cast.coordinator.name)
        await self.walker.say("/klynge data")
        await self.walker.modal("Bed om tal")
        await self.walker.fill("Frist", "2026-04-17")
        await self.walker.submit(closes=False)
        await self.walker.page.get_by_text("Sådan ser det ud hos").wait_for()
        await self.walker.submit()
        answered: Locator = await self.walker.message("Jeg har bedt")
        return answered

    async def move_to_the_reminder(self, name: str) -> Locator:
        """Move the clock to the first reminder; what somebody finds who has not answered."""
        await self.walker.move_clock(REMINDED_AT)
        await self.walker.become(name)
        reminder: Locator = await self.walker.message("Vi mangler dit svar")
        await self.see("paamindelse", self.walker)
        return reminder

    async def send_a_bad_file(self) -> Locator:
        """A file with words where a number belongs; the refusal right below it."""
        walker = self.walker
        await walker.become(self.surgery.doctors[0].name)
        await walker.upload("tal.csv", own_csv(self.surgery, copd_text="hundrede og tolv"))
        refusal: Locator = await walker.message("intet er gemt")
        await self.see("fil-med-fejl", walker)
        return refusal

    async def send_the_good_file(self) -> Locator:
        """The same file, corrected."""
        await self.walker.upload("tal-rettet.csv", own_csv(self.surgery))
        accepted: Locator = await self.walker.message("Tallene er gemt")
        await self.see("fil-godtaget", self.walker)
        return accepted

    async def release(self) -> Locator:
        """The others have answered too: `/klynge grafer` as the coordinator; what the channel is told."""
        others = [surgery for surgery in self.stage.cast.contributing if surgery is not self.surgery]
        await self.stage.settle()
        await enter_numbers(Play(self.stage), others)
        await self.walker.become(self.stage.cast.coordinator.name)
        await self.walker.say("/klynge grafer")
        await self.walker.modal("Send graferne")
        await self.see("send-grafer", self.walker)
        await self.walker.submit()
        await self.walker.go_to(CHANNEL)
        told: Locator = await self.walker.message("Graferne er sendt")
        return told

    async def see_the_charts(self, name: str) -> Locator:
        """Somebody's own charts."""
        await self.walker.become(name)
        message: Locator = await self.walker.message("Mine tal er forkerte")
        pictures = message.locator("img")
        await expect(pictures.first).to_be_visible()
        await pictures.first.evaluate("image => image.decode()")
        await self.see("graf", self.walker)
        return message
