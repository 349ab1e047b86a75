"""Files: the two-step upload of apps, uploads by people, who may see one, and its shape."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from pathlib import PurePath

from workspace.state.errors import Json, SlackError

PRETTY = {"png": "PNG", "csv": "CSV", "xlsx": "Excel Spreadsheet", "xls": "Excel Spreadsheet", "pdf": "PDF"}
PRETTY |= {"pptx": "PowerPoint Presentation"}
MAGIC = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class File:
    """One file. Until `complete` it is only a promise; until `ready_at` (pace) it cannot be shown."""

    id: str
    name: str
    title: str
    owner: str
    created: int
    size: int
    data: bytes = b""
    alt_text: str = ""
    complete: bool = False
    deleted: bool = False
    ready_at: float = 0.0
    foreign: bool = False  # came from another workspace: events carry a stub, files.info has the rest
    shares: dict[str, list[Json]] = field(default_factory=dict)  # conversation → [{ts, thread_ts?}]
    shown_in: set[tuple[str, str]] = field(
        default_factory=set
    )  # (conversation, ts) of messages with it in an image block
    shown_to: set[str] = field(default_factory=set)  # people with it in a modal or in their App Home

    mode: str = "hosted"  # or snippet, external, space …
    subtype: str = ""  # slack_audio, slack_video
    said_mimetype: str | None = None  # what Slack says of clips, which may be nothing at all
    external_url: str = ""

    @property
    def suffix(self) -> str:
        return PurePath(self.name).suffix.lstrip(".").lower()

    @property
    def mimetype(self) -> str:
        if self.said_mimetype is not None:
            return self.said_mimetype
        for magic, found in MAGIC:
            if self.data.startswith(magic):
                return found
        if self.suffix == "xlsx":
            return XLSX
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def is_image(self) -> bool:
        return any(self.data.startswith(magic) for magic, _ in MAGIC)


class Files:
    """All files by id and all upload tickets not used yet."""

    def __init__(self) -> None:
        self.by_id: dict[str, File] = {}
        self.tickets: dict[str, str] = {}

    def add(self, file: File, ticket: str | None = None) -> None:
        self.by_id[file.id] = file
        if ticket:
            self.tickets[ticket] = file.id

    def get(self, file_id: str) -> File:
        """A completed file that still exists."""
        file = self.by_id.get(file_id)
        if file is None or not file.complete:
            raise SlackError("file_not_found")
        if file.deleted:
            raise SlackError("file_deleted")
        return file

    def receive(self, ticket: str, data: bytes) -> File | None:
        """The bytes for a ticket; None when there is no such ticket or the length is not what was announced."""
        file = self.by_id.get(self.tickets.get(ticket, ""))
        if file is None or file.complete or len(data) != file.size:
            return None
        file.data = data
        return file

    def waiting(self) -> int:
        """Uploads that were begun and not completed."""
        return sum(1 for file_id in self.tickets.values() if not self.by_id[file_id].complete)


def file_shape(file: File, team_id: str, base_url: str, kinds: dict[str, str]) -> Json:
    """A file object; `kinds` tells for each conversation whether it is a channel, private or an im."""
    if file.deleted:
        return {"id": file.id, "mode": "tombstone"}
    link = f"{base_url}/files-pri/{team_id}-{file.id}/{file.name}"
    suffix = file.suffix or "binary"
    shape: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": suffix,
        "pretty_type": PRETTY.get(suffix, suffix.upper()),
        "user": file.owner,
        "user_team": team_id,
        "editable": False,
        "size": file.size,
        "mode": file.mode,
        "is_external": file.mode == "external",
        "external_type": "gdrive" if file.mode == "external" else "",
        "is_public": any(kinds.get(conversation) == "channel" for conversation in file.shares),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": link,
        "url_private_download": f"{link}?download=1",
        "permalink": f"{base_url}/files/{file.owner}/{file.id}/{file.name}",
        "permalink_public": f"{base_url}/files-pub/{team_id}-{file.id}",
        "comments_count": 0,
        "is_starred": False,
        "has_rich_preview": False,
        "file_access": "visible",
        "media_display_type": "unknown",
        "channels": [conversation for conversation in file.shares if kinds.get(conversation) == "channel"],
        "groups": [conversation for conversation in file.shares if kinds.get(conversation) == "private"],
        "ims": [conversation for conversation in file.shares if kinds.get(conversation) == "im"],
        "shares": _shares(file, kinds),
    }
    if file.mode == "external":
        shape |= {"url_private": file.external_url, "external_url": file.external_url, "size": 0}
        del shape["url_private_download"]
    if file.mode == "snippet":
        shape |= {"filetype": "text", "editable": True, "preview": file.data[:200].decode("utf-8", "replace")}
    if file.subtype:
        shape |= {"subtype": file.subtype, "media_display_type": file.subtype.removeprefix("slack_")}
    if file.alt_text:
        shape["alt_txt"] = file.alt_text
    if file.is_image:
        shape |= {"thumb_64": link, "thumb_360": link, "thumb_480": link}
    return shape


def foreign_stub(file: File) -> Json:
    """What an event says of a file from another workspace (Slack Connect)."""
    return {"id": file.id, "mode": "file_access", "file_access": "check_file_info", "created": 0, "timestamp": 0}


def _shares(file: File, kinds: dict[str, str]) -> Json:
    shares: Json = {}
    for conversation, places in file.shares.items():
        side = "public" if kinds.get(conversation) == "channel" else "private"
        shares.setdefault(side, {})[conversation] = places
    return shares
