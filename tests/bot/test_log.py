"""Log lines hold ids and kinds, never what somebody wrote."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from datetime import UTC

import pytest
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

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


async def test_job_that_is_cancelled_at_the_end_is_no_error(lines: io.StringIO) -> None:
    begun = asyncio.Event()

    async def look() -> None:
        begun.set()
        await asyncio.Event().wait()

    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(look)
    scheduler.start()
    await begun.wait()
    scheduler.shutdown(wait=False)
    await asyncio.sleep(0.05)
    assert lines.getvalue() == ""


async def test_job_that_fails_is_an_error(lines: io.StringIO) -> None:
    async def look() -> None:
        raise ValueError("Hansen")

    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(look)
    scheduler.start()
    await asyncio.sleep(0.05)
    scheduler.shutdown(wait=False)
    assert "ValueError" in lines.getvalue()
    assert "Hansen" not in lines.getvalue()
