"""What is said when a call cannot be honoured: Slack's own error codes, never sentences of ours."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """A call that Slack would refuse; `code` is the `error` of the answer, `extra` is merged into it."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    def body(self) -> Json:
        """The answer as the Web API words it."""
        return {"ok": False, "error": self.code, **self.extra}


def bad_blocks(problems: list[str], code: str = "invalid_blocks") -> SlackError:
    """The refusal of a payload, with Slack's list of what is wrong where."""
    messages = [f"[ERROR] {problem}" for problem in problems]
    return SlackError(code, errors=problems, response_metadata={"messages": messages})
