"""Log lines: JSON for machines or plain for the eye, with ids to follow a thing by, and never what people wrote."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any, cast

import structlog
from slack_sdk.errors import SlackApiError
from structlog.typing import EventDict, Processor

TALKATIVE = ("slack_bolt", "slack_sdk", "aiohttp", "alembic", "apscheduler", "sqlalchemy", "aiosqlite", "asyncio")
"""Libraries that at finer levels write out whole messages: never below WARNING, whatever is asked for."""


def set_up(level: str, *, as_json: bool) -> None:
    """Send our own log lines and those of the libraries to standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        bare_exception,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(is_for_us)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[bolt_in_short, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, cast("Processor", renderer)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))


def is_for_us(record: logging.LogRecord) -> bool:
    """Whether a line is ours or a library's complaint. Asked again here, for Bolt sets its logger's level itself.

    What was cancelled has not failed: we stop, and libraries call that an error.
    """
    raised = record.exc_info[1] if record.exc_info else None
    if isinstance(raised, asyncio.CancelledError) and record.name.partition(".")[0] in TALKATIVE:
        return False
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] not in TALKATIVE


def bare_exception(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """An exception as its kind and place: its words may hold what somebody wrote."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    if isinstance(raised, tuple):
        raised = raised[1]
    if isinstance(raised, BaseException):
        event["error"] = describe(raised)
    return event


def bolt_in_short(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Bolt puts the words of an exception into its message; say only that it complained."""
    record = event.get("_record")
    if record is not None and record.name.startswith("slack_bolt"):
        event["event"] = "bolt.complained"
    return event


def describe(error: BaseException) -> str:
    """What went wrong and where, without the values it went wrong with."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename.rpartition('/')[2]}:{place.tb_lineno}" if place else "?"
    code = error.response.get("error") if isinstance(error, SlackApiError) else None
    return f"{type(error).__name__}{f' {code}' if code else ''} at {where}"
