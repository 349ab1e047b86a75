"""Gives files to Slack: pictures shown inside a message, and files handed over beside it.

The id that Slack gives a file is kept in the row before the upload is completed, so that after a crash we can ask
whether it arrived instead of sending it twice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.sending.pacing import PacedLine
from handlers.message import Attachment, Block
from storage.models import Outbox

Keep = Callable[[Outbox], Awaitable[None]]
"""Stores ``row.file_ids``, and the conversation that they go to, at once."""
UNDELETABLE = frozenset(
    ["file_not_found", "file_deleted", "cant_delete_file", "delete_not_allowed", "file_deleting_disabled"]
)
"""A bot may delete what it uploaded itself, unless it is gone or the workspace forbids deleting."""


class Uploads:
    """Uploads for rows of the outbox."""

    def __init__(self, line: PacedLine, http: aiohttp.ClientSession, keep: Keep) -> None:
        self._line = line
        self._http = http
        self._keep = keep
        self._busy: set[int] = set()

    def is_busy(self, row_id: int) -> bool:
        """Whether a row is at its files, or failed at them."""
        return row_id in self._busy

    def forget(self, row_id: int) -> None:
        """The row is not being worked on any more."""
        self._busy.discard(row_id)

    async def show(self, row: Outbox, blocks: list[Block], pictures: list[Attachment]) -> list[Block]:
        """The blocks with each picture uploaded and named by Slack's id. Pictures of an earlier try are taken away."""
        ids = {}
        with self._at_files(row):
            await self._tidy(row)
            for picture in pictures:
                ids[picture.name] = file_id = await self._bring(row, picture, inline=True)
                await self._line.call("files_completeUploadExternal", files=[{"id": file_id, "title": picture.title}])
        return [_with_ids(block, ids) for block in blocks]

    async def hand_over(
        self, row: Outbox, channel: str, thread_ts: str | None, attachment: Attachment, *, comment: str = ""
    ) -> None:
        """Share a file in a conversation, once, with words that stand above it in the same message."""
        with self._at_files(row):
            await self._share(row, channel, thread_ts, attachment, comment)

    @contextmanager
    def _at_files(self, row: Outbox) -> Iterator[None]:
        """What breaks in here leaves the row busy, until whoever works on it has asked."""
        self._busy.add(row.id)
        yield
        self._busy.discard(row.id)

    async def _share(
        self, row: Outbox, channel: str, thread_ts: str | None, attachment: Attachment, comment: str
    ) -> None:
        for entry in row.file_ids:
            if entry["name"] == attachment.name and not entry["inline"] and await self._is_shared(entry["id"], channel):
                return
        row.file_ids = [entry for entry in row.file_ids if entry["name"] != attachment.name or entry["inline"]]
        file_id = await self._bring(row, attachment, inline=False)
        await self._line.call(
            "files_completeUploadExternal",
            files=[{"id": file_id, "title": attachment.title}],
            channel_id=channel,
            thread_ts=thread_ts,
            initial_comment=comment or None,
        )

    async def _bring(self, row: Outbox, attachment: Attachment, *, inline: bool) -> str:
        ticket = await self._line.call(
            "files_getUploadURLExternal",
            filename=attachment.name,
            length=len(attachment.content),
            alt_txt=attachment.alt_text[:1000] or None,
        )
        row.file_ids = [*row.file_ids, {"name": attachment.name, "id": ticket["file_id"], "inline": inline}]
        await self._keep(row)
        async with self._http.post(ticket["upload_url"], data=attachment.content) as answer:
            answer.raise_for_status()
        return str(ticket["file_id"])

    async def _is_shared(self, file_id: str, channel: str) -> bool:
        try:
            found = (await self._line.call("files_info", file=file_id))["file"]
        except SlackApiError as error:
            if error.response.get("error") in {"file_not_found", "file_deleted"}:
                return False
            raise
        shares: dict[str, Any] = found.get("shares") or {}
        places = {place for kind in shares.values() for place in kind}
        for kind in ("channels", "groups", "ims"):
            places.update(found.get(kind) or [])
        return channel in places

    async def take_away(self, row: Outbox, file_ids: Iterable[str]) -> None:
        """Delete files of ours that have been shown or handed over; what Slack lets nobody delete stays."""
        with self._at_files(row):
            for file_id in file_ids:
                try:
                    await self._line.call("files_delete", file=file_id)
                except SlackApiError as error:
                    if error.response.get("error") not in UNDELETABLE:
                        raise

    async def _tidy(self, row: Outbox) -> None:
        for entry in [entry for entry in row.file_ids if entry["inline"]]:
            with suppress(SlackApiError):  # never completed, or gone already: nobody can see it either way
                await self._line.call("files_delete", file=entry["id"])
            row.file_ids = [other for other in row.file_ids if other is not entry]


def _with_ids(block: Block, ids: dict[str, str]) -> Block:
    named = (block.get("slack_file") or {}).get("id")
    return block | {"slack_file": {"id": ids[named]}} if named in ids else block
