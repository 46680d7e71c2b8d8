"""Keeps what owners say out of Rasa's log.

Rasa logs the words of a message whose caller hung up or that broke on its way, and with an error every
variable of every function it passed. Here words are left out by the hook Rasa has for anonymising what
it logs, and of an error its kind and its places remain.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import pluggy

LEFT_OUT = "…"
PLACES = 4


class _Words:
    """Rasa's anonymisation pipeline, as far as its log asks for one."""

    def log_run(self, _words: Any) -> str:
        return LEFT_OUT

    def run(self, _event: Any) -> None:
        """No event leaves Rasa: there is no broker."""


class _Hooks:
    @pluggy.HookimplMarker("rasa")
    def get_anonymization_pipeline(self) -> _Words:
        return _Words()


def told(error: BaseException) -> dict[str, Any]:
    """Kind and innermost places; never the error's text, which may repeat a message."""
    frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
    return {
        "error": type(error).__name__,
        "where": [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames],
    }


def _without_traceback(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    return event | told(error) if isinstance(error, BaseException) else event


class _Record(logging.LogRecord):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        error = self.exc_info[1] if self.exc_info else None
        self.exc_info = None
        if error is not None:
            self.msg, self.args = f"{self.getMessage()} {told(error)}", ()


def install() -> None:
    """Before Rasa is imported: it reads how it is to log at its import and at its start."""
    # its renderer for terminals shows variables too
    os.environ["FORCE_JSON_LOGGING"] = "true"
    import structlog  # noqa: PLC0415
    from rasa.plugin import plugin_manager  # noqa: PLC0415

    structlog.processors.dict_tracebacks = _without_traceback
    logging.setLogRecordFactory(_Record)
    plugin_manager().register(_Hooks())
