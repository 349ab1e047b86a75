"""Slack's signed requests: whether one is Slack's and can be read, before anything looks at what it says.

Bolt checks the signature after it has parsed, and trips over what it cannot: anybody could make it answer 500. What
is not Slack's costs one hash and a 401; what is signed and no payload is a 400, which Slack does not have to repeat.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
DEEPEST = 100
"""Levels of a payload; Slack's deepest, a window in a message, have some twenty."""
MOST_FIELDS = 200
_STAMP = re.compile("[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile("v0=[0-9a-f]{64}", re.ASCII)


class UnsignedRequest(Exception):
    """The request is answered with this status, and says nothing else."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def read_signed(verifier: SignatureVerifier, body: bytes, headers: Mapping[str, str]) -> str:
    """The text of a request that is Slack's and holds a payload. Raises Refused."""
    stamp = headers.get("x-slack-request-timestamp", "")
    signature = headers.get("x-slack-signature", "")
    if not _STAMP.fullmatch(stamp) or not _SIGNATURE.fullmatch(signature):
        raise UnsignedRequest(401)
    if not verifier.is_valid(body, stamp, signature):
        raise UnsignedRequest(401)
    kind = headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind not in (JSON, FORM):
        raise UnsignedRequest(415)
    try:
        text = body.decode()
        payload = _payload(text, kind)
        if not isinstance(payload, dict) or _depth(payload) > DEEPEST or not _is_shaped(payload):
            raise UnsignedRequest(400)
    except (ValueError, RecursionError):
        raise UnsignedRequest(400) from None
    return text


def _payload(text: str, kind: str) -> Any:
    if kind == JSON or text.startswith("{"):  # as Bolt tells them apart
        return json.loads(text)
    fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    return json.loads(fields["payload"]) if "payload" in fields else fields


def _is_shaped(payload: dict[str, Any]) -> bool:
    """Whether the parts that Bolt looks into on its way are what Slack makes of them."""
    parts = [payload.get(name) or {} for name in ("event", "view")]
    told = payload.get("authorizations") or []
    return all(isinstance(part, dict) for part in [*parts, *(told if isinstance(told, list) else [told])])


def _depth(payload: Any) -> int:
    """How many lists and objects lie in one another."""
    depth, level = 0, [payload]
    while level := [each for each in level if isinstance(each, dict | list)]:
        depth += 1
        level = [inner for each in level for inner in (each.values() if isinstance(each, dict) else each)]
    return depth
