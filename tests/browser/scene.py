"""A workspace with a small Bolt app behind it, for walking the page without the bot."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from workspace import Desk, Workspace

BEGINNINGS = [{"deed": "begin:empty", "title": "Tomt", "about": "Fra nul.", "here": False}]


@dataclass
class Scene:
    """A workspace with two people, a channel and a small app that writes down what reaches it."""

    url: str
    world: Workspace
    slack: AsyncWebClient
    desk: Desk
    mette: str
    jens: str
    channel: str
    heard: list[dict[str, Any]] = field(default_factory=list)

    async def direct(self, person: str) -> str:
        """The id of somebody's direct message with the app."""
        opened = await self.slack.conversations_open(users=person)
        return str(opened["channel"]["id"])

    async def hear(self, count: int = 1) -> list[dict[str, Any]]:
        """What reached the app, once there are `count` of them."""

        async def enough() -> bool:
            return len(self.heard) >= count

        await self.desk.wait_for(enough)
        return self.heard


def listen(app: AsyncApp, scene: Scene, modal: dict[str, Any], home: list[dict[str, Any]]) -> None:
    """A command opens the sample modal; anything pressed is written down; saving with the title `fejl` is refused."""

    @app.command("/prøve")
    async def open_modal(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack("Vinduet åbner." if body["text"] == "sig noget" else "")
        await client.views_open(trigger_id=body["trigger_id"], view=modal)

    @app.action(re.compile(".*"))
    async def take_action(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        scene.heard.append(body)
        if body["actions"][0]["action_id"] == "open_more":
            more = modal | {"title": {"type": "plain_text", "text": "Flere felter"}, "blocks": modal["blocks"][1:2]}
            await client.views_push(trigger_id=body["trigger_id"], view=more)

    @app.options(re.compile(".*"))
    async def offer(ack: Any, payload: dict[str, Any]) -> None:
        await ack(options=[{"text": {"type": "plain_text", "text": f"Lægehuset {payload['value']}"}, "value": "p1"}])

    @app.view("sample")
    async def take_answers(ack: Any, body: dict[str, Any]) -> None:
        if body["view"]["state"]["values"]["title"]["v"]["value"] == "fejl":
            await ack(response_action="errors", errors={"title": "Den titel er brugt."})
            return
        await ack()
        scene.heard.append(body)

    @app.event("app_home_opened")
    async def publish(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": home})

    @app.event("message")
    async def take_message(event: dict[str, Any]) -> None:
        scene.heard.append(event)

    @app.event(re.compile("file_shared|file_deleted|member_joined_channel"))
    async def pass_by() -> None:
        """Nothing here depends on these."""


class SmallStory:
    """A host with two steps."""

    def __init__(self, scene: Any) -> None:
        self._scene = scene
        self.is_prepared = False
        self.deeds: list[str] = []

    async def seen(self, person: str | None) -> dict[str, Any]:
        """Danish for everybody but Jens."""
        told = {"run": 1, "language": "en" if person == self._scene.jens else "da", "beginnings": BEGINNINGS}
        if not self.is_prepared:
            return told | {"preparing": {"line": "Alle kommer om bord", "part": 1, "parts": 3}}
        jens = {"person": self._scene.jens, "place": self._scene.channel}
        mette = {"person": self._scene.mette, "place": self._scene.world.bot_user_id}
        file = {"name": "tal.csv", "base64": base64.b64encode(b"a;b").decode()}
        ways = [{"label": "Læg filen i feltet", **mette, "file": file}, {"label": "Bliv Jens", **jens, "write": "hej"}]
        first = {"name": "plan", "title": "Planlæg", "text": "Ét vindue.", "done": True, "ways": []}
        return told | {
            "preparing": None,
            "you": {"text": "Du er Mette.", "owes": ["et svar"]},
            "people": {self._scene.jens: {"about": "koordinator · Lægehuset", "owes": ["tal om KOL"]}},
            "news": ["Jens gav tal"],
            "steps": [first, {"name": "send", "title": "Send en fil", "text": "En fil.", "done": False, "ways": ways}],
            "jumps": [{"deed": "jump:meeting", "title": "Mødet", "when": "torsdag den 7. maj kl. 16.30"}],
            "start": f"#/{self._scene.mette}/{self._scene.world.bot_user_id}",
        }

    async def do(self, deed: str) -> dict[str, Any]:
        """Writes it down."""
        self.deeds.append(deed)
        return {}
