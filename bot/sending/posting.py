"""The ways of saying something in Slack: post, edit a card, edit pictures, publish a home page, hand over files."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.sending.joining import drawn_again, say_together
from bot.sending.pacing import PacedLine
from bot.sending.places import Reader, channel_of, language_of, reader_of
from bot.sending.reconcile import find_message, metadata
from bot.sending.uploads import Uploads
from cluster.clock import local
from cluster.delivery.audience import is_taken_away, may_read
from cluster.notices import NotNow, Owed, owed_of, refresh
from cluster.rooms import REMINDERS
from handlers.feature import FeatureTable, Rendering
from handlers.message import Message
from handlers.turn import Tools
from storage import joining
from storage import outbox as rows
from storage.database import Database
from storage.models import Outbox
from storage.unit_of_work import UnitOfWork
from storage.words import How, OutboxState

log = structlog.get_logger()

GONE = {"message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found", "is_inactive"}
INSTEAD = "recall.instead"
"""What stands where a message was that its reader gets no more."""
A_MOMENT = timedelta(minutes=1)
PICTURE_PAUSES = (0.2, 0.5, 1.0, 2.0, 3.0)
"""Seconds between tries while Slack still works on a fresh picture."""


class Gone(Exception):
    """What was to be edited is not in Slack (any more)."""


class Poster:
    """Carries out rows of the outbox. Each way returns the state the row ends in."""

    def __init__(
        self, database: Database, tools: Tools, routes: FeatureTable, line: PacedLine, uploads: Uploads
    ) -> None:
        self._database = database
        self._tools = tools
        self._routes = routes
        self._line = line
        self.uploads = uploads

    async def post(self, row: Outbox, owed: Owed) -> OutboxState:
        """A message with its files; nothing that is already in Slack is said again."""
        reader = await reader_of(row, self._tools)
        channel = await channel_of(row, reader, self._line, self._tools)
        await self._look_for(row, channel)
        if row.sent_ts is not None and row.kind in REMINDERS:
            return OutboxState.SENT  # asked again, it would wait for the next day: something was said today
        message = await self._render(owed, reader)
        if message is None:
            return OutboxState.DROPPED if row.sent_ts is None else OutboxState.SENT
        comment = ""
        if row.sent_ts is None and row.kind in REMINDERS:
            await self._post_together(row, channel, message, reader)
        elif row.sent_ts is None and message.is_said_with_file:
            comment, row.sent_channel = message.text, channel  # where it stands in there, Slack does not tell at once
        elif row.sent_ts is None:
            await self._post(row, channel, message)
        for attachment in message.attachments:
            if not attachment.inline:
                await self.uploads.hand_over(row, channel, row.thread_ts, attachment, comment=comment)
                comment = ""
        return OutboxState.SENT

    async def has_arrived(self, row: Outbox) -> bool:
        """Whether Slack took a message whose answer we never heard."""
        if row.attempts > 1:
            reader = await reader_of(row, self._tools)
            await self._look_for(row, await channel_of(row, reader, self._line, self._tools))
        return row.sent_ts is not None

    async def update(self, row: Outbox, owed: Owed) -> OutboxState:
        """A card as it is now, in the place where it stands."""
        card = await rows.card_of(self._database, kind=row.kind, subject=row.subject, lane=rows.own_lane(row.lane))
        if card is None:
            raise Gone("never posted")
        reader = await language_of(row, self._tools)
        message = await drawn_again(
            self._database, owed, row.lane, card.ts, reader.t, lambda part: self._render(part, reader)
        ) or await self._render(owed, reader)
        if message is None:
            return OutboxState.DROPPED
        try:
            await self._say("chat_update", row, card.channel_id, message, ts=card.ts)
        except SlackApiError as error:
            if error.response.get("error") in GONE:
                raise Gone(str(error.response.get("error"))) from None
            raise
        return OutboxState.SENT

    async def edit(self, row: Outbox, owed: Owed) -> OutboxState:
        """A message with pictures, as it would be drawn now, in the place where it was sent; the old pictures and files
        are taken away. Each step can be done again: in the end there is one message in Slack, with its pictures.
        """
        async with self._tools.look() as state:
            sent = await state.session.get(Outbox, int(owed.params["row"]))
        if (sent is not None and sent.state == OutboxState.WAITING) or await rows.is_overtaking(self._database, row):
            raise NotNow(self._tools.clock.now() + A_MOMENT)
        if sent is None or sent.sent_ts is None or sent.sent_channel is None:
            raise Gone("never posted")
        reader = await language_of(row, self._tools)
        message = await self._render(owed, reader) or await self._render(replace(owed, kind=INSTEAD), reader)
        try:
            if message is not None:
                await self._say("chat_update", row, sent.sent_channel, message, ts=sent.sent_ts)
        except SlackApiError as error:
            if error.response.get("error") not in GONE:
                raise
        await self.uploads.take_away(row, [entry["id"] for entry in sent.file_ids])
        async with self._database.write() as session:
            await rows.now_shows(session, sent.id, row.file_ids)
            await session.commit()
        return OutboxState.SENT

    async def home(self, row: Outbox, owed: Owed) -> OutboxState:
        """A member's home page as it is now."""
        reader = await reader_of(row, self._tools)
        message = await self._render(owed, reader)
        if message is None:
            return OutboxState.DROPPED
        view = {"type": "home", "blocks": message.blocks}
        await self._line.call("views_publish", user_id=reader.user_id, view=view)
        return OutboxState.SENT

    async def _render(self, owed: Owed, reader: Reader) -> Message | None:
        """The message as it is now, if its reader may have it now; else what stands there may be taken away."""
        notice = self._routes.notices[owed.kind]
        async with self._tools.look() as state:
            audience = self._routes.audiences[owed.kind]
            if not await may_read(state, audience, owed):
                log.info("send.not_theirs", kind=owed.kind)
                if owed.how != How.UPDATE or not await is_taken_away(state, audience, owed):
                    return None
                return Message(reader.t("This message is no longer for you."))
            return await notice.render(Rendering(owed, reader.t, self._tools, state, self._routes.errors))

    async def _look_for(self, row: Outbox, channel: str) -> None:
        """An earlier try may have arrived, perhaps in another's message: note it, and bring its card up to date."""
        may_stand = row.attempts >= 2 or "said_in" in row.params
        if not may_stand or row.sent_ts is not None:
            return
        found = await find_message(
            self._line, channel=channel, thread_ts=row.thread_ts, token=row.token, since=row.due_at
        )
        if found is None:
            return
        await self._note(row, channel, found.ts, found.card, may_be_old=True)

    async def _post(self, row: Outbox, channel: str, message: Message) -> None:
        others = [(each["token"], each["card"]) for each in row.params.get("said_with", ())]
        answer = await self._say(
            "chat_postMessage",
            row,
            channel,
            message,
            thread_ts=row.thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            metadata=metadata(row.token, message.card, others),
        )
        was_passed = rows.is_aside(row.lane)  # edits may have found nothing to edit
        await self._note(row, channel, str(answer["ts"]), message.card, may_be_old=was_passed)

    async def _post_together(self, row: Outbox, channel: str, message: Message, reader: Reader) -> None:
        await say_together(
            self._database,
            self._tools.clock,
            row,
            message,
            reader.t,
            render=lambda other: self._render(owed_of(other), reader),
            say=lambda joint: self._post(row, channel, joint),
        )

    async def _say(self, method: str, row: Outbox, channel: str, message: Message, **more: Any) -> dict[str, Any]:
        """Post or edit; a picture that Slack still works on is waited for."""
        pictures = [attachment for attachment in message.attachments if attachment.inline]
        blocks = await self.uploads.show(row, message.blocks, pictures) if pictures else message.blocks
        said = {"text": message.text, "blocks": blocks or None, **more}
        for pause in PICTURE_PAUSES if pictures else ():
            try:
                return await self._line.call(method, channel=channel, **said)
            except SlackApiError as error:
                if error.response.get("error") != "invalid_blocks":
                    raise
            await asyncio.sleep(pause)
        return await self._line.call(method, channel=channel, **said)

    async def _note(self, row: Outbox, channel: str, ts: str, card: str, *, may_be_old: bool) -> None:
        """Where it stands, at once: from here on the message is not sent again. A card that may show an older state is
        owed an edit in the same breath, for nobody would know later.
        """
        row.sent_channel, row.sent_ts = channel, ts
        cards = [(card, row.subject), *((each["card"], each["subject"]) for each in row.params.get("said_with", ()))]
        if may_be_old and (shown := next((each for each in cards if each[0]), None)):
            async with self._tools.unit(None) as uow:
                await self._keep_place(uow.session, row, card)
                await self._draw_anew(uow, row, *shown)
                await uow.commit()
            return
        async with self._database.write() as session:
            await self._keep_place(session, row, card)
            await session.commit()

    async def _keep_place(self, session: AsyncSession, row: Outbox, card: str) -> None:
        channel, ts = str(row.sent_channel), str(row.sent_ts)
        day = {"said_on": local(self._tools.clock.now()).date().isoformat()}
        said = {"params": day | row.params} if row.kind in REMINDERS else {}
        await rows.mark(session, row.id, sent_channel=channel, sent_ts=ts, **said)
        await joining.settle(session, row, channel=channel, ts=ts, done_at=self._tools.clock.wall())
        if card:
            lane = rows.own_lane(row.lane)
            await rows.remember_card(session, kind=card, subject=row.subject, lane=lane, channel_id=channel, ts=ts)

    async def _draw_anew(self, uow: UnitOfWork, row: Outbox, card: str, subject: str) -> None:
        await refresh(
            uow,
            card,
            subject=subject,
            now=self._tools.clock.now(),
            member_id=row.member_id,
            channel_id=row.channel_id,
            cluster_id=row.cluster_id,
            **row.params,
        )
