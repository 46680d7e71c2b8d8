"""Logs as JSON lines with an allow-list of fields: no words of an owner, no token, no error text, ever."""

import logging
import traceback
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict

ALLOWED = frozenset(
    (
        *(
            "event",
            "level",
            "timestamp",
            "request",
            "turn",
            "attempt",
            "outcome",
            "topic",
            "action",
            "status",
        ),
        *("method", "route", "ms", "error", "where", "account"),
    )
)


def configure_logs() -> None:
    """Once per process, before anything else can log."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
        ],
        logger_factory=structlog.PrintLoggerFactory(),
    )
    # uvicorn's access lines carry whole addresses; api/guard.py writes one line a request instead
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("httpx2").setLevel(logging.WARNING)


def only_allowed(_logger: Any, _method: str, event: EventDict) -> EventDict:
    return {key: value for key, value in event.items() if key in ALLOWED}


def where(error: BaseException) -> list[str]:
    """The innermost places an error passed, without its message, which may repeat what was said."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
