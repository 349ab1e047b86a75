"""Where a row of the outbox goes and who reads it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sending.pacing import PacedLine
from cluster.message_kinds import Audience
from handlers.turn import Tools
from locales import Texts, texts_for
from storage.models import Member, Outbox

PEOPLE = ("U", "W")
"""How ids of people begin, the latter in an Enterprise Grid."""


class NotThere(Exception):
    """Nobody to send it to: left out without a fuss."""


@dataclass(frozen=True)
class Reader:
    """Whoever a row is for."""

    t: Texts
    user_id: str | None = None
    dm_channel_id: str | None = None


async def reader_of(row: Outbox, tools: Tools) -> Reader:
    """The reader's language and address; NotThere when the member is not in Slack yet, or has left and it is no word to
    those who have."""
    if row.member_id is None:
        return Reader(texts_for("da"))
    async with tools.look() as state:
        member = await state.session.get(Member, row.member_id)
    to_who_left = tools.table.audiences.get(row.kind) in (Audience.LEFT, Audience.ANYBODY)
    if member is None or not (member.active or to_who_left):
        raise NotThere("the member has left")
    if member.slack_user_id is None:
        raise NotThere("the member is not in Slack")
    return Reader(texts_for(member.language), member.slack_user_id, member.dm_channel_id)


async def language_of(row: Outbox, tools: Tools) -> Reader:
    """The reader's language, also of one who has left: what was sent still stands there."""
    async with tools.look() as state:
        member = await state.session.get(Member, row.member_id) if row.member_id is not None else None
    return Reader(texts_for(member.language if member is not None else "da"))


async def channel_of(row: Outbox, reader: Reader, line: PacedLine, tools: Tools) -> str:
    """The conversation to post in; the first time, the direct conversation is opened and remembered."""
    user_id = row.channel_id if row.channel_id and row.channel_id.startswith(PEOPLE) else None
    if row.channel_id and user_id is None:
        return row.channel_id
    if user_id is None and reader.dm_channel_id:
        return reader.dm_channel_id
    opened = await line.call("conversations_open", users=user_id or reader.user_id)
    channel = str(opened["channel"]["id"])
    if row.member_id is not None and user_id is None:
        async with tools.unit(None) as uow:
            member = await uow.session.get(Member, row.member_id)
            if member is not None and member.slack_user_id is not None:  # not forgotten meanwhile
                member.dm_channel_id = channel
            await uow.commit()
    return channel
