"""Fetches a file that a member sent, from Slack's hosts only, with the token only, and never more than 10 MB."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from cluster.errors import ClusterError
from handlers.conversation.file_places import lasting
from handlers.turn import Download

LARGEST = 10 * 1024 * 1024
CHUNK = 64 * 1024
MOST_REDIRECTS = 3
SLACK_HOSTS = (".slack.com", ".slack-edge.com", ".slack-files.com")
LOGIN_PAGE = (b"<!doctype html", b"<html")


class Downloads:
    """Downloads with the bot's token."""

    def __init__(self, slack: AsyncWebClient, http: aiohttp.ClientSession) -> None:
        self._slack = slack
        self._http = http
        self._api = urlsplit(slack.base_url)

    async def __call__(self, file_id: str) -> Download:
        """The bytes and the name of a file.

        Raises ClusterError ``file.too_large`` or ``file.unavailable``; what may pass by itself is raised as it is.
        """
        try:
            found: dict[str, Any] = (await self._slack.files_info(file=file_id))["file"]
        except SlackApiError as error:
            if error.response.get("error") in {"file_not_found", "file_deleted", "access_denied"}:
                raise ClusterError("file.unavailable") from None
            raise
        if refusal := lasting(found):
            raise ClusterError(refusal)
        if int(found.get("size") or 0) > LARGEST:
            raise ClusterError("file.too_large")
        url = found.get("url_private_download") or found.get("url_private")
        if not url:
            raise ClusterError("file.unavailable")
        return Download(await self._fetch(str(url), found), str(found.get("name") or ""))

    async def _fetch(self, url: str, found: dict[str, Any]) -> bytes:
        for _ in range(MOST_REDIRECTS):
            if not self._is_slack(url):
                raise ClusterError("file.unavailable")
            headers = {"Authorization": f"Bearer {self._slack.token}"}
            async with self._http.get(url, headers=headers, allow_redirects=False) as answer:
                if answer.status in {301, 302, 303, 307, 308}:
                    url = urljoin(url, answer.headers.get("Location", ""))
                    continue
                if answer.status in {401, 403, 404, 410}:
                    raise ClusterError("file.unavailable")
                answer.raise_for_status()
                return await _read(answer, size=int(found.get("size") or 0))
        raise ClusterError("file.unavailable")

    def _is_slack(self, url: str) -> bool:
        """Slack's own hosts over https, or the very place the API was said to be (a stand-in)."""
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc) == (self._api.scheme, self._api.netloc):
            return True
        host = "." + (parts.hostname or "")
        return parts.scheme == "https" and host.endswith(SLACK_HOSTS)


async def _read(answer: aiohttp.ClientResponse, *, size: int) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK):
        content += chunk
        if len(content) > LARGEST:
            raise ClusterError("file.too_large")
    looks_like_login = answer.content_type == "text/html" or bytes(content[:200]).lstrip().lower().startswith(
        LOGIN_PAGE
    )
    if looks_like_login and len(content) != size:  # a missing scope is answered with a page of Slack's own
        raise ClusterError("file.unavailable")
    return bytes(content)
