"""Log lines hold ids and kinds, never what somebody wrote."""

from __future__ import annotations

import io
import json
import logging

import pytest
import structlog

from bot import log


def last(lines: io.StringIO) -> dict[str, object]:
    found: dict[str, object] = json.loads(lines.getvalue().splitlines()[-1])
    found.pop("timestamp")
    return found


def test_exception_is_named_without_its_words(lines: io.StringIO) -> None:
    try:
        raise ValueError("Hansen 251248-4916")
    except ValueError:
        structlog.get_logger().exception("work.failed", inbox=7)
    said = last(lines)
    assert str(said.pop("error")).startswith("ValueError at test_log.py:")
    assert said == {"event": "work.failed", "inbox": 7, "level": "error"}


def test_bolt_complains_without_words(lines: io.StringIO) -> None:
    try:
        raise ValueError("Hansen")
    except ValueError as error:
        logging.getLogger("slack_bolt.AsyncApp").exception("Failed to run (error: %s)", error)
    assert "Hansen" not in lines.getvalue()
    assert last(lines)["event"] == "bolt.complained"


@pytest.mark.parametrize("name", log.TALKATIVE)
def test_library_never_writes_out_messages_even_when_debugging(lines: io.StringIO, name: str) -> None:
    logging.getLogger(name).debug("Received: Hansen 251248-4916")
    assert lines.getvalue() == ""


def test_bolt_that_sets_its_own_level_is_heard_only_when_it_complains(lines: io.StringIO) -> None:
    logger = logging.getLogger("slack_bolt.AsyncApp")
    logger.setLevel("INFO")
    logger.info("A new session has been established")
    logger.setLevel("NOTSET")
    assert lines.getvalue() == ""
