"""slack_sdk's client, with a name for every way in which an answer can fail.

Left alone, it stumbles over answers that are not Slack's (a gateway's page, plain words with HTTP 500): what should be
"Slack is away" becomes an AttributeError wherever somebody asks for the error's code.
"""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

TOO_MANY = 429


class NoAnswer(OSError):
    """Something answered, but it was not Slack's API."""


class Client(AsyncWebClient):
    """Raises SlackApiError with a code in it, NoAnswer, or what aiohttp raises; nothing else."""

    async def api_call(self, api_method: str, **how: Any) -> AsyncSlackResponse:
        """Slack's answer to a method."""
        try:
            return await super().api_call(api_method, **how)
        except SlackApiError as error:
            if _has_code(error):
                raise
            status = int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0))
            if status < 400:
                raise NoAnswer(api_method) from None
            error.response = self._as_answer(error, api_method, status)
            raise
        except AttributeError:  # words instead of JSON, with HTTP 200
            raise NoAnswer(api_method) from None

    def _as_answer(self, error: SlackApiError, api_method: str, status: int) -> AsyncSlackResponse:
        code = "ratelimited" if status == TOO_MANY else f"http_{status}"
        return AsyncSlackResponse(
            client=self,
            http_verb="POST",
            api_url=api_method,
            req_args={},
            data={"ok": False, "error": code},
            headers=dict(error.response.headers),
            status_code=status,
        )


def _has_code(error: SlackApiError) -> bool:
    data = getattr(error.response, "data", None)
    return isinstance(data, dict) and bool(data.get("error"))
