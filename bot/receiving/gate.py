"""The door: everything Slack tells us comes through here, is kept or answered at once, and acknowledged.

One global middleware of Bolt instead of many listeners: an exception in a middleware leaves the event unacknowledged,
so that Slack tells us again, and looking a name up in a table costs the same however many features there are.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.log import describe
from bot.receiving.replies import answer, storable
from bot.receiving.scrub import fields_about_persons, scrub
from cluster.errors import ClusterError
from handlers.at_home import answer_window
from handlers.blocks import Option, escape, options
from handlers.context import make_turn
from handlers.doors import named_in
from handlers.errors import sentence, trouble
from handlers.feature import Direct, FeatureTable, Form, Kept
from handlers.message import Message
from handlers.payload import Arrival, beside, read
from handlers.turn import ShownAgain, Tools, Turn
from measures.reading.cpr import has_cpr
from storage.database import Database
from storage.inbox import has, keep

log = structlog.get_logger()

Excuse = tuple[str, dict[str, Any]]
"""The kind and the parameters of an answer that says why something did not work."""
HELP = "hjælp"
PERSONAL = "text.personal"
"""What is said of words with a CPR number, whichever feature they were meant for: here none can forget to look."""
PATIENCE = 2.0
"""Seconds that a direct answer may take before Slack, which waits for three, gets a plain yes."""
LATE = {"expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged", "not_found"}
"""What Slack says of a window that can't be opened any more, or (``not_found``) of one that was closed meanwhile."""


class Gate:
    """Table arrivals by the table of all features."""

    def __init__(self, database: Database, tools: Tools, routes: FeatureTable, *, kept: Callable[[], None]) -> None:
        self._database = database
        self._tools = tools
        self._routes = routes
        self._kept = kept
        self._inside = 0
        self._late: set[asyncio.Task[None]] = set()
        self._empty = asyncio.Event()
        self._empty.set()

    async def receive(self, req: AsyncBoltRequest) -> BoltResponse:
        """Bolt's way in: the answer for Slack. Raises when something could not be kept, so that Slack repeats it."""
        self._inside += 1
        self._empty.clear()
        try:
            return await self._receive(req)
        finally:
            self._inside -= 1
            if not self._inside:
                self._empty.set()

    async def drain(self) -> None:
        """Wait for those who are still inside, and for answers that are late."""
        await self._empty.wait()
        await asyncio.gather(*self._late)

    async def _receive(self, req: AsyncBoltRequest) -> BoltResponse:
        try:
            arrival = read(req.body, self._tools.home)
        except (AttributeError, LookupError, TypeError) as error:  # not as Slack sends it: repeating it does not help
            log.warning("arrival.malformed", error=describe(error))
            return BoltResponse(status=400, body="")
        if arrival is None:
            return BoltResponse(status=200, body="")
        is_typed = (
            arrival.kind == "command" and arrival.name not in self._routes.commands
        )  # anything at all, even a name
        structlog.contextvars.bind_contextvars(
            arrival=arrival.source_id[-12:], route=HELP if is_typed else arrival.name
        )
        if arrival.kind == "form":
            return await self._form(arrival)
        if arrival.kind == "suggestion":
            return await self._suggest(arrival)
        if arrival.kind == "command" and has_cpr(str(arrival.body.get("text") or "")):
            turn = await make_turn(arrival, self._tools)
            return _ephemeral(Message(sentence(PERSONAL, {}, turn.t, self._routes.errors)))
        route = route_of(self._routes, arrival)
        if isinstance(route, Kept):
            await self._keep(arrival)
            if words := beside(arrival):
                await self._keep(words)
        elif isinstance(route, Direct):
            return await self._direct(arrival, route)
        elif arrival.kind == "command":
            turn = await make_turn(arrival, self._tools)
            return _ephemeral(Message(sentence("route.unknown", {}, turn.t, self._routes.errors)))
        return BoltResponse(status=200, body="")

    async def _keep(self, arrival: Arrival) -> None:
        is_new = await keep(
            self._database,
            source_id=arrival.source_id,
            kind=kind_of(arrival.kind, arrival.name),
            person=arrival.person,
            body=scrub(arrival.body),
            now=self._tools.clock.wall(),
        )
        log.info("arrival.kept", is_new=is_new)
        if is_new:
            self._kept()

    async def _form(self, arrival: Arrival) -> BoltResponse:
        form = route_of(self._routes, arrival)
        if not isinstance(form, Form) or await has(self._database, arrival.source_id):
            return BoltResponse(status=200, body="")
        if about_persons := fields_about_persons(arrival.body):
            turn = await make_turn(arrival, self._tools)
            said = sentence(PERSONAL, {}, turn.t, self._routes.errors)
            flagged = dict.fromkeys(about_persons, said)
            return BoltResponse(status=200, body={"response_action": "errors", "errors": flagged})
        if not form.is_kept:
            return await self._unkept(arrival, form)
        if form.check is not None and (found := await self._checked(arrival, form)):
            if isinstance(found, ShownAgain):
                return BoltResponse(status=200, body={"response_action": "update", "view": found.view})
            return BoltResponse(status=200, body={"response_action": "errors", "errors": found})
        await self._keep(arrival)
        return BoltResponse(status=200, body="")

    async def _unkept(self, arrival: Arrival, form: Form) -> BoltResponse:
        """A form that leaves no row and no line of the log: done before it is acknowledged, or not at all."""
        turn = await make_turn(arrival, self._tools)
        try:
            said = await form.apply(turn)
        except Exception as error:
            return BoltResponse(
                status=200, body={"response_action": "errors", "errors": self._flagged(arrival, error, turn)}
            )
        if said is None:
            return BoltResponse(status=200, body="")
        return BoltResponse(status=200, body={"response_action": "update", "view": answer_window(said, turn.t)})

    async def _suggest(self, arrival: Arrival) -> BoltResponse:
        """What a menu offers; nothing to whoever may not choose."""
        suggest = self._routes.suggestions.get(arrival.name.partition(":")[0])
        found: Sequence[Option] = []
        if suggest is not None:
            try:
                found = await suggest(await make_turn(arrival, self._tools))
            except ClusterError as refused:
                log.info("suggestions.refused", code=refused.code)
        return BoltResponse(status=200, body={"options": options(found)})

    async def _checked(self, arrival: Arrival, form: Form) -> dict[str, str] | ShownAgain | None:
        """Field errors, by block, or the form once more. A refusal that names no field is shown at the first one."""
        turn = await make_turn(arrival, self._tools)
        try:
            return await form.check(turn) if form.check else None
        except Exception as error:
            return self._flagged(arrival, error, turn)

    def _flagged(self, arrival: Arrival, error: Exception, turn: Turn) -> dict[str, str]:
        fields = [block["block_id"] for block in arrival.body["view"].get("blocks", []) if block["type"] == "input"]
        field = error.field if isinstance(error, ClusterError) and error.field in fields else None
        kind, params = self._excuse(error)
        return {field or (fields[0] if fields else "form"): self._words(kind, params, turn)}

    async def _direct(self, arrival: Arrival, route: Direct) -> BoltResponse:
        """The answer; when Slack or the database keeps us waiting, a plain yes now, and the answer when it is there."""
        answering = asyncio.create_task(self._answer(arrival, route))
        await asyncio.wait({answering}, timeout=PATIENCE)
        if answering.done():
            _, said = await answering
            return _ephemeral(said) if arrival.kind == "command" else BoltResponse(status=200, body="")
        log.warning("answer.late")
        saying = asyncio.create_task(self._say_late(arrival, answering))
        self._late.add(saying)
        saying.add_done_callback(self._late.discard)
        return BoltResponse(status=200, body="")

    async def _answer(self, arrival: Arrival, route: Direct) -> tuple[Turn, Message | None]:
        """The turn, and what is to be said to a command; to anything else it has been said already."""
        turn = await make_turn(arrival, self._tools)
        excuse = None
        try:
            said = await route.run(turn)
        except Exception as error:
            excuse = self._excuse(error)
            if arrival.kind != "command" and not (arrival.channel_id or arrival.is_on_page):  # nothing to say beside
                await self._owe(arrival, turn, excuse)
                return turn, None
            said = Message(escape(self._words(*excuse, turn)))
        if arrival.kind == "command":
            return turn, said
        if said is not None and (unsaid := await self._say(arrival, turn, said)):
            await self._owe(arrival, turn, excuse or self._excuse(unsaid))
        return turn, None

    async def _say_late(self, arrival: Arrival, answering: asyncio.Task[tuple[Turn, Message | None]]) -> None:
        try:
            turn, said = await answering
            if said is not None and await self._say(arrival, turn, said):  # a command may come from anywhere
                await self._tools.slack.chat_postMessage(
                    channel=turn.user_id, text=said.text, blocks=said.blocks or None
                )
        except Exception as error:  # Slack or the database is away, and with it the words we might have used
            log.error("answer.lost", error=describe(error))

    async def _owe(self, arrival: Arrival, turn: Turn, excuse: Excuse) -> None:
        """Say it in the direct messages, where it keeps until Slack takes it."""
        kind, params = excuse
        async with turn.unit() as uow:
            await answer(uow, turn, arrival, kind, **params)
            await uow.commit()

    def _excuse(self, error: Exception) -> Excuse:
        """The kind and the parameters of what we have to say about an error."""
        if isinstance(error, SlackApiError) and error.response.get("error") in LATE:
            error = ClusterError("window.expired")
        if isinstance(error, ClusterError):
            return "answer.error", {"code": error.code, "params": storable(error.params)}
        reference = new_reference()
        log.error("turn.failed", reference=reference, error=describe(error))
        return "answer.trouble", {"reference": reference}

    def _words(self, kind: str, params: dict[str, Any], turn: Turn) -> str:
        if kind == "answer.trouble":
            return trouble(params["reference"], turn.t)
        return sentence(params["code"], params["params"], turn.t, self._routes.errors)

    async def _say(self, arrival: Arrival, turn: Turn, answer: Message) -> Exception | None:
        """An answer that only this person sees, where the button stood, or in a window over the page that it stood on;
        what went wrong, if it did."""
        try:
            if arrival.is_on_page:
                await turn.open(answer_window(answer, turn.t, named_in(answer.text, turn)))
                return None
            await self._tools.slack.chat_postEphemeral(
                channel=arrival.channel_id or turn.user_id,
                user=turn.user_id,
                text=answer.text,
                blocks=answer.blocks or None,
                thread_ts=arrival.thread_ts or None,
            )
        except Exception as error:
            log.warning("ephemeral.failed", error=describe(error))
            return error
        return None


def route_of(routes: FeatureTable, arrival: Arrival) -> Direct | Kept | Form | None:
    """What is done with something that came in; a word that is no command is a wish for help."""
    if arrival.kind == "command":
        return routes.commands.get(arrival.name) or routes.commands.get(HELP)
    tables: dict[str, Mapping[str, Direct | Kept | Form]] = {
        "action": routes.actions,
        "event": routes.events,
        "form": routes.forms,
    }
    return tables[arrival.kind].get(arrival.name)


def kind_of(kind: str, name: str) -> str:
    """What a kept arrival is called in its row."""
    return f"{kind}:{name}"[:64]


def new_reference() -> str:
    """A short number that a person can read aloud and that stands in the log."""
    return uuid.uuid4().hex[:6].upper()


def _ephemeral(answer: Message | None) -> BoltResponse:
    if answer is None:
        return BoltResponse(status=200, body="")
    body: dict[str, Any] = {"response_type": "ephemeral", "text": answer.text}
    if answer.blocks:
        body["blocks"] = answer.blocks
    return BoltResponse(status=200, body=body)
